#include "CGMime.h"

#include <gmime/gmime.h>
#include <string.h>

struct cgm_builder {
    GMimeMessage *message;
    GMimePart *text, *html;
    GPtrArray *attachments;
};

cgm_builder *cgm_builder_make(void)
{
    cgm_start();
    cgm_builder *builder = g_new0(cgm_builder, 1);
    builder->message = g_mime_message_new(TRUE);
    builder->attachments = g_ptr_array_new_with_free_func(g_object_unref);
    return builder;
}

void cgm_builder_free(cgm_builder *builder)
{
    if (!builder)
        return;
    g_object_unref(builder->message);
    if (builder->text)
        g_object_unref(builder->text);
    if (builder->html)
        g_object_unref(builder->html);
    g_ptr_array_free(builder->attachments, TRUE);
    g_free(builder);
}

void cgm_builder_address(cgm_builder *builder, int32_t role, const char *name, const char *address)
{
    static const GMimeAddressType kinds[] = {GMIME_ADDRESS_TYPE_FROM, GMIME_ADDRESS_TYPE_SENDER,
        GMIME_ADDRESS_TYPE_REPLY_TO, GMIME_ADDRESS_TYPE_TO, GMIME_ADDRESS_TYPE_CC,
        GMIME_ADDRESS_TYPE_BCC};
    if (role < CGM_FROM || role > CGM_BCC)
        return;
    InternetAddress *entry = internet_address_mailbox_new(name, address);
    internet_address_set_charset(entry, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(builder->message, kinds[role]), entry);
    g_object_unref(entry);
}

void cgm_builder_header(cgm_builder *builder, const char *name, const char *value)
{
    g_mime_object_set_header(GMIME_OBJECT(builder->message), name, value, "us-ascii");
}

static void set_content(GMimePart *part, const uint8_t *bytes, size_t count)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *) bytes, count);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_object_unref(content);
    g_object_unref(stream);
}

/* Base64 for scripts that quoted-printable would triple, quoted-printable for the rest: either survives every relay. */
static GMimePart *text_part(const char *subtype, const char *utf8, size_t count)
{
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    size_t high = 0;
    for (size_t i = 0; i < count; i++)
        high += (unsigned char) utf8[i] >= 0x80;
    if (high <= count / 6) {
        g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
        set_content(part, (const uint8_t *) utf8, count);
        return part;
    }
    /* Inside of base64 the line ends of text are CRLF too (RFC 2045 section 6.8). */
    GByteArray *canonical = g_byte_array_sized_new((guint) count + 64);
    for (size_t i = 0; i < count; i++) {
        if (utf8[i] == '\n')
            g_byte_array_append(canonical, (const guint8 *) "\r\n", 2);
        else
            g_byte_array_append(canonical, (const guint8 *) utf8 + i, 1);
    }
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    set_content(part, canonical->data, canonical->len);
    g_byte_array_free(canonical, TRUE);
    return part;
}

void cgm_builder_text(cgm_builder *builder, const char *utf8, size_t count)
{
    if (builder->text)
        g_object_unref(builder->text);
    builder->text = text_part("plain", utf8, count);
}

void cgm_builder_html(cgm_builder *builder, const char *utf8, size_t count)
{
    if (builder->html)
        g_object_unref(builder->html);
    builder->html = text_part("html", utf8, count);
}

void cgm_builder_attach(cgm_builder *builder, const char *name, const char *type, const char *subtype,
                        const uint8_t *bytes, size_t count)
{
    GMimePart *part = g_mime_part_new_with_type(type, subtype);
    g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
    g_mime_part_set_filename(part, name);
    /* Content-Disposition says it by RFC 2231; programs that cannot read that look for an RFC 2047 word in Content-Type. */
    GMimeParamList *params =
        g_mime_content_type_get_parameters(g_mime_object_get_content_type(GMIME_OBJECT(part)));
    GMimeParam *old = g_mime_param_list_get_parameter(params, "name");
    if (old)
        g_mime_param_set_encoding_method(old, GMIME_PARAM_ENCODING_METHOD_RFC2047);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    set_content(part, bytes, count);
    g_ptr_array_add(builder->attachments, part);
}

static GMimeMultipart *multipart(const char *subtype, const char *seed)
{
    GMimeMultipart *part = g_mime_multipart_new_with_subtype(subtype);
    /* "=-" cannot stand in quoted-printable or base64, so no content can hold the boundary. */
    char *boundary = g_strdup_printf("=-%s-%s", subtype, seed);
    g_mime_multipart_set_boundary(part, boundary);
    g_free(boundary);
    return part;
}

uint8_t *cgm_builder_finish(cgm_builder *builder, const char *seed, size_t *count)
{
    if (!builder->text)
        return NULL;
    GMimeObject *body = GMIME_OBJECT(g_object_ref(builder->text));
    if (builder->html) {
        GMimeMultipart *both = multipart("alternative", seed);
        g_mime_multipart_add(both, body);
        g_mime_multipart_add(both, GMIME_OBJECT(builder->html));
        g_object_unref(body);
        body = GMIME_OBJECT(both);
    }
    if (builder->attachments->len > 0) {
        GMimeMultipart *mixed = multipart("mixed", seed);
        g_mime_multipart_add(mixed, body);
        for (guint i = 0; i < builder->attachments->len; i++)
            g_mime_multipart_add(mixed, GMIME_OBJECT(g_ptr_array_index(builder->attachments, i)));
        g_object_unref(body);
        body = GMIME_OBJECT(mixed);
    }
    g_mime_message_set_mime_part(builder->message, body);
    g_object_unref(body);

    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_format_options_set_param_encoding_method(options, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    gssize written =
        g_mime_object_write_to_stream(GMIME_OBJECT(builder->message), options, stream);
    g_object_unref(stream);
    g_mime_format_options_free(options);
    if (written < 0) {
        g_byte_array_free(bytes, TRUE);
        return NULL;
    }
    *count = bytes->len;
    return g_byte_array_free(bytes, FALSE);
}
