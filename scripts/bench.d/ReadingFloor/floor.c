#include "ReadingFloor.h"

#include <gmime/gmime.h>
#include <string.h>

void reading_floor_start(void) { g_mime_init(); }

static size_t read_part(GMimeObject *object)
{
    if (GMIME_IS_TEXT_PART(object) && !g_mime_part_is_attachment(GMIME_PART(object))) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
        size_t length = text ? strlen(text) : 0;
        g_free(text);
        return length;
    }
    if (!GMIME_IS_PART(object))
        return 0;
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
    if (!content)
        return 0;
    (void) g_mime_part_get_filename(GMIME_PART(object));
    GMimeStream *decoded = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, decoded);
    size_t length = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(decoded))->len;
    g_object_unref(decoded);
    return length;
}

static size_t read_headers(GMimeMessage *message)
{
    size_t count = 0;
    InternetAddressList *lists[] = {g_mime_message_get_from(message), g_mime_message_get_to(message),
        g_mime_message_get_cc(message), g_mime_message_get_reply_to(message)};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        count += lists[i] ? (size_t) internet_address_list_length(lists[i]) : 0;
    count += g_mime_message_get_subject(message) != NULL;
    count += g_mime_message_get_date(message) != NULL;
    count += g_mime_message_get_message_id(message) != NULL;
    const char *text = g_mime_object_get_header(GMIME_OBJECT(message), "References");
    GMimeReferences *references = text ? g_mime_references_parse(NULL, text) : NULL;
    if (references) {
        count += (size_t) g_mime_references_length(references);
        g_mime_references_free(references);
    }
    return count;
}

size_t reading_floor(const uint8_t *bytes, size_t count)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *) bytes, count);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    size_t found = (size_t) -1;
    if (message) {
        found = read_headers(message);
        GMimePartIter *parts = g_mime_part_iter_new(GMIME_OBJECT(message));
        do {
            GMimeObject *part = g_mime_part_iter_get_current(parts);
            if (part)
                found += read_part(part);
        } while (g_mime_part_iter_next(parts));
        g_mime_part_iter_free(parts);
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    return found;
}
