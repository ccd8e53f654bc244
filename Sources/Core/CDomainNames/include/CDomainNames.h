// libpsl and libidn2, each loaded when it is first needed.
#ifndef CDOMAINNAMES_H
#define CDOMAINNAMES_H

#include <stddef.h>

// The registrable part of a host name (`acme.co.uk` of `www.acme.co.uk`), by libpsl's list of public suffixes, written into
// `domain`. Empty for a public suffix, and if libpsl is not installed.
void cdomainnames_registrable(const char *host, char *domain, size_t size);

// A host name in ASCII (`xn--bcher-kva.example` of `bücher.example`), by IDNA 2008 with the mapping of UTS 46, written into
// `domain`. Empty for what is no host name, and if libidn2 is not installed.
void cdomainnames_ascii(const char *host, char *domain, size_t size);

// The other way: `bücher.example` of `xn--bcher-kva.example`.
void cdomainnames_unicode(const char *host, char *domain, size_t size);

#endif
