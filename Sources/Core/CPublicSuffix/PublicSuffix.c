#include "CPublicSuffix.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static struct {
    const void *(*latest)(const char *);
    const char *(*registrable)(const void *, const char *);
} api;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const void *list;

static void load(void) {
    void *library = dlopen("libpsl.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    api.latest = (const void *(*)(const char *))dlsym(library, "psl_latest");
    api.registrable = (const char *(*)(const void *, const char *))dlsym(library, "psl_registrable_domain");
    if (api.latest == NULL || api.registrable == NULL) return;
    // The newer of the system's file, which is updated, and the library's own.
    list = api.latest("/usr/share/publicsuffix/public_suffix_list.dafsa");
}

void cpublicsuffix_registrable(const char *host, char *domain, size_t size) {
    domain[0] = 0;
    pthread_once(&once, load);
    if (list == NULL) return;
    const char *found = api.registrable(list, host);
    if (found != NULL && strlen(found) < size) strcpy(domain, found);
}
