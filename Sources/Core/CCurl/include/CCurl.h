// libcurl for Swift: loaded when it is first needed, since its thirty libraries cost a start 9 ms and 6 MB; and with
// the variadic calls typed.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

// Loads the library and sets it up, once. Returns NULL, or what went wrong. Any thread.
const char *ccurl_load(void);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *easy);
const char *ccurl_easy_strerror(CURLcode code);
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, size_t (*call)(char *, size_t, size_t, void *));
CURLcode ccurl_set_open_socket_callback(
    CURL *easy, curl_socket_t (*call)(void *, curlsocktype, struct curl_sockaddr *));
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text);
void ccurl_slist_free_all(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
// The next transfer that ended and its code; NULL when there is none.
CURL *ccurl_multi_ended(CURLM *multi, CURLcode *code);

#endif
