/* A small door to GMime 3, iconv and uchardet. It hands out plain structs and pointers; no GLib type
   crosses it. Every pointer in a struct lives as long as the object it came from.

   Threads: no function here keeps state of its own after cgm_start. One object (mail, decoder, builder)
   belongs to one thread at a time; different objects may be used on different threads at once. */
#ifndef CGMIME_H
#define CGMIME_H

#include <stddef.h>
#include <stdint.h>

/* Prepares GMime; call it before anything else. May be called again, from any thread. */
void cgm_start(void);

/* ---- reading ---------------------------------------------------------------------------------- */

typedef struct cgm_mail cgm_mail;

typedef struct {
    int32_t depth;      /* multiparts deeper than this are not entered */
    int32_t parts;      /* parts after this many are not listed */
} cgm_limits;

enum { CGM_LEAF = 0, CGM_MULTIPART = 1, CGM_MESSAGE = 2 };
enum { CGM_FROM = 0, CGM_SENDER = 1, CGM_REPLY_TO = 2, CGM_TO = 3, CGM_CC = 4, CGM_BCC = 5 };
enum { CGM_IDENTITY = 0, CGM_BASE64 = 1, CGM_QUOTED_PRINTABLE = 2, CGM_UUENCODE = 3 };

/* One MIME part in document order. Strings may be NULL; UTF-8 unless the sender lied. */
typedef struct {
    int32_t kind, depth, parent, encoding;
    int64_t offset, length;      /* of the still encoded content in the bytes given; length < 0: unknown */
    const char *type, *subtype, *content_id;
    const char *raw_type, *raw_disposition, *description; /* header values as received */
} cgm_part;

typedef struct {
    size_t colons;       /* of the whole mail */
    size_t dashed_lines; /* lines that begin with two dashes */
} cgm_counts;

/* What may be too much for GMime, in passes that the compiler vectorises. */
cgm_counts cgm_count(const uint8_t *bytes, size_t count);

/* Parses one mail. The bytes are not copied and must stay put until cgm_mail_free.
   NULL when GMime finds no part in them. */
cgm_mail *cgm_mail_parse(const uint8_t *bytes, size_t count, const cgm_limits *limits);
void cgm_mail_free(cgm_mail *mail);

size_t cgm_mail_part_count(const cgm_mail *mail);
const cgm_part *cgm_mail_part(const cgm_mail *mail, size_t index);
/* 1 when parts or depth were cut off at a limit. */
int cgm_mail_truncated(const cgm_mail *mail);

/* ---- values of headers ------------------------------------------------------------------------ */

/* The code of a Content-Transfer-Encoding (CGM_BASE64, …); CGM_IDENTITY for everything unknown. */
int32_t cgm_encoding(const char *name);
void cgm_free(void *memory);

/* ---- contents --------------------------------------------------------------------------------- */

typedef struct cgm_decoder cgm_decoder;
/* A transfer decoder (base64, quoted-printable, uuencode). */
cgm_decoder *cgm_decoder_make(int32_t encoding);
/* Room that `count` encoded bytes may need when decoded. */
size_t cgm_decoder_room(int32_t encoding, size_t count);
/* Decodes a chunk into `out`, which has that room; returns the bytes written. */
size_t cgm_decoder_step(cgm_decoder *decoder, const uint8_t *in, size_t count, uint8_t *out);
/* What the last unfinished group held (base64 without its padding): at most 2 bytes. */
size_t cgm_decoder_finish(cgm_decoder *decoder, uint8_t *out);
void cgm_decoder_free(cgm_decoder *decoder);

/* 1 when iconv knows the charset of this name. */
int cgm_charset_known(const char *charset);
/* To UTF-8; what cannot be read becomes U+FFFD. NULL when the charset is unknown. Free with cgm_free.
   `*damaged` counts the replacements. */
uint8_t *cgm_to_utf8(const char *charset, const uint8_t *in, size_t count, size_t *out_count,
                     size_t *damaged);
/* A guess at the charset, into `name` (of `room` bytes): 1 when there is one. */
int cgm_guess_charset(const uint8_t *in, size_t count, char *name, size_t room);

/* ---- writing ---------------------------------------------------------------------------------- */

typedef struct cgm_builder cgm_builder;
cgm_builder *cgm_builder_make(void);
void cgm_builder_free(cgm_builder *builder);
/* An address into From, Reply-To, To or Cc; encoded by RFC 2047. */
void cgm_builder_address(cgm_builder *builder, int32_t role, const char *name, const char *address);
/* A header whose value is ASCII without line ends; folded at its blanks. */
void cgm_builder_header(cgm_builder *builder, const char *name, const char *value);
/* LF line ends. */
void cgm_builder_text(cgm_builder *builder, const char *utf8, size_t count);
void cgm_builder_html(cgm_builder *builder, const char *utf8, size_t count);
/* The bytes are copied. */
void cgm_builder_attach(cgm_builder *builder, const char *name, const char *type, const char *subtype,
                        const uint8_t *bytes, size_t count);
/* The whole mail with CRLF line ends. `seed` names the MIME boundaries, so that the same input gives
   the same bytes. Free with cgm_free; NULL when memory or structure fails. */
uint8_t *cgm_builder_finish(cgm_builder *builder, const char *seed, size_t *count);

#endif
