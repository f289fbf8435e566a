#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-untrusted.py ILOT: inputs that want more than to be read. Databases whose schema calls or writes, names that mean a server
or a file system, documents that name others, archives that climb, bombs. Nothing of them may run, be fetched, be written outside
the scratch folder, or fill the memory; a sound neighbour is read all the same."""
import gzip
import hashlib
import http.server
import io
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile

from tap import Done, Tap, listing, peak_mib

ILOT = os.path.abspath(sys.argv[1])
LIMIT_MIB, LIMIT_S = 512, 10
TRAP = "__attribute__((constructor)) static void sprung(void) { __builtin_trap(); }"


def square(lon, lat, size=0.001):
    return [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]]


GOOD = json.dumps({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"code_iris": "18033010%d" % n, "nom_iris": "Centre"},
     "geometry": {"type": "Polygon", "coordinates": square(2 + n / 100, 47)}} for n in (1, 2)]})


def check(path, folder=None, limit_s=30, **environment):
    return Done([ILOT, "check", path, "--lang", "en"], folder, limit_s, **environment)


def sum_of(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


# ---- databases

def blob(lon):
    ring = square(lon, 47)[0]
    return b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BIII", 1, 3, 1, 5) + b"".join(struct.pack("<dd", *p) for p in ring)


def geopackage(path, extra="", schema=()):
    """Two districts, and `extra` SQL; `schema`: (name, its CREATE statement as it is to stand there)."""
    db = sqlite3.connect(path)
    db.executescript("""PRAGMA page_size = 1024; PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",
            6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]', NULL);
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT, description TEXT,
            last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT,
            m TINYINT);
        CREATE TABLE iris (fid INTEGER PRIMARY KEY, geom BLOB, code_iris TEXT, nom_iris TEXT);
        INSERT INTO gpkg_contents VALUES ('iris', 'features', 'iris', '', '2024-01-01T00:00:00Z', 2, 47, 3, 48, 4326);
        INSERT INTO gpkg_geometry_columns VALUES ('iris', 'geom', 'POLYGON', 4326, 0, 0);""")
    for n in (1, 2):
        db.execute("INSERT INTO iris (geom, code_iris, nom_iris) VALUES (?, ?, 'Centre')", (blob(2 + n / 100), "18033010%d" % n))
    db.executescript(extra)
    if schema:
        db.execute("PRAGMA writable_schema = ON")
        for name, sql in schema:
            db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))
    db.commit()
    db.close()


SHOW = "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('%s', 'attributes', '%s');"
CALL = "load_extension('%(trap)s')"
IRIS = "CREATE TABLE iris (fid INTEGER PRIMARY KEY, geom BLOB, code_iris TEXT, nom_iris TEXT%s)"
# name, extra SQL, schema as it is to stand there, what the answer must say
DATABASES = [
    ("sound", "", (), "2 rows, 2 loaded, 0 set aside"),
    ("view_that_calls", "CREATE VIEW v AS SELECT 1 AS fid, " + CALL + " AS x;" + SHOW % ("v", "v"), (), "2 rows, 2 loaded"),
    ("view_in_a_view", "CREATE VIEW a AS SELECT " + CALL + " AS x; CREATE VIEW v AS SELECT 1 AS fid, x FROM a;" + SHOW % ("v", "v"), (),
     "2 rows, 2 loaded"),
    ("trigger_that_calls", "CREATE TRIGGER t AFTER UPDATE ON iris BEGIN SELECT " + CALL + "; END;", (), "2 rows, 2 loaded"),
    ("trigger_that_writes", "CREATE VIEW v AS SELECT 1 AS fid, 2 AS n; CREATE TRIGGER t INSTEAD OF UPDATE ON v BEGIN DELETE FROM iris; END;"
     + SHOW % ("v", "v"), (), "2 rows, 2 loaded"),
    ("generated_column", "ALTER TABLE iris ADD COLUMN twice TEXT GENERATED ALWAYS AS (code_iris || code_iris);", (), "2 rows, 2 loaded"),
    ("generated_column_that_calls", "", (("iris", IRIS % (", x TEXT GENERATED ALWAYS AS (" + CALL + ")")),), "damaged or unsafe database"),
    ("check_that_calls", "", (("iris", IRIS % (" CHECK (" + CALL + " IS NULL)")),), "2 rows, 2 loaded"),  # asked when written only
    ("index_that_calls", "CREATE INDEX i ON iris (code_iris);", (("i", "CREATE INDEX i ON iris (" + CALL + ")"),), "damaged or unsafe database"),
    ("view_without_an_end", "CREATE VIEW v AS WITH c(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM c) SELECT fid FROM c;" + SHOW % ("v", "v"),
     (), "view 'v' calls itself"),
    ("schema_that_is_no_sql", "", (("iris", "CREATE TABLE iris (( "),), "damaged or unsafe database"),
]


def try_databases(tap, work):
    trap = os.path.join(work, "trap.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", trap, "-x", "c", "-"], input=TRAP.encode(), check=True)
    for name, extra, schema, says in DATABASES:
        folder = os.path.join(work, name)
        path = os.path.join(folder, name + ".gpkg")
        os.mkdir(folder)
        geopackage(path, extra % {"trap": trap} if "%(" in extra else extra,
                   [(table, sql % {"trap": trap} if "%(" in sql else sql) for table, sql in schema])
        before = sum_of(path)
        done = check(path)
        tap.ok(done.code in (0, 1) and says in done.text and sum_of(path) == before and os.listdir(folder) == [name + ".gpkg"],
               "database_" + name, "%s\n%s" % (done, os.listdir(folder)))
    path = os.path.join(work, "page.gpkg")
    geopackage(path)
    size = os.path.getsize(path)
    for page in range(1, size // 1024):
        data = bytearray(open(path, "rb").read())
        data[page * 1024:page * 1024 + 16] = b"\xff" * 16
        with open(os.path.join(work, "broken.gpkg"), "wb") as file:
            file.write(data)
        done = check(os.path.join(work, "broken.gpkg"))
        if done.code != 1 or "damaged or unsafe database" not in done.text:
            break
    tap.ok(done.code == 1 and "damaged or unsafe database" in done.text, "database_with_any_one_page_broken_is_refused", "page %d: %s" % (page, done))


# ---- names

NAMES = ["/vsicurl/http://127.0.0.1:%d/a.gpkg", "/vsizip/a.zip", "/vsigzip/a.gz", "/vsistdin/", "/vsimem/a.gpkg", "/vsis3/a/b.shp",
         "/vsisubfile/0_10,a.gpkg", "http://127.0.0.1:%d/a.geojson", "https://127.0.0.1:%d/a.geojson", "ftp://127.0.0.1:%d/a.csv",
         "PG:dbname=x port=%d", "MYSQL:x,port=%d", "WFS:http://127.0.0.1:%d/wfs", "OAPIF:http://127.0.0.1:%d/", "GPKG:iris.gpkg:iris",
         "SQLITE:iris.gpkg", "ODBC:x", "<OGRVRTDataSource/>", '{"type":"FeatureCollection"}', "GeoJSON:iris.geojson", "-"]


class Server(http.server.ThreadingHTTPServer):
    """Counts whoever comes."""
    asked = 0

    def verify_request(self, *_):
        self.asked += 1
        return False


def serve():
    server = Server(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def try_names(tap, work, server):
    folder = os.path.join(work, "names")
    os.mkdir(folder)
    for name in NAMES:
        name = name.replace("%d", str(server.server_port))
        done = check(name, folder)
        tap.ok(done.code in (3, 5) and name.split("=")[-1] in done.text and not server.asked, "name_" + name, done)
    geopackage(os.path.join(folder, "PG:dbname.gpkg"))
    done = check("PG:dbname.gpkg", folder)
    tap.ok(done.code == 1 and "whole path" in done.text, "name_of_a_server_is_not_opened", done)
    done = check(os.path.join(folder, "PG:dbname.gpkg"), folder)
    tap.ok(done.code == 0 and "2 loaded" in done.text, "name_of_a_server_is_a_file_by_its_whole_path", done)
    for odd in ("<iris>.geojson", "a b;'\"$(touch x)`.geojson", "%s%n.geojson", "iris?vfs=memdb#x.gpkg"):
        path = os.path.join(folder, odd)
        geopackage(path) if odd.endswith("gpkg") else open(path, "w").write(GOOD)
        done = check(path, folder)
        tap.ok(done.code == 0 and "2 loaded" in done.text and sorted(os.listdir(folder)) == sorted(["PG:dbname.gpkg", odd]),
               "odd_name_%s_is_a_file" % odd, "%s %s" % (done, os.listdir(folder)))
        os.unlink(path)


# ---- documents that name others

GML = ('<?xml version="1.0"?>%s<ogr:FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
       'xsi:schemaLocation="http://ogr.maptools.org/ http://127.0.0.1:%d/a.xsd" xmlns:ogr="http://ogr.maptools.org/" '
       'xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink"><gml:featureMember>'
       '<ogr:iris fid="1"><ogr:geometryProperty xlink:href="http://127.0.0.1:%d/g.gml"><gml:Point srsName="EPSG:4326">'
       '<gml:coordinates>2,47</gml:coordinates></gml:Point></ogr:geometryProperty><ogr:nom>%s</ogr:nom></ogr:iris>'
       '</gml:featureMember></ogr:FeatureCollection>')
KML = ('<?xml version="1.0"?>%s<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
       '<NetworkLink><Link><href>http://127.0.0.1:%d/b.kml</href></Link></NetworkLink><Placemark><name>%s</name>'
       '<styleUrl>http://127.0.0.1:%d/s.kml#a</styleUrl><Point><coordinates>2,47</coordinates></Point></Placemark></Document></kml>')
OUTSIDE = '<!DOCTYPE a [<!ENTITY secret SYSTEM "file://%s">]>'
LAUGHS = "<!DOCTYPE a [<!ENTITY b0 'ha'>%s]>" % "".join("<!ENTITY b%d '%s'>" % (n, "&b%d;" % (n - 1) * 10) for n in range(1, 12))


def try_documents(tap, work, server):
    port = server.server_port
    secret = os.path.join(work, "secret.txt")
    open(secret, "w").write("TOPSECRET")
    vrt = ('<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/http://127.0.0.1:%d/a.csv</SrcDataSource></OGRVRTLayer>'
           "</OGRVRTDataSource>" % port)
    documents = {"link.gml": GML % ("", port, port, "a"), "entity.gml": GML % (OUTSIDE % secret, port, port, "&secret;"),
                 "laughs.gml": GML % (LAUGHS, port, port, "&b11;"), "link.kml": KML % ("", port, "a", port),
                 "entity.kml": KML % (OUTSIDE % secret, port, "&secret;", port), "laughs.kml": KML % (LAUGHS, port, "&b11;", port),
                 "link.vrt": vrt, "vrt.gml": vrt, "vrt.shp": vrt, "service.xml": "<OGRWFSDataSource><URL>http://127.0.0.1:%d</URL></OGRWFSDataSource>" % port}
    for name, text in documents.items():
        folder = os.path.join(work, "document")
        out = os.path.join(work, "document-out")
        os.mkdir(folder)
        path = os.path.join(folder, name)
        open(path, "w").write(text)
        open(os.path.join(folder, "iris.geojson"), "w").write(GOOD)
        done = check(path)
        run = Done([ILOT, "run", folder, "-o", out, "--quiet"])
        kept = b"".join(open(p, "rb").read() for p, _ in listing(out)) if os.path.isdir(out) else b""
        tap.ok(done.code in (0, 1) and run.code == 0 and done.seconds < LIMIT_S and not server.asked and b"TOPSECRET" not in kept
               and "TOPSECRET" not in done.text + run.text and sorted(os.listdir(folder)) == sorted({name, "iris.geojson"}),
               "document_" + name, "asked %d\n%s\n%s" % (server.asked, done, run))
        shutil.rmtree(folder)
        shutil.rmtree(out, ignore_errors=True)


# ---- archives

def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in members:
            z.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members, mode="w"):
    """name, text, or (type, target) of a link or device."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as t:
        for name, text in members:
            info = tarfile.TarInfo(name)
            if isinstance(text, tuple):
                info.type, info.linkname = text
                t.addfile(info)
            else:
                info.size = len(text)
                t.addfile(info, io.BytesIO(text))
    return out.getvalue()


