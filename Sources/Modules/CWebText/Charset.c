#include "CWebText.h"

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct uchardet *detector;

static struct {
    detector (*new)(void);
    int (*handle_data)(detector, const char *, size_t);
    void (*data_end)(detector);
    const char *(*get_charset)(detector);
    void (*delete)(detector);
} api;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded;

static void load(void) {
    void *library = dlopen("libuchardet.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    api.new = (detector(*)(void))dlsym(library, "uchardet_new");
    api.handle_data = (int (*)(detector, const char *, size_t))dlsym(library, "uchardet_handle_data");
    api.data_end = (void (*)(detector))dlsym(library, "uchardet_data_end");
    api.get_charset = (const char *(*)(detector))dlsym(library, "uchardet_get_charset");
    api.delete = (void (*)(detector))dlsym(library, "uchardet_delete");
    is_loaded = api.new && api.handle_data && api.data_end && api.get_charset && api.delete;
}

void ccharset_detect(const char *bytes, size_t count, char *name, size_t size) {
    name[0] = 0;
    pthread_once(&once, load);
    if (!is_loaded) return;
    detector found = api.new();
    if (found == NULL) return;
    if (api.handle_data(found, bytes, count) == 0) {
        api.data_end(found);
        const char *text = api.get_charset(found);
        if (text != NULL && strlen(text) < size) strcpy(name, text);
    }
    api.delete(found);
}

char *ccharset_decode(const char *encoding, const char *bytes, size_t count, int keeps_controls, size_t *length) {
    iconv_t way = iconv_open("UTF-8", encoding);
    if (way == (iconv_t)-1) return NULL;
    iconv_t other = strcmp(encoding, "BIG5-HKSCS") == 0 ? iconv_open("UTF-8", "CP950") : (iconv_t)-1;
    // Enough for every encoding that is known here: three bytes of UTF-8 for a byte. It grows if one should take more.
    size_t size = count * 3 + 64;
    char *result = malloc(size);
    if (result == NULL) {
        iconv_close(way);
        if (other != (iconv_t)-1) iconv_close(other);
        return NULL;
    }
    char *in = (char *)bytes, *out = result;
    size_t in_left = count, out_left = size;
    while (in_left > 0) {
        if (iconv(way, &in, &in_left, &out, &out_left) != (size_t)-1) break;
        if (errno == E2BIG) {
            size_t used = (size_t)(out - result);
            char *more = realloc(result, size * 2);
            if (more == NULL) break;
            result = more;
            out = result + used;
            size *= 2;
            out_left = size - used;
            continue;
        }
        // An incomplete sequence at the end, or bytes that mean nothing.
        unsigned char byte = (unsigned char)*in;
        if (out_left < 4) {
            size_t used = (size_t)(out - result);
            char *more = realloc(result, size + 4096);
            if (more == NULL) break;
            result = more;
            out = result + used;
            size += 4096;
            out_left = size - used;
        }
        // A few signs of Big5 have no place in iconv's table of its superset.
        if (other != (iconv_t)-1 && in_left >= 2) {
            char *pair = in;
            size_t pair_left = 2;
            if (iconv(other, &pair, &pair_left, &out, &out_left) != (size_t)-1) {
                in += 2;
                in_left -= 2;
                iconv(way, NULL, NULL, NULL, NULL);
                continue;
            }
            iconv(other, NULL, NULL, NULL, NULL);
        }
        if (keeps_controls && byte < 0xA0) {
            if (byte >= 0x80) {
                *out++ = (char)(0xC0 | byte >> 6);
                *out++ = (char)(0x80 | (byte & 0x3F));
                out_left -= 2;
            } else {
                *out++ = (char)byte;
                out_left--;
            }
        } else {
            memcpy(out, "\xEF\xBF\xBD", 3);
            out += 3;
            out_left -= 3;
        }
        in++;
        in_left--;
        iconv(way, NULL, NULL, NULL, NULL);
    }
    iconv(way, NULL, NULL, &out, &out_left);
    iconv_close(way);
    if (other != (iconv_t)-1) iconv_close(other);
    *length = (size_t)(out - result);
    return result;
}

void ccharset_free(char *text) { free(text); }
