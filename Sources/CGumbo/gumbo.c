#include "CGumbo.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* gumbo frees its tree by recursion (a mail of nested elements would exhaust the stack) and does not check
   its allocations. Both are avoided by giving it an arena: nothing is freed one by one, and running out jumps
   back out of the parser, which holds no other resource. */
typedef struct block {
    struct block *next;
    size_t used, room;
} block;

struct cgu_document {
    block *blocks;
    size_t left;
    jmp_buf exhausted;
    cgu_event *events;
    size_t count, room, most;
};

static const size_t block_size = 256 * 1024;

static void *arena_allocate(void *userdata, size_t size)
{
    cgu_document *document = userdata;
    size = (size + 15) & ~(size_t) 15;
    block *current = document->blocks;
    if (!current || current->room - current->used < size) {
        size_t room = size > block_size ? size : block_size;
        if (room > document->left)
            longjmp(document->exhausted, 1);
        current = malloc(sizeof(block) + 16 + room);
        if (!current)
            longjmp(document->exhausted, 1);
        document->left -= room;
        current->next = document->blocks;
        current->used = 0;
        current->room = room;
        document->blocks = current;
    }
    char *start = (char *) (((uintptr_t) (current + 1) + 15) & ~(uintptr_t) 15);
    void *result = start + current->used;
    current->used += size;
    return result;
}

static void arena_deallocate(void *userdata, void *memory)
{
    (void) userdata;
    (void) memory;
}

static cgu_event *append(cgu_document *document)
{
    if (document->count >= document->most)
        longjmp(document->exhausted, 1);
    if (document->count == document->room) {
        size_t room = document->room ? document->room * 2 : 1024;
        cgu_event *grown = realloc(document->events, room * sizeof(cgu_event));
        if (!grown)
            longjmp(document->exhausted, 1);
        document->events = grown;
        document->room = room;
    }
    cgu_event *event = &document->events[document->count++];
    memset(event, 0, sizeof *event);
    return event;
}

static int32_t element_of(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P: return CGU_PARAGRAPH;
    case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3:
    case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6: return CGU_HEADING;
    case GUMBO_TAG_BR: return CGU_BREAK;
    case GUMBO_TAG_HR: return CGU_RULE;
    case GUMBO_TAG_A: return CGU_LINK;
    case GUMBO_TAG_IMG: return CGU_IMAGE;
    case GUMBO_TAG_OL: return CGU_ORDERED;
    case GUMBO_TAG_UL: case GUMBO_TAG_MENU: case GUMBO_TAG_DIR: return CGU_UNORDERED;
    case GUMBO_TAG_LI: return CGU_ITEM;
    case GUMBO_TAG_TABLE: return CGU_TABLE;
    case GUMBO_TAG_TR: return CGU_ROW;
    case GUMBO_TAG_TD: case GUMBO_TAG_TH: return CGU_CELL;
    case GUMBO_TAG_BLOCKQUOTE: return CGU_QUOTE;
    case GUMBO_TAG_PRE: case GUMBO_TAG_LISTING: case GUMBO_TAG_XMP: case GUMBO_TAG_PLAINTEXT:
        return CGU_PRE;
    case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_TITLE: case GUMBO_TAG_HEAD:
    case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_IFRAME: case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_SELECT: case GUMBO_TAG_SVG: case GUMBO_TAG_MATH:
        return CGU_HIDDEN;
    case GUMBO_TAG_DIV: case GUMBO_TAG_BODY: case GUMBO_TAG_ADDRESS: case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE: case GUMBO_TAG_CENTER: case GUMBO_TAG_DD: case GUMBO_TAG_DL:
    case GUMBO_TAG_DT: case GUMBO_TAG_FIELDSET: case GUMBO_TAG_FIGURE: case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FOOTER: case GUMBO_TAG_FORM: case GUMBO_TAG_HEADER: case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV: case GUMBO_TAG_SECTION: case GUMBO_TAG_CAPTION: case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY: case GUMBO_TAG_TFOOT: case GUMBO_TAG_DETAILS: case GUMBO_TAG_SUMMARY:
        return CGU_BLOCK;
    default: return CGU_INLINE;
    }
}

static const char *attribute(const GumboVector *attributes, const char *name)
{
    GumboAttribute *found = gumbo_get_attribute(attributes, name);
    return found ? found->value : NULL;
}

static void open_event(cgu_document *document, const GumboNode *node)
{
    const GumboElement *element = &node->v.element;
    cgu_event *event = append(document);
    event->event = CGU_OPEN;
    event->element = element_of(element->tag);
    if (element->attributes.length == 0)
        return;
    event->class_name = attribute(&element->attributes, "class");
    event->id = attribute(&element->attributes, "id");
    event->style = attribute(&element->attributes, "style");
    if (event->element == CGU_LINK)
        event->href = attribute(&element->attributes, "href");
    if (event->element == CGU_QUOTE)
        event->kind = attribute(&element->attributes, "type");
    if (event->element == CGU_IMAGE)
        event->alt = attribute(&element->attributes, "alt");
}

/* Walks by parent pointers: the stack stays flat however deep the tree is. */
static void flatten(cgu_document *document, GumboNode *root)
{
    GumboNode *node = root;
    for (;;) {
        int descends = node->type == GUMBO_NODE_ELEMENT;
        if (descends) {
            open_event(document, node);
            if (document->events[document->count - 1].element != CGU_HIDDEN
                && node->v.element.children.length > 0) {
                node = node->v.element.children.data[0];
                continue;
            }
            cgu_event *event = append(document);
            event->event = CGU_CLOSE;
            event->element = element_of(node->v.element.tag);
        } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE
                   || node->type == GUMBO_NODE_CDATA) {
            cgu_event *event = append(document);
            event->event = CGU_TEXT;
            event->text = node->v.text.text;
            event->length = strlen(node->v.text.text);
        }
        for (;;) {
            if (node == root)
                return;
            GumboNode *parent = node->parent;
            size_t next = node->index_within_parent + 1;
            if (next < parent->v.element.children.length) {
                node = parent->v.element.children.data[next];
                break;
            }
            cgu_event *event = append(document);
            event->event = CGU_CLOSE;
            event->element = element_of(parent->v.element.tag);
            node = parent;
        }
    }
}

cgu_document *cgu_parse(const char *html, size_t count, size_t arena)
{
    cgu_document *document = calloc(1, sizeof *document);
    if (!document)
        return NULL;
    document->left = arena;
    document->most = arena / 64; /* bounds the walk too, whatever the tree looks like */
    if (setjmp(document->exhausted)) {
        cgu_free(document);
        return NULL;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = arena_allocate;
    options.deallocator = arena_deallocate;
    options.userdata = document;
    options.max_errors = 0;
    GumboOutput *output = gumbo_parse_with_options(&options, html, count);
    flatten(document, output->root);
    return document;
}

size_t cgu_count(const cgu_document *document) { return document->count; }

const cgu_event *cgu_events(const cgu_document *document) { return document->events; }

void cgu_free(cgu_document *document)
{
    if (!document)
        return;
    block *current = document->blocks;
    while (current) {
        block *next = current->next;
        free(current);
        current = next;
    }
    free(document->events);
    free(document);
}
