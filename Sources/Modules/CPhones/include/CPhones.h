// libphonenumber behind one C function. It is a library of its own, which is loaded when the first page is read: what it takes of
// memory and of time at the start would be too much for a daemon that rests.
#ifndef CPHONES_H
#define CPHONES_H

#include <stddef.h>

#include "CPhonesMatch.h"

#ifdef __cplusplus
extern "C" {
#endif

// The valid numbers in a text, those without a country code being of `region`, an ISO 3166 code. Returns how many there are.
long cphones_find(const char *text, const char *region, struct cphones_match *matches, size_t limit);

#ifdef __cplusplus
}
#endif
#endif
