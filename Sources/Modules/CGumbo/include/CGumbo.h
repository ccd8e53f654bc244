// Google's HTML5 parser, as Debian has it.
#ifndef CGUMBO_H
#define CGUMBO_H

#include <gumbo.h>
#include <stddef.h>

// A node's parts, which Swift cannot take out of the union by name.
static inline const GumboElement *cgumbo_element(const GumboNode *node) { return &node->v.element; }
static inline const GumboText *cgumbo_text(const GumboNode *node) { return &node->v.text; }
const char *cgumbo_attribute(const GumboElement *element, const char *name);

// A page that was parsed, with all its memory.
struct cgumbo_page;

// Parses a page, within so many seconds of this thread's processor time and so many bytes of memory. NULL when it takes more
// than that. The bytes are part of the page: they have to live as long.
struct cgumbo_page *cgumbo_parse(const char *bytes, size_t count, double seconds, size_t memory_limit);
const GumboNode *cgumbo_root(const struct cgumbo_page *page);
void cgumbo_free(struct cgumbo_page *page);

#endif
