// libpsl, loaded when it is first needed.
#ifndef CPUBLICSUFFIX_H
#define CPUBLICSUFFIX_H

#include <stddef.h>

// The registrable part of a host name (`acme.co.uk` of `www.acme.co.uk`), by libpsl's list of public suffixes, written into
// `domain`. Empty for a public suffix, and if libpsl is not installed.
void cpublicsuffix_registrable(const char *host, char *domain, size_t size);

#endif
