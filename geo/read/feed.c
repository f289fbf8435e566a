/* SPDX-License-Identifier: MIT */
/* A file's text for a reader that cuts it into blocks. */
#include "geo/read/feed.h"

#include "geo/read/encoding.h"

#include <string.h>

/* SLACK_BYTES: the end of a block's room that stays free, for a closing byte and so that a
 * character of UTF-16 always fits. */
enum { MARK_BYTES = 2, RAW_BYTES = GEO_BLOCK_BYTES / 2, SLACK_BYTES = 16 };

static ilot_status fail_long(const geo_reader *reader, size_t row)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il,
                            "'%s': row %zu is longer than %d MiB; it is not read",
                            "« %s » : la ligne %zu dépasse %d Mio ; elle n'est pas lue"),
                    reader->path, row, GEO_ROW_BYTES >> 20);
}

static ilot_status fail_utf16(const geo_reader *reader, size_t row)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il,
                            "'%s' is damaged: not valid UTF-16 at row %zu or soon after; save it "
                            "again in UTF-8",
                            "« %s » est abîmé : UTF-16 invalide à la ligne %zu ou peu après ; "
                            "enregistrez-le à nouveau en UTF-8"),
                    reader->path, row);
}

/* The first two bytes: a UTF-16 mark, or the beginning of the text. */
ilot_status geo_feed_open(geo_reader *reader, geo_feed *feed)
{
    char *mark;

    feed->block_bytes = reader->il->block_bytes ? reader->il->block_bytes : GEO_BLOCK_BYTES;
    ILOT_TRY(geo_input_open(reader->il, reader->path, &feed->input));
    reader->bytes_total = geo_input_size(feed->input);
    ILOT_TRY(geo_block_reserve(reader->il, &feed->rest, feed->block_bytes));
    mark = feed->rest.bytes;
    ILOT_TRY(geo_input_read(reader->il, feed->input, mark, MARK_BYTES, &feed->rest.size));
    if (feed->rest.size == MARK_BYTES && !memcmp(mark, "\xFF\xFE", MARK_BYTES))
        feed->text = GEO_FEED_UTF16_LE;
    else if (feed->rest.size == MARK_BYTES && !memcmp(mark, "\xFE\xFF", MARK_BYTES))
        feed->text = GEO_FEED_UTF16_BE;
    else
        return ILOT_OK;
    feed->rest.size = 0;
    return geo_block_reserve(reader->il, &feed->raw, RAW_BYTES);
}

void geo_feed_close(geo_feed *feed)
{
    geo_input_close(feed->input);
    geo_block_clear(&feed->rest);
    geo_block_clear(&feed->raw);
    *feed = (geo_feed){0};
}

ilot_status geo_feed_begin(geo_reader *reader, geo_feed *feed, size_t lead, geo_block *block)
{
    size_t wanted = lead + feed->rest.size + SLACK_BYTES;
    size_t usual = feed->block_bytes;
    size_t serial = block->serial;

    if (block->room > 2 * usual && wanted <= usual) { /* it has held a long row, or the survey's */
        geo_block_clear(block);
        block->serial = serial;
    }
    ILOT_TRY(geo_block_reserve(reader->il, block, wanted > usual ? wanted : usual));
    memcpy(block->bytes + lead, feed->rest.bytes, feed->rest.size);
    block->size = lead + feed->rest.size;
    block->n_rows = 0;
    feed->rest.size = 0;
    return ILOT_OK;
}

bool geo_feed_is_full(const geo_block *block)
{
    return block->size + SLACK_BYTES >= block->room;
}

static ilot_status fill_plain(geo_reader *reader, geo_feed *feed, geo_block *block)
{
    size_t wanted = block->room - SLACK_BYTES - block->size;
    size_t got = 0;

    ILOT_TRY(geo_input_read(reader->il, feed->input, block->bytes + block->size, wanted, &got));
    block->size += got;
    feed->at_end = got < wanted;
    return ILOT_OK;
}

/* As much as surely fits once converted; half a character waits in `raw`. */
static ilot_status fill_utf16(geo_reader *reader, geo_feed *feed, size_t row, geo_block *block)
{
    geo_block *raw = &feed->raw;
    size_t fits = (block->room - block->size) / GEO_UTF16_GROWS;
    size_t wanted = (fits < RAW_BYTES ? fits : RAW_BYTES) - raw->size;
    size_t got = 0;
    size_t used;

    ILOT_TRY(geo_input_read(reader->il, feed->input, raw->bytes + raw->size, wanted, &got));
    feed->at_end = got < wanted;
    raw->size += got;
    block->size += geo_utf8_from_utf16(raw->bytes, raw->size, feed->text == GEO_FEED_UTF16_BE,
                                       block->bytes + block->size, &used);
    raw->size -= used;
    memmove(raw->bytes, raw->bytes + used, raw->size);
    return raw->size >= 4 || (raw->size && feed->at_end) ? fail_utf16(reader, row) : ILOT_OK;
}

ilot_status geo_feed_fill(geo_reader *reader, geo_feed *feed, size_t row, geo_block *block)
{
    ilot_status status = ILOT_OK;

    if (geo_feed_is_full(block)) {
        if (block->room >= GEO_ROW_BYTES)
            return fail_long(reader, row);
        ILOT_TRY(geo_block_reserve(reader->il, block, 2 * block->room));
    }
    if (feed->text == GEO_FEED_PLAIN)
        status = fill_plain(reader, feed, block);
    else
        while (status == ILOT_OK && !feed->at_end && !geo_feed_is_full(block))
            status = fill_utf16(reader, feed, row, block);
    __atomic_store_n(&reader->bytes_read, geo_input_offset(feed->input), __ATOMIC_RELAXED);
    return status;
}

ilot_status geo_feed_keep(geo_reader *reader, geo_feed *feed, const geo_block *block, size_t from)
{
    size_t n = block->size - from;

    ILOT_TRY(geo_block_reserve(reader->il, &feed->rest, n + 1));
    memcpy(feed->rest.bytes, block->bytes + from, n);
    feed->rest.size = n;
    return ILOT_OK;
}
