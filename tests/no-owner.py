#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""no-owner.py PATH...: exit 1 if a byte sequence of the invented owners' columns stands in any file under the paths,
in UTF-8, Latin-1 or UTF-16, inside zip archives (.qgz, .kmz) too, or in a file name."""
import os
import sys
import zipfile

WORDS = ("SECRET", "PRIVEE", "FICTIV")
PATTERNS = [word.encode(code) for word in WORDS for code in ("ascii", "utf-16-le", "utf-16-be")]


def files(path):
    if not os.path.isdir(path):
        return [path]
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]


def contents(path):
    with open(path, "rb") as f:
        yield path, f.read()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path}: {name}", archive.read(name)


seen = found = 0
for root in sys.argv[1:]:
    for path in files(root):
        seen += 1
        for where, body in contents(path):
            for pattern in PATTERNS:
                if pattern in body or pattern in where.encode():
                    print(f"{where}: holds {pattern!r} at byte {body.find(pattern)}")
                    found += 1
if not seen:
    print("no file to look into")
sys.exit(1 if found or not seen else 0)
