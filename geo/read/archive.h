/* SPDX-License-Identifier: MIT */
/* Archives as they are downloaded (zip, tar of any compression, 7z): unpacked into a folder of the
 * run, never elsewhere. Behind it libarchive. */
#ifndef ILOT_GEO_ARCHIVE_H
#define ILOT_GEO_ARCHIVE_H

#include "geo/base/context.h"

/* Is the file an archive by its first bytes? A spreadsheet, though a zip, is none; a file that
 * cannot be read is none either: its opening will say why. */
bool geo_archive_is(ilot *il, const char *path);

/* Unpacks `path` into a new folder of the context's scratch folder. `*out_folder` is that folder
 * and `*out_names` the plain files in it, relative to it, in the archive's order; both are the
 * caller's, by free(). Fails: EIO; EINPUT, naming the member, for an archive that is damaged, cut
 * short, encrypted or empty, that holds links, names outside its folder or the same name twice, or
 * that grows beyond what an archive of its size may. */
ILOT_MUST_CHECK ilot_status geo_archive_unpack(ilot *il, const char *path, char **out_folder,
                                               char ***out_names, size_t *out_n);

/* Refuses an archive that GDAL is to unpack itself (a spreadsheet) as unpacking it would. */
ILOT_MUST_CHECK ilot_status geo_archive_check(ilot *il, const char *path);
#endif
