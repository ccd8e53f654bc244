#include "CGumbo.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *cgumbo_attribute(const GumboElement *element, const char *name) {
    const GumboAttribute *attribute = gumbo_get_attribute(&element->attributes, name);
    return attribute == NULL ? NULL : attribute->value;
}

// All memory of a page, in blocks that are given back at once: the parser's own way to free a page calls itself for every
// level of nesting.
struct block {
    struct block *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

struct cgumbo_page {
    struct block *blocks;
    size_t taken, memory_limit;
    struct timespec deadline;
    unsigned until_look;
    jmp_buf way_out;
    GumboOutput *output;
};

enum { block_size = 256 << 10, look_every = 256 };

static bool is_late(const struct cgumbo_page *page) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec > page->deadline.tv_sec ||
           (now.tv_sec == page->deadline.tv_sec && now.tv_nsec > page->deadline.tv_nsec);
}

// The parser asks for memory for every token at least, whatever it then does with it, so this is where its time and its
// memory are looked at. It has no way to stop; what it has built is reachable by nobody once the jump is made.
static void *take(void *context, size_t size) {
    struct cgumbo_page *page = context;
    if (page->until_look-- == 0) {
        page->until_look = look_every;
        if (is_late(page)) longjmp(page->way_out, 1);
    }
    size = (size + 15) & ~(size_t)15;
    if (page->blocks == NULL || page->blocks->size - page->blocks->used < size) {
        size_t wanted = size > block_size ? size : block_size;
        if (page->taken + wanted > page->memory_limit) longjmp(page->way_out, 1);
        struct block *block = malloc(sizeof *block + wanted);
        if (block == NULL) longjmp(page->way_out, 1);
        *block = (struct block){.next = page->blocks, .used = 0, .size = wanted};
        page->blocks = block;
        page->taken += wanted;
    }
    void *place = page->blocks->bytes + page->blocks->used;
    page->blocks->used += size;
    return place;
}

static void leave(void *context, void *place) {
    (void)context;
    (void)place;
}

struct cgumbo_page *cgumbo_parse(const char *bytes, size_t count, double seconds, size_t memory_limit) {
    struct cgumbo_page *page = calloc(1, sizeof *page);
    if (page == NULL) return NULL;
    page->memory_limit = memory_limit;
    page->until_look = look_every;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &page->deadline);
    page->deadline.tv_sec += (time_t)seconds;
    page->deadline.tv_nsec += (long)((seconds - (double)(time_t)seconds) * 1e9);
    if (page->deadline.tv_nsec >= 1000000000) {
        page->deadline.tv_sec += 1;
        page->deadline.tv_nsec -= 1000000000;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    options.allocator = take;
    options.deallocator = leave;
    options.userdata = page;
    if (setjmp(page->way_out) != 0) {
        cgumbo_free(page);
        return NULL;
    }
    page->output = gumbo_parse_with_options(&options, bytes, count);
    return page;
}

const GumboNode *cgumbo_root(const struct cgumbo_page *page) {
    return page->output == NULL ? NULL : page->output->root;
}

void cgumbo_free(struct cgumbo_page *page) {
    struct block *block = page->blocks;
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(page);
}
