#include "CDomainNames.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static struct {
    const void *(*latest)(const char *);
    const char *(*registrable)(const void *, const char *);
} psl;

static pthread_once_t psl_once = PTHREAD_ONCE_INIT;
static const void *list;

static void load_psl(void) {
    void *library = dlopen("libpsl.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    psl.latest = (const void *(*)(const char *))dlsym(library, "psl_latest");
    psl.registrable = (const char *(*)(const void *, const char *))dlsym(library, "psl_registrable_domain");
    if (psl.latest == NULL || psl.registrable == NULL) return;
    // The newer of the system's file, which is updated, and the library's own.
    list = psl.latest("/usr/share/publicsuffix/public_suffix_list.dafsa");
}

void cdomainnames_registrable(const char *host, char *domain, size_t size) {
    domain[0] = 0;
    pthread_once(&psl_once, load_psl);
    if (list == NULL) return;
    const char *found = psl.registrable(list, host);
    if (found != NULL && strlen(found) < size) strcpy(domain, found);
}

static struct {
    int (*lookup)(const unsigned char *, unsigned char **, int);
    int (*unicode)(const char *, char **, int);
    void (*release)(void *);
} idn;

static pthread_once_t idn_once = PTHREAD_ONCE_INIT;

// idn2.h: IDN2_NFC_INPUT and IDN2_NONTRANSITIONAL.
enum { nfc_input = 1, nontransitional = 8 };

static void load_idn(void) {
    void *library = dlopen("libidn2.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    idn.lookup = (int (*)(const unsigned char *, unsigned char **, int))dlsym(library, "idn2_lookup_u8");
    idn.unicode = (int (*)(const char *, char **, int))dlsym(library, "idn2_to_unicode_8z8z");
    idn.release = (void (*)(void *))dlsym(library, "idn2_free");
}

void cdomainnames_ascii(const char *host, char *domain, size_t size) {
    domain[0] = 0;
    pthread_once(&idn_once, load_idn);
    if (idn.lookup == NULL || idn.release == NULL) return;
    unsigned char *found = NULL;
    if (idn.lookup((const unsigned char *)host, &found, nfc_input | nontransitional) != 0 || found == NULL) return;
    if (strlen((const char *)found) < size) strcpy(domain, (const char *)found);
    idn.release(found);
}

void cdomainnames_unicode(const char *host, char *domain, size_t size) {
    domain[0] = 0;
    pthread_once(&idn_once, load_idn);
    if (idn.unicode == NULL || idn.release == NULL) return;
    char *found = NULL;
    if (idn.unicode(host, &found, 0) != 0 || found == NULL) return;
    if (strlen(found) < size) strcpy(domain, found);
    idn.release(found);
}
