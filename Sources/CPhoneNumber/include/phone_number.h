/* Phone numbers by Google's libphonenumber (Debian: libphonenumber-dev), behind plain C. */
#ifndef HAMDEL_PHONE_NUMBER_H
#define HAMDEL_PHONE_NUMBER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    /* The text is no phone number, or is too long to be looked at. */
    HAMDEL_PHONE_UNREADABLE = 0,
    /* Reads as a number, but the country's plan has no such number. */
    HAMDEL_PHONE_INVALID = 1,
    HAMDEL_PHONE_VALID = 2
} hamdel_phone_verdict;

/* E.164 has at most 15 digits; the extension at most 20. Both are NUL-terminated. */
typedef struct {
    char e164[24];
    char extension[24];
} hamdel_phone_number;

/* Reads `count` bytes of UTF-8 (at most 250). `region` is two capitals, or "ZZ" for none: then only
 * numbers with a country code are read. Thread-safe; never throws; loads its tables at the first call. */
hamdel_phone_verdict hamdel_phone_read(const char *text, size_t count, const char *region,
                                       hamdel_phone_number *number);

/* The numbers of the region's plan (or with a country code) that stand in a text of at most 4096 bytes, in order: writes at
 * most `capacity` of them and returns how many. Thread-safe; never throws. */
size_t hamdel_phone_find(const char *text, size_t count, const char *region,
                         hamdel_phone_number *numbers, size_t capacity);

/* 1 when the numbering plan of this region is known. */
int hamdel_phone_knows_region(const char *region);

#ifdef __cplusplus
}
#endif
#endif
