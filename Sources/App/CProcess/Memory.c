#include "CProcess.h"

#include <malloc.h>

void cprocess_trim_memory(void) { malloc_trim(0); }