def linked_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        info = zipfile.ZipInfo("link.geojson")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        z.writestr(info, "/etc/passwd")
    return out.getvalue()


DATA = GOOD.encode()
# name, bytes, what the answer must say; "" means: read, but nowhere else than in the scratch folder
PATHS = [
    ("up.zip", zipped([("../up.geojson", DATA)]), "outside its folder"),
    ("up-inside.zip", zipped([("a/../../../up.geojson", DATA)]), "outside its folder"),
    ("root.zip", zipped([("/tmp/root.geojson", DATA)]), "outside its folder"),
    ("backslash.zip", zipped([("..\\up.geojson", DATA)]), "outside its folder"),
    ("drive.zip", zipped([("C:/drive.geojson", DATA)]), "outside its folder"),
    ("nul.zip", zipped([("aXb.geojson", DATA)]).replace(b"aXb.geojson", b"a\0b.geojson"), ""),
    ("twice.zip", zipped([("a.geojson", DATA), ("a.geojson", DATA)]), "twice"),
    ("case.zip", zipped([("a.geojson", DATA), ("A.GeoJSON", DATA)]), "twice"),
    ("long.zip", zipped([("d/" * 250 + "a.geojson", DATA)]), "outside its folder"),
    ("dot.zip", zipped([("a.geojson.", DATA)]), ""),
    ("link.zip", linked_zip(), "link or a device"),
    ("link.tar", tarred([("a.geojson", (tarfile.SYMTYPE, "/etc/passwd"))]), "link or a device"),
    ("through.tar", tarred([("out", (tarfile.SYMTYPE, "..")), ("out/a.geojson", DATA)]), "link or a device"),
    ("hard.tar.gz", tarred([("a.geojson", DATA), ("b.geojson", (tarfile.LNKTYPE, "/etc/passwd"))], "w:gz"), "link or a device"),
    ("device.tar", tarred([("a.geojson", (tarfile.CHRTYPE, ""))]), "link or a device"),
    ("pipe.tar", tarred([("a.geojson", (tarfile.FIFOTYPE, ""))]), "link or a device"),
]


