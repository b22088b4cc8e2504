/* HTML to a flat list of events in document order, by libgumbo's tree. Memory comes from one arena with a
   bound: when the bound is reached the parse stops and NULL comes back. No state outside the document. */
#ifndef CGUMBO_H
#define CGUMBO_H

#include <stddef.h>
#include <stdint.h>

enum { CGU_OPEN = 0, CGU_CLOSE = 1, CGU_TEXT = 2 };

/* Elements the renderer treats apart; the rest are CGU_INLINE or CGU_BLOCK. */
enum {
    CGU_INLINE = 0, CGU_BLOCK, CGU_PARAGRAPH, CGU_HEADING, CGU_BREAK, CGU_RULE, CGU_LINK, CGU_IMAGE,
    CGU_ORDERED, CGU_UNORDERED, CGU_ITEM, CGU_TABLE, CGU_ROW, CGU_CELL, CGU_QUOTE, CGU_PRE, CGU_HIDDEN
};

typedef struct {
    int32_t event, element;
    const char *text;      /* CGU_TEXT: UTF-8 with entities resolved */
    size_t length;
    const char *href, *class_name, *id, *kind, *alt, *style; /* CGU_OPEN; may be NULL */
} cgu_event;

typedef struct cgu_document cgu_document;

/* The bytes must stay put until cgu_free. `arena` bounds the memory in bytes; NULL when it did not do. */
cgu_document *cgu_parse(const char *html, size_t count, size_t arena);
size_t cgu_count(const cgu_document *document);
const cgu_event *cgu_events(const cgu_document *document);
void cgu_free(cgu_document *document);

#endif
