/* SPDX-License-Identifier: MIT */
/* A file's text for a reader that cuts it into blocks: bytes read on, what is left of the block
 * before kept for the next, UTF-16 brought to UTF-8 on the way. */
#ifndef ILOT_GEO_FEED_H
#define ILOT_GEO_FEED_H

#include "geo/read/input.h"
#include "geo/read/reader.h"

typedef enum geo_feed_text { GEO_FEED_PLAIN, GEO_FEED_UTF16_LE, GEO_FEED_UTF16_BE } geo_feed_text;

typedef struct geo_feed {
    geo_input *input;
    size_t block_bytes;  /* about; as long as no row is longer */
    geo_block rest;      /* read and not yet cut */
    bool at_end;         /* of the file */
    geo_feed_text text;
    geo_block raw;       /* UTF-16 not yet converted */
} geo_feed;

/* Opens the reader's file, sets its bytes_total, and takes a UTF-16 mark off. Fails: as input. */
ILOT_MUST_CHECK ilot_status geo_feed_open(geo_reader *reader, geo_feed *out);
void geo_feed_close(geo_feed *feed);

/* Begins a block with the rest, behind `lead` bytes left to the caller. */
ILOT_MUST_CHECK ilot_status geo_feed_begin(geo_reader *reader, geo_feed *feed, size_t lead,
                                           geo_block *block);

/* Full but for a few bytes, which stay for what closes the block. */
bool geo_feed_is_full(const geo_block *block);

/* Reads on behind `block->size`, until the block is full or the file ends. A full block doubles
 * first: it holds no whole row yet; `row` names it. Fails: as input; EINPUT for a row that is too
 * long or text that is not UTF-16. */
ILOT_MUST_CHECK ilot_status geo_feed_fill(geo_reader *reader, geo_feed *feed, size_t row,
                                          geo_block *block);

/* What stands in the block from `from` on is for the next block. */
ILOT_MUST_CHECK ilot_status geo_feed_keep(geo_reader *reader, geo_feed *feed,
                                          const geo_block *block, size_t from);
#endif
