// Hands out what toml++ (Debian's libtomlplusplus-dev) parsed, with the place of every key and value, as one flat
// list: a parent stands before its children, so the list can be walked without recursion.
//
// Who owns what: the document owns every string it hands out; nothing may be used after hamdel_toml_free.
// No function here throws, blocks or keeps state; one document must not be used by two threads at once.
#ifndef HAMDEL_CTOML_H
#define HAMDEL_CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node holds, and which fields of `hamdel_toml_node` say so.
enum {
    HAMDEL_TOML_TABLE = 0,       // children
    HAMDEL_TOML_ARRAY = 1,       // children, without keys
    HAMDEL_TOML_STRING = 2,      // text
    HAMDEL_TOML_INTEGER = 3,     // integer
    HAMDEL_TOML_FLOAT = 4,       // real
    HAMDEL_TOML_BOOLEAN = 5,     // integer, 0 or 1
    HAMDEL_TOML_DATE = 6,        // year, month, day
    HAMDEL_TOML_TIME = 7,        // hour, minute, second
    HAMDEL_TOML_DATE_TIME = 8,   // all six
};

/// Lines and columns count from 1; a column counts code points. Text is UTF-8 and may hold a NUL: use the length.
typedef struct {
    int32_t kind;
    int32_t parent;              // index of the table or array that holds it; -1 for the root
    int32_t is_inline;           // tables: 1 when written { … }
    const char *_Nullable key;             // null in arrays and for the root
    size_t key_length;
    uint32_t key_line, key_column;
    uint32_t line, column;
    const char *_Nullable text;
    size_t text_length;
    int64_t integer;
    double real;
    uint16_t year;
    uint8_t month, day, hour, minute, second;
} hamdel_toml_node;

typedef struct hamdel_toml_document hamdel_toml_document;

/// Parses one TOML 1.0 document. Null only when there is no memory. Values nest 32 deep at most; the caller bounds
/// the number of parts of a dotted key, which toml++ does not.
hamdel_toml_document *_Nullable hamdel_toml_parse(const char *_Nonnull bytes, size_t length);
void hamdel_toml_free(hamdel_toml_document *_Nullable document);

/// Null when the document is well formed; else what was wrong, NUL-terminated, with its place in `line`, `column`.
const char *_Nullable hamdel_toml_error(
    const hamdel_toml_document *_Nonnull document, uint32_t *_Nonnull line, uint32_t *_Nonnull column);

/// The nodes of a well-formed document, the root first; none for another.
size_t hamdel_toml_count(const hamdel_toml_document *_Nonnull document);
const hamdel_toml_node *_Nullable hamdel_toml_nodes(const hamdel_toml_document *_Nonnull document);

#ifdef __cplusplus
}
#endif

#endif