def try_archives(tap, work):
    folder = os.path.join(work, "archives")
    scratch = os.path.join(folder, "scratch")
    os.makedirs(scratch)
    for name, data, says in PATHS:
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        before = listing(folder)
        done = check(path, folder, TMPDIR=scratch)
        tap.ok(done.code in ((0, 1) if not says else (1,)) and says in done.text and listing(folder) == before
               and not os.listdir(scratch) and not os.path.exists("/tmp/root.geojson") and not os.path.exists(os.path.join(work, "up.geojson")),
               "archive_" + name, "%s\n%s" % (done, set(listing(folder)) ^ set(before)))
        os.unlink(path)


def blanks(mib):
    return b" " * (mib << 20)


def try_bombs(tap, work):
    bombs = {
        "gzip.json.gz": gzip.compress(b"[" + blanks(256), mtime=0),
        "gzip-twice.csv.gz": gzip.compress(gzip.compress(blanks(256), mtime=0), mtime=0),
        "zip.zip": zipped([("a.geojson", blanks(256))]),
        "many.zip": zipped([("a%d.csv" % n, blanks(8)) for n in range(32)]),
        "zip-in-zip.zip": zipped([("b%d.zip" % n, zipped([("a.csv", blanks(64))])) for n in range(4)]),
        "tar.tar.gz": tarred([("a.geojson", blanks(256))], "w:gz"),
        "tar.tar.bz2": tarred([("a.geojson", blanks(128))], "w:bz2"),
        "tar.tar.xz": tarred([("a.geojson", blanks(256))], "w:xz"),
        "sheet.xlsx": zipped([("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
                              ("xl/workbook.xml", blanks(256))]),
    }
    for name, data in bombs.items():
        path = os.path.join(work, name)
        with open(path, "wb") as file:
            file.write(data)
        code, seconds, mib = peak_mib([ILOT, "check", path])
        tap.ok(code in (0, 1) and seconds < LIMIT_S and mib < LIMIT_MIB, "bomb_" + name,
               "exit %d, %.1f s, %.0f MiB" % (code, seconds, mib))
        done = check(path)
        tap.ok(done.code == 1 or "left alone" in done.text, "bomb_%s_is_refused" % name, done)
        os.unlink(path)


def main():
    tap = Tap()
    server = serve()
    with tempfile.TemporaryDirectory() as work:
        try_databases(tap, work)
        try_names(tap, work, server)
        try_documents(tap, work, server)
        try_archives(tap, work)
        try_bombs(tap, work)
    tap.ok(not server.asked, "nobody_asked_the_network", "%d times" % server.asked)
    tap.end()


main()
