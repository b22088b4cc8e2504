#include "CGMime.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

struct cgm_decoder {
    GMimeEncoding state;
    uint32_t bits; /* base64: what is left of an unfinished group */
    int letters;
    int waits_for_begin; /* uuencode: what stands in front of the line "begin 644 name" is no content */
};

static GMimeContentEncoding encoding_of(int32_t code)
{
    switch (code) {
    case CGM_BASE64: return GMIME_CONTENT_ENCODING_BASE64;
    case CGM_QUOTED_PRINTABLE: return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
    case CGM_UUENCODE: return GMIME_CONTENT_ENCODING_UUENCODE;
    default: return GMIME_CONTENT_ENCODING_BINARY;
    }
}

cgm_decoder *cgm_decoder_make(int32_t encoding)
{
    cgm_decoder *decoder = g_new0(cgm_decoder, 1);
    g_mime_encoding_init_decode(&decoder->state, encoding_of(encoding));
    decoder->waits_for_begin = encoding == CGM_UUENCODE;
    return decoder;
}

/* Letter to value; 64 is padding, 65 anything else. */
static uint8_t base64_value(uint8_t letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return (uint8_t) (letter - 'A');
    if (letter >= 'a' && letter <= 'z')
        return (uint8_t) (letter - 'a' + 26);
    if (letter >= '0' && letter <= '9')
        return (uint8_t) (letter - '0' + 52);
    return letter == '+' ? 62 : letter == '/' ? 63 : letter == '=' ? 64 : 65;
}

typedef struct {
    uint8_t value[256];      /* as base64_value */
    uint32_t placed[4][256]; /* the value at its place in a group of four, as bytes in order; 1 << 24 for no letter */
} base64_tables;

static const base64_tables *base64_table(void)
{
    static base64_tables tables;
    static gsize made = 0;
    if (g_once_init_enter(&made)) {
        for (int letter = 0; letter < 256; letter++) {
            uint32_t value = tables.value[letter] = base64_value((uint8_t) letter);
            for (int place = 0; place < 4; place++) {
                uint32_t bits = value << (18 - 6 * place);
                tables.placed[place][letter] = value >= 64
                    ? 1u << 24
                    : (bits >> 16 & 255) | (bits & 0xFF00) | (bits & 255) << 16;
            }
        }
        g_once_init_leave(&made, 1);
    }
    return &tables;
}

/* The bytes of an unfinished group; it ends with padding or with the content. */
static size_t base64_close(cgm_decoder *decoder, uint8_t *out)
{
    size_t written = 0;
    if (decoder->letters == 2) {
        out[written++] = (uint8_t) (decoder->bits >> 4);
    } else if (decoder->letters == 3) {
        out[written++] = (uint8_t) (decoder->bits >> 10);
        out[written++] = (uint8_t) (decoder->bits >> 2);
    }
    decoder->letters = 0;
    decoder->bits = 0;
    return written;
}

/* Four letters at a time where they stand together: attachments are most of what mail servers move. */
static size_t base64_step(cgm_decoder *decoder, const uint8_t *in, size_t count, uint8_t *out)
{
    const base64_tables *table = base64_table();
    const uint8_t *end = in + count;
    uint8_t *start = out;
    while (in < end) {
        while (decoder->letters == 0 && end - in >= 4) {
            uint32_t bits = table->placed[0][in[0]] | table->placed[1][in[1]]
                | table->placed[2][in[2]] | table->placed[3][in[3]];
            if (bits >> 24)
                break;
            out[0] = (uint8_t) bits;
            out[1] = (uint8_t) (bits >> 8);
            out[2] = (uint8_t) (bits >> 16);
            out += 3;
            in += 4;
        }
        if (in == end)
            break;
        uint8_t value = table->value[*in++];
        if (value == 64) {
            out += base64_close(decoder, out);
        } else if (value < 64) {
            decoder->bits = decoder->bits << 6 | value;
            if (++decoder->letters == 4) {
                *out++ = (uint8_t) (decoder->bits >> 16);
                *out++ = (uint8_t) (decoder->bits >> 8);
                *out++ = (uint8_t) decoder->bits;
                decoder->letters = 0;
                decoder->bits = 0;
            }
        }
    }
    return (size_t) (out - start);
}

