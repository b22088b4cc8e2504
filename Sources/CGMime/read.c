#include "CGMime.h"

#include <gmime/gmime.h>
#include <string.h>

struct cgm_mail {
    GByteArray *bytes;
    GMimeStream *stream;
    GMimeParser *parser;
    GMimeObject *root;
    GArray *parts;
    cgm_limits limits;
    int truncated;
};

void cgm_start(void)
{
    static gsize started = 0;
    if (g_once_init_enter(&started)) {
        g_mime_init();
        g_once_init_leave(&started, 1);
    }
}

static GMimeParserOptions *make_options(void)
{
    static const char *charsets[] = {"utf-8", "windows-1252", NULL};
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_address_compliance_mode(options, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_parameter_compliance_mode(options, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_rfc2047_compliance_mode(options, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_allow_addresses_without_domain(options, TRUE);
    g_mime_parser_options_set_fallback_charsets(options, charsets);
    return options;
}

/* Made once and never changed: GMime only reads parser options while parsing, so all threads share them. */
static GMimeParserOptions *options(void)
{
    static GMimeParserOptions *made = NULL;
    static gsize once = 0;
    if (g_once_init_enter(&once)) {
        made = make_options();
        g_once_init_leave(&once, 1);
    }
    return made;
}

static int32_t encoding_code(GMimeContentEncoding encoding)
{
    switch (encoding) {
    case GMIME_CONTENT_ENCODING_BASE64: return CGM_BASE64;
    case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return CGM_QUOTED_PRINTABLE;
    case GMIME_CONTENT_ENCODING_UUENCODE: return CGM_UUENCODE;
    default: return CGM_IDENTITY;
    }
}

static int64_t first_header_offset(GMimeObject *object)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    if (!list || g_mime_header_list_get_count(list) < 1)
        return -1;
    return g_mime_header_get_offset(g_mime_header_list_get_header_at(list, 0));
}

static const char *raw_value(GMimeObject *object, const char *name)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    GMimeHeader *header = list ? g_mime_header_list_get_header(list, name) : NULL;
    return header ? g_mime_header_get_raw_value(header) : NULL;
}

static void describe(cgm_part *part, GMimeObject *object)
{
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (type) {
        part->type = g_mime_content_type_get_media_type(type);
        part->subtype = g_mime_content_type_get_media_subtype(type);
    }
    part->raw_type = raw_value(object, "Content-Type");
    part->raw_disposition = raw_value(object, "Content-Disposition");
    part->content_id = g_mime_object_get_content_id(object);
    part->description = raw_value(object, "Content-Description");
}

static void locate_leaf(cgm_part *part, GMimePart *leaf)
{
    GMimeDataWrapper *content = g_mime_part_get_content(leaf);
    part->encoding = encoding_code(g_mime_part_get_content_encoding(leaf));
    part->length = -1;
    if (!content)
        return;
    GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
    if (!stream || !GMIME_IS_STREAM_MEM(stream))
        return;
    part->offset = stream->bound_start;
    part->length = g_mime_stream_length(stream);
}

static void list_parts(cgm_mail *mail, GMimeObject *object, int32_t depth, int32_t parent)
{
    if (!object)
        return;
    if (mail->parts->len >= (guint) mail->limits.parts || depth > mail->limits.depth) {
        mail->truncated = 1;
        return;
    }
    cgm_part part;
    memset(&part, 0, sizeof part);
    part.depth = depth;
    part.parent = parent;
    part.length = -1;
    describe(&part, object);
    int32_t index = (int32_t) mail->parts->len;
    if (GMIME_IS_MULTIPART(object)) {
        part.kind = CGM_MULTIPART;
        g_array_append_val(mail->parts, part);
        GMimeMultipart *multipart = GMIME_MULTIPART(object);
        int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count; i++) {
            list_parts(mail, g_mime_multipart_get_part(multipart, i), depth + 1, index);
            if (mail->truncated)
                break;
        }
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        part.kind = CGM_MESSAGE;
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        part.offset = -1;
        if (inner) {
            int64_t first = first_header_offset(GMIME_OBJECT(inner));
            GMimeObject *body = g_mime_message_get_mime_part(inner);
            int64_t second = body ? first_header_offset(body) : -1;
            if (first < 0 || (second >= 0 && second < first))
                first = second;
            part.offset = first;
        }
        g_array_append_val(mail->parts, part);
        if (inner)
            list_parts(mail, g_mime_message_get_mime_part(inner), depth + 1, index);
    } else {
        part.kind = CGM_LEAF;
        if (GMIME_IS_PART(object))
            locate_leaf(&part, GMIME_PART(object));
        g_array_append_val(mail->parts, part);
    }
}

cgm_counts cgm_count(const uint8_t *bytes, size_t count)
{
    cgm_counts found = {0, 0};
    if (!bytes)
        return found;
    for (size_t i = 0; i < count; i++)
        found.colons += bytes[i] == ':';
    const uint8_t *line = bytes, *end = bytes + count;
    while ((line = memchr(line, '\n', (size_t) (end - line))) != NULL) {
        line++;
        if (end - line >= 2 && line[0] == '-' && line[1] == '-')
            found.dashed_lines++;
    }
    return found;
}

cgm_mail *cgm_mail_parse(const uint8_t *bytes, size_t count, const cgm_limits *limits)
{
    cgm_start();
    if (count > (size_t) G_MAXINT32)
        return NULL;
    cgm_mail *mail = g_new0(cgm_mail, 1);
    mail->limits = *limits;
    /* The array borrows the bytes; it is emptied again, not freed, in cgm_mail_free. */
    mail->bytes = g_byte_array_new_take((guint8 *) (uintptr_t) bytes, count);
    mail->stream = g_mime_stream_mem_new();
    g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(mail->stream), mail->bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(mail->stream), FALSE);
    mail->parser = g_mime_parser_new_with_stream(mail->stream);
    g_mime_parser_set_persist_stream(mail->parser, TRUE);
    g_mime_parser_set_format(mail->parser, GMIME_FORMAT_MESSAGE);
    mail->parts = g_array_new(FALSE, FALSE, sizeof(cgm_part));
    /* As a part, not as a message: the headers of a message would be parsed for addresses and words that our own
       scanners read, and groups nested in them overrun the stack. */
    mail->root = g_mime_parser_construct_part(mail->parser, options());
    if (!mail->root) {
        cgm_mail_free(mail);
        return NULL;
    }
    list_parts(mail, mail->root, 0, -1);
    return mail;
}

void cgm_mail_free(cgm_mail *mail)
{
    if (!mail)
        return;
    if (mail->root)
        g_object_unref(mail->root);
    if (mail->parser)
        g_object_unref(mail->parser);
    if (mail->stream)
        g_object_unref(mail->stream);
    if (mail->bytes) {
        gsize length;
        (void) g_byte_array_steal(mail->bytes, &length);
        g_byte_array_free(mail->bytes, TRUE);
    }
    g_array_free(mail->parts, TRUE);
    g_free(mail);
}

size_t cgm_mail_part_count(const cgm_mail *mail) { return mail->parts->len; }

const cgm_part *cgm_mail_part(const cgm_mail *mail, size_t index)
{
    return index < mail->parts->len ? &g_array_index(mail->parts, cgm_part, index) : NULL;
}

int cgm_mail_truncated(const cgm_mail *mail) { return mail->truncated; }

int32_t cgm_encoding(const char *name)
{
    return encoding_code(g_mime_content_encoding_from_string(name));
}

void cgm_free(void *memory) { g_free(memory); }
