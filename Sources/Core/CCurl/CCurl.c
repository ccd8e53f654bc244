#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// The functions that are used, each by its own type.
#define FUNCTIONS(X)                                                                                                  \
    X(curl_global_init)                                                                                                \
    X(curl_easy_init)                                                                                                  \
    X(curl_easy_cleanup)                                                                                               \
    X(curl_easy_strerror)                                                                                              \
    X(curl_easy_setopt)                                                                                                \
    X(curl_easy_getinfo)                                                                                               \
    X(curl_slist_append)                                                                                               \
    X(curl_slist_free_all)                                                                                             \
    X(curl_multi_init)                                                                                                 \
    X(curl_multi_add_handle)                                                                                           \
    X(curl_multi_remove_handle)                                                                                        \
    X(curl_multi_perform)                                                                                              \
    X(curl_multi_poll)                                                                                                 \
    X(curl_multi_wakeup)                                                                                               \
    X(curl_multi_setopt)                                                                                               \
    X(curl_multi_info_read)

// The header defines macros of these names that check types for a direct call.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static struct {
#define MEMBER(name) __typeof__(&name) name;
    FUNCTIONS(MEMBER)
} api;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        problem = "libcurl.so.4 is not installed; on Debian: apt-get install libcurl4";
        return;
    }
#define FIND(name)                                                                                                     \
    api.name = (__typeof__(api.name))dlsym(library, #name);                                                            \
    if (api.name == NULL) {                                                                                            \
        problem = "libcurl.so.4 is too old: it has no " #name;                                                         \
        return;                                                                                                        \
    }
    FUNCTIONS(FIND)
    if (api.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) problem = "libcurl could not be set up";
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return problem;
}

CURL *ccurl_easy_init(void) { return api.curl_easy_init(); }
void ccurl_easy_cleanup(CURL *easy) { api.curl_easy_cleanup(easy); }
const char *ccurl_easy_strerror(CURLcode code) { return api.curl_easy_strerror(code); }
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return api.curl_easy_setopt(easy, option, value); }
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return api.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return api.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return api.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, size_t (*call)(char *, size_t, size_t, void *)) {
    return api.curl_easy_setopt(easy, option, call);
}
CURLcode ccurl_set_open_socket_callback(
    CURL *easy, curl_socket_t (*call)(void *, curlsocktype, struct curl_sockaddr *)) {
    return api.curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, call);
}
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) { return api.curl_easy_getinfo(easy, info, value); }
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) {
    return api.curl_slist_append(list, text);
}
void ccurl_slist_free_all(struct curl_slist *list) { api.curl_slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return api.curl_multi_init(); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return api.curl_multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return api.curl_multi_remove_handle(multi, easy); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return api.curl_multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms) { return api.curl_multi_poll(multi, NULL, 0, timeout_ms, NULL); }
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return api.curl_multi_wakeup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return api.curl_multi_setopt(multi, option, value);
}
CURL *ccurl_multi_ended(CURLM *multi, CURLcode *code) {
    int left;
    CURLMsg *message;
    while ((message = api.curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
