// What libraries know of text on the web. Each is loaded when it is first needed, so that an idle daemon carries none of them.
#ifndef CWEBTEXT_H
#define CWEBTEXT_H

#include <stddef.h>

#include "CPhonesMatch.h"

// The name of the encoding that bytes are probably in, written into `name`; empty if it cannot be told, or if libuchardet is not
// installed. The library is loaded when it is first needed.
void ccharset_detect(const char *bytes, size_t count, char *name, size_t size);

// Decodes bytes from an encoding of iconv to UTF-8. What cannot be decoded becomes U+FFFD or, where `keeps_controls` is not 0 and
// the byte is below 0xA0, the control character of that number. Returns NULL if the encoding is not known or memory is short;
// else what has to be freed with `ccharset_free`, and its length.
char *ccharset_decode(const char *encoding, const char *bytes, size_t count, int keeps_controls, size_t *length);
void ccharset_free(char *text);

// Whether a domain has a mail exchanger that is not null (RFC 7505): 1, 0, or -1 if it cannot be told now. It asks the system's
// name servers and waits for them.
int cwebtext_takes_mail(const char *domain);

// Finds the valid telephone numbers of a text, with libphonenumber; returns how many were found, up to `limit`. -1 if the library
// that looks for them (libphones.so, built from CPhones) or libphonenumber is not there.
long cwebtext_phones(const char *text, const char *region, struct cphones_match *matches, size_t limit);

#endif
