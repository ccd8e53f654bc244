// For dladdr.
#define _GNU_SOURCE
#include "CWebText.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static long (*find)(const char *, const char *, struct cphones_match *, size_t);

static void *open_in(const char *folder, const char *rest) {
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s/libphones.so", folder, rest);
    return length > 0 && (size_t)length < sizeof path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
}

// Beside the program, as it is built, or where it is installed.
static void load(void) {
    char folder[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    if (length <= 0) return;
    folder[length] = 0;
    char *slash = strrchr(folder, '/');
    if (slash != NULL) *slash = 0;
    void *library = open_in(folder, "");
    if (library == NULL) library = open_in(folder, "/../lib/4runr");
    if (library == NULL) {
        // Tests are run by a program of the compiler's: their library stands beside the code of this function.
        Dl_info info;
        if (dladdr((void *)&find, &info) != 0 && info.dli_fname != NULL && strlen(info.dli_fname) < sizeof folder) {
            strcpy(folder, info.dli_fname);
            slash = strrchr(folder, '/');
            if (slash != NULL) *slash = 0;
            library = open_in(folder, "");
        }
    }
    if (library != NULL) find = (long (*)(const char *, const char *, struct cphones_match *, size_t))dlsym(library, "cphones_find");
}

long cwebtext_phones(const char *text, const char *region, struct cphones_match *matches, size_t limit) {
    pthread_once(&once, load);
    return find == NULL ? -1 : find(text, region, matches, limit);
}
