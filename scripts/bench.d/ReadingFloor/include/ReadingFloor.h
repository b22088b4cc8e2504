/* What GMime alone costs for the mails that our reader reads: the floor of `scripts/bench intake`'s phase “reading”. */
#ifndef READING_FLOOR_H
#define READING_FLOOR_H

#include <stddef.h>
#include <stdint.h>

void reading_floor_start(void);

/* GMime's parse as any reader must use it: the message is constructed, its addresses, subject, date, Message-ID and
   references are asked for, each part is visited, text is decoded to UTF-8 and files are decoded to memory. Nothing is
   hashed, chosen, rendered or checked. Returns the bytes that came out, so that nothing is optimised away; SIZE_MAX
   when GMime finds no message. */
size_t reading_floor(const uint8_t *bytes, size_t count);

#endif
