// Google's HTML5 parser, as Debian has it.
#ifndef CGUMBO_H
#define CGUMBO_H

#include <gumbo.h>

// A node's parts, which Swift cannot take out of the union by name.
static inline const GumboElement *cgumbo_element(const GumboNode *node) { return &node->v.element; }
static inline const GumboText *cgumbo_text(const GumboNode *node) { return &node->v.text; }
const char *cgumbo_attribute(const GumboElement *element, const char *name);

#endif
