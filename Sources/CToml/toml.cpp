#include "CToml.h"

#include <new>
#include <string>
#include <string_view>
#include <vector>

// Compiled in rather than linked, so that the bound on nesting and what a failed assertion does are ours.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
#define TOML_MAX_NESTED_VALUES 32
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/impl/preprocessor.h>

// toml++ 3.3 asserts things that malformed input makes false (`[=`, `a = [}`, `2026-03-21t"`): such a file would stop
// a debug build, and in a release build the compiler may assume what is not so. Where the next character is not the
// one it counted on, it goes on and reports a fault of its own; everything else ends the parsing as a fault.
namespace {
struct broken_assumption {};
constexpr bool is_about_the_next_character(std::string_view expression) {
    return expression.find("(*cp") != std::string_view::npos;
}
}  // namespace
#undef TOML_ASSERT
#undef TOML_ASSERT_ASSUME
#undef TOML_ASSUME
#undef TOML_UNREACHABLE
#define TOML_ASSERT(...) \
    ((__VA_ARGS__) || is_about_the_next_character(#__VA_ARGS__) ? static_cast<void>(0) : throw broken_assumption{})
#define TOML_ASSERT_ASSUME(...) TOML_ASSERT(__VA_ARGS__)
#define TOML_ASSUME(...) TOML_ASSERT(__VA_ARGS__)
#define TOML_UNREACHABLE throw broken_assumption{}

#include <toml++/toml.h>

struct hamdel_toml_document {
    toml::table root;
    std::vector<hamdel_toml_node> nodes;
    bool failed = false;
    std::string error;
    uint32_t line = 0;
    uint32_t column = 0;

    void fail(std::string_view why, uint32_t at_line, uint32_t at_column) {
        failed = true;
        nodes.clear();
        error = std::string(why);
        line = at_line;
        column = at_column;
    }
};

namespace {

void fill_date(hamdel_toml_node &out, const toml::date &date) {
    out.year = date.year;
    out.month = date.month;
    out.day = date.day;
}

void fill_time(hamdel_toml_node &out, const toml::time &time) {
    out.hour = time.hour;
    out.minute = time.minute;
    out.second = time.second;
}

void fill_value(hamdel_toml_node &out, const toml::node &node) {
    if (const auto *text = node.as_string()) {
        out.kind = HAMDEL_TOML_STRING;
        out.text = text->get().data();
        out.text_length = text->get().size();
    } else if (const auto *integer = node.as_integer()) {
        out.kind = HAMDEL_TOML_INTEGER;
        out.integer = integer->get();
    } else if (const auto *real = node.as_floating_point()) {
        out.kind = HAMDEL_TOML_FLOAT;
        out.real = real->get();
    } else if (const auto *boolean = node.as_boolean()) {
        out.kind = HAMDEL_TOML_BOOLEAN;
        out.integer = boolean->get() ? 1 : 0;
    } else if (const auto *date = node.as_date()) {
        out.kind = HAMDEL_TOML_DATE;
        fill_date(out, date->get());
    } else if (const auto *time = node.as_time()) {
        out.kind = HAMDEL_TOML_TIME;
        fill_time(out, time->get());
    } else if (const auto *both = node.as_date_time()) {
        out.kind = HAMDEL_TOML_DATE_TIME;
        fill_date(out, both->get().date);
        fill_time(out, both->get().time);
    }
}

// Depth is bounded by TOML_MAX_NESTED_VALUES times the parts of a key, which the caller bounds.
void flatten(
    std::vector<hamdel_toml_node> &nodes, const toml::node &node, const toml::key *key, int32_t parent) {
    hamdel_toml_node out{};
    out.parent = parent;
    out.line = node.source().begin.line;
    out.column = node.source().begin.column;
    if (key) {
        out.key = key->str().data();
        out.key_length = key->str().size();
        out.key_line = key->source().begin.line;
        out.key_column = key->source().begin.column;
    }
    const auto index = static_cast<int32_t>(nodes.size());
    if (const auto *table = node.as_table()) {
        out.kind = HAMDEL_TOML_TABLE;
        out.is_inline = table->is_inline() ? 1 : 0;
        nodes.push_back(out);
        for (const auto &[child_key, child] : *table) flatten(nodes, child, &child_key, index);
    } else if (const auto *array = node.as_array()) {
        out.kind = HAMDEL_TOML_ARRAY;
        nodes.push_back(out);
        for (const auto &child : *array) flatten(nodes, child, nullptr, index);
    } else {
        fill_value(out, node);
        nodes.push_back(out);
    }
}

}  // namespace

hamdel_toml_document *hamdel_toml_parse(const char *bytes, size_t length) {
    auto *document = new (std::nothrow) hamdel_toml_document;
    if (!document) return nullptr;
    try {
        document->root = toml::parse(std::string_view(bytes, length));
        flatten(document->nodes, document->root, nullptr, -1);
    } catch (const toml::parse_error &error) {
        document->fail(error.description(), error.source().begin.line, error.source().begin.column);
    } catch (const broken_assumption &) {
        document->fail("this is not TOML, and the parser lost its way in it", 1, 1);
    } catch (const std::bad_alloc &) {
        delete document;
        return nullptr;
    }
    return document;
}

void hamdel_toml_free(hamdel_toml_document *document) { delete document; }

const char *hamdel_toml_error(const hamdel_toml_document *document, uint32_t *line, uint32_t *column) {
    *line = document->line;
    *column = document->column;
    return document->failed ? document->error.c_str() : nullptr;
}

size_t hamdel_toml_count(const hamdel_toml_document *document) { return document->nodes.size(); }

const hamdel_toml_node *hamdel_toml_nodes(const hamdel_toml_document *document) {
    return document->nodes.data();
}
