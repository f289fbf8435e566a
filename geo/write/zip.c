/* SPDX-License-Identifier: MIT */
/* One file in a zip, through minizip. */
#include "geo/write/zip.h"

#include <minizip/zip.h>

enum { UTF8_NAMES = 1 << 11, MADE_BY_UNIX = 3 << 8 | 20, READABLE = 0100644 };

static bool put_member(zipFile archive, const char *name, const void *bytes, size_t size)
{
    zip_fileinfo info = {.tmz_date = {.tm_mday = 1, .tm_year = 1980},
                         .external_fa = (uLong)READABLE << 16};

    if (zipOpenNewFileInZip4(archive, name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
                             Z_BEST_SPEED, 0, -MAX_WBITS, DEF_MEM_LEVEL,
                             Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY_UNIX, UTF8_NAMES) != ZIP_OK)
        return false;
    if (zipWriteInFileInZip(archive, bytes, (unsigned)size) != ZIP_OK)
        return false;
    return zipCloseFileInZip(archive) == ZIP_OK;
}

ilot_status geo_write_zip(ilot *il, const char *path, const char *name, const void *bytes,
                          size_t size)
{
    zipFile archive = zipOpen(path, APPEND_STATUS_CREATE);
    bool ok = archive && put_member(archive, name, bytes, size);

    if (archive)
        ok = zipClose(archive, NULL) == ZIP_OK && ok;
    if (ok)
        return ILOT_OK;
    return geo_fail_write(il, path, 0);
}
