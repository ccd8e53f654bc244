#include "CGumbo.h"

#include <stddef.h>

const char *cgumbo_attribute(const GumboElement *element, const char *name) {
    const GumboAttribute *attribute = gumbo_get_attribute(&element->attributes, name);
    return attribute == NULL ? NULL : attribute->value;
}