size_t cgm_decoder_room(int32_t encoding, size_t count)
{
    (void) encoding;
    /* Decoding never grows what it reads by more than the few bytes that were held back. */
    return count + 64;
}

size_t cgm_decoder_step(cgm_decoder *decoder, const uint8_t *in, size_t count, uint8_t *out)
{
    if (decoder->state.encoding == GMIME_CONTENT_ENCODING_BASE64)
        return base64_step(decoder, in, count, out);
    if (decoder->waits_for_begin) {
        /* The line stands within the first chunk of every real mail. */
        const uint8_t *line = in, *end = in + count;
        while (line < end && !((size_t) (end - line) > 6 && memcmp(line, "begin ", 6) == 0)) {
            const uint8_t *next = memchr(line, '\n', (size_t) (end - line));
            line = next ? next + 1 : end;
        }
        const uint8_t *next = line < end ? memchr(line, '\n', (size_t) (end - line)) : NULL;
        if (!next)
            return 0;
        decoder->waits_for_begin = 0;
        decoder->state.state |= GMIME_UUDECODE_STATE_BEGIN;
        count = (size_t) (end - next - 1);
        in = next + 1;
    }
    return g_mime_encoding_step(&decoder->state, (const char *) in, count, (char *) out);
}

size_t cgm_decoder_finish(cgm_decoder *decoder, uint8_t *out)
{
    return decoder->state.encoding == GMIME_CONTENT_ENCODING_BASE64 ? base64_close(decoder, out) : 0;
}

void cgm_decoder_free(cgm_decoder *decoder) { g_free(decoder); }

int cgm_charset_known(const char *charset)
{
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t) -1)
        return 0;
    iconv_close(converter);
    return 1;
}

uint8_t *cgm_to_utf8(const char *charset, const uint8_t *in, size_t count, size_t *out_count,
                     size_t *damaged)
{
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t) -1)
        return NULL;
    char *source = (char *) (uintptr_t) in;
    size_t left = count, room = count + count / 2 + 64, used = 0;
    uint8_t *result = g_malloc(room);
    *damaged = 0;
    int flushing = 0;
    for (;;) {
        char *target = (char *) result + used;
        size_t space = room - used;
        size_t status = flushing ? iconv(converter, NULL, NULL, &target, &space)
                                 : iconv(converter, &source, &left, &target, &space);
        int reason = errno;
        used = (size_t) ((uint8_t *) target - result);
        if (status != (size_t) -1) {
            if (flushing)
                break;
            flushing = 1; /* a stateful charset may still hold a character back */
        } else if (reason == E2BIG) {
            room += room / 2 + 64;
            result = g_realloc(result, room);
        } else if (flushing) {
            break;
        } else {
            /* EILSEQ or EINVAL: one replacement character for one byte, and on. */
            if (room - used < 8) {
                room += 64;
                result = g_realloc(result, room);
            }
            memcpy(result + used, "\xEF\xBF\xBD", 3);
            used += 3;
            *damaged += 1;
            if (left == 0)
                break;
            source += 1;
            left -= 1;
        }
    }
    iconv_close(converter);
    *out_count = used;
    return result;
}

int cgm_guess_charset(const uint8_t *in, size_t count, char *name, size_t room)
{
    uchardet_t detector = uchardet_new();
    if (!detector)
        return 0;
    int found = 0;
    if (uchardet_handle_data(detector, (const char *) in, count) == 0) {
        uchardet_data_end(detector);
        const char *guess = uchardet_get_charset(detector);
        if (guess && *guess && strlen(guess) < room) {
            strcpy(name, guess);
            found = 1;
        }
    }
    uchardet_delete(detector);
    return found;
}
