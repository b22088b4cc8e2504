/* The file of mails that mails.py wrote, read into memory. */
#ifndef HAMDEL_BENCH_MAILS_H
#define HAMDEL_BENCH_MAILS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct mail {
    const char *sender;
    uint32_t sender_length;
    const unsigned char *bytes;
    uint32_t length;
};

static inline void die(const char *what)
{
    perror(what);
    exit(1);
}

static inline void *must(void *pointer)
{
    if (!pointer) die("memory");
    return pointer;
}

static inline double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline uint32_t take_length(const unsigned char **at, const unsigned char *end)
{
    if (end - *at < 4) { fprintf(stderr, "the file of mails is cut\n"); exit(1); }
    uint32_t value = (uint32_t)(*at)[0] | (uint32_t)(*at)[1] << 8 | (uint32_t)(*at)[2] << 16 | (uint32_t)(*at)[3] << 24;
    *at += 4;
    if ((size_t)(end - *at) < value) { fprintf(stderr, "the file of mails is cut\n"); exit(1); }
    return value;
}

/* The mails from `first` on, `count` of them or as many as there are; how many is written back. */
static struct mail *read_mails(const char *path, size_t first, size_t *count)
{
    FILE *file = fopen(path, "rb");
    if (!file) die(path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    unsigned char *bytes = must(malloc((size_t)size + 1));
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size) die(path);
    fclose(file);
    struct mail *mails = must(calloc(*count + 1, sizeof *mails));
    const unsigned char *at = bytes, *end = bytes + size;
    size_t index = 0, kept = 0;
    for (; at < end && kept < *count; index++) {
        struct mail mail;
        mail.sender_length = take_length(&at, end);
        mail.sender = (const char *)at;
        at += mail.sender_length;
        mail.length = take_length(&at, end);
        mail.bytes = at;
        at += mail.length;
        if (index >= first) mails[kept++] = mail;
    }
    *count = kept;
    return mails;
}

#endif
