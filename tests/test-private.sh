#!/bin/sh
# SPDX-License-Identifier: MIT
# test-private.sh ILOT: restricted files. Columns on people are not read, whatever the format; what is made of such files is for
# its owner only and says so; --public hands over districts without small figures and refuses single features.
set -u
here=$(cd "$(dirname "$0")" && pwd)
ilot=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
failed=0
point() { # STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/log"; failed=1; fi
}
cd "$work" || exit 1
umask 000
"$ilot" demo town --quiet
mkdir mixed given
cp town/iris.geojson town/cadastre* given/
cp town/*.geojson town/cadastre* town/comptage* mixed/
# Owners in the row file, in a list of one's own and in a file that GDAL reads; one row of each is set aside.
owner() { tr -d '\r' <"$1" | LC_ALL=C sed "1s/\$/$2proprietaire$2adresse1/; 2,\$s/\$/$2SECRET PRIVEE$2rue FICTIVE/"; }
owner town/lovac-fil.csv ';' | LC_ALL=C sed '$s/^[^;]*/ /' >mixed/lovac-fil.csv
owner town/logements.csv , | sed '$s/^[^,]*//' >given/logements.csv
cat >shops.csv <<'CSV'
name,activity_code,proprietaire,longitude,latitude
Halle,47.11,SECRET PRIVEE,3.214,46.276
CSV
ogr2ogr -q -f GPKG given/shops.gpkg shops.csv -oo X_POSSIBLE_NAMES=longitude -oo Y_POSSIBLE_NAMES=latitude -a_srs EPSG:4326 2>log
ogr2ogr -q given/lieux.shp shops.csv -oo X_POSSIBLE_NAMES=longitude -oo Y_POSSIBLE_NAMES=latitude -a_srs EPSG:4326 2>>log

echo "1..10"
"$ilot" run mixed -o in --lang en --export districts_iris.csv --export parcels.csv >log 2>&1
point $? "a run with restricted rows"
"$ilot" run given -o plain --lang en >plain.said 2>&1 && "$ilot" check mixed given --lang en >check.said 2>&1
[ $? -le 1 ] && [ "$(sqlite3 in/ilot.sqlite "SELECT count(*) > 0 FROM rejected WHERE row_text IS NOT NULL")" = 1 ] &&
    /usr/bin/python3 "$here/no-owner.py" in plain plain.said check.said log >said 2>&1
point $? "no byte on people in store, rejected rows, report, exports or messages"
find in ! -type l -perm /077 >log
[ ! -s log ]
point $? "every file and folder is its owner's only, whatever the umask"
"$ilot" load store.sqlite mixed --quiet --lang en && "$ilot" place store.sqlite --quiet && "$ilot" compute store.sqlite --quiet --lang en >log 2>&1
: >open.csv
cp open.csv districts_iris.csv
chmod 666 districts_iris.csv
"$ilot" export store.sqlite districts_iris.csv districts_iris.geojson parcels.shp parcels.gpkg --overwrite --lang en >log 2>&1
find store.sqlite districts_iris.* parcels.* -perm /077 >>log
[ ! -s log ]
point $? "so are a store made in stages and what is exported of it, over a file that others could read too"
{ sqlite3 in/ilot.sqlite "SELECT access FROM store" | grep -qx internal; } 2>log &&
    grep -q '"rights":"made with restricted data: internal use"' in/geojson/districts_iris.geojson &&
    grep -q '(internal use)</title>' in/shapefile/districts_iris.qmd && grep -q '"publishable": false' in/datapackage.json &&
    sqlite3 in/territory.gpkg "SELECT metadata FROM gpkg_metadata" | grep -q 'internal use' &&
    unzip -p in/territory.qgz '*.qgs' | grep -q '(internal use)'
point $? "store, GeoJSON, GeoPackage, shapefile, project and data package say that they are internal"
mkdir public
"$ilot" export store.sqlite public/parcels.geojson --public --lang en >log 2>&1
[ $? -eq 3 ] && [ ! -e public/parcels.geojson ] && grep -q "vacant_dwellings.*lovac-fil.csv" log
point $? "single features are refused, naming columns and files"
"$ilot" export store.sqlite public/districts_iris.csv public/districts_iris.geojson --public --lang en >log 2>&1 &&
    ! grep -q rights public/districts_iris.geojson &&
    /usr/bin/python3 - >>log 2>&1 <<'PY'
import csv
inside = {r["code"]: r for r in csv.DictReader(open("districts_iris.csv"))}
public = {r["code"]: r for r in csv.DictReader(open("public/districts_iris.csv"))}
hidden = kept = 0
for code, row in inside.items():
    small = 0 < int(row["vacant_dwellings"] or 0) < 11
    for name in ("vacant_dwellings", "long_vacant_dwellings"):
        if small or 0 < int(row[name] or 0) < 11:
            assert public[code][name] == "" and public[code][name + "_status"] == "secret", (code, name, public[code][name])
            hidden += 1
        elif public[code][name]:
            assert public[code][name] == row[name]
            kept += 1
    assert public[code]["parcels"] == row["parcels"]
print(hidden, "hidden", kept, "kept")
assert hidden, "no small figure to hide in this town"
alone = [c for c in public if public[c]["vacant_dwellings_status"] == "secret"]
assert len(alone) != 1, alone
PY
point $? "districts are handed over without the small figures, with a status, and never one kept back alone"
cmp -s public/districts_iris.geojson districts_iris.geojson && echo same >>log
[ "$(sqlite3 store.sqlite "SELECT count(*) FROM indicator_value WHERE status = 'secret'")" = 0 ] &&
    [ "$(sqlite3 store.sqlite "SELECT access FROM store")" = internal ] &&
    "$ilot" export store.sqlite again.csv districts_iris.csv --overwrite --lang en >/dev/null 2>&1
[ "$(sqlite3 store.sqlite "SELECT count(*) FROM sqlite_master WHERE name IN ('kept_back', 'restricted_indicator')")" = 0 ]
point $? "the store stays as it was"
find public -type f ! -perm /044 >log
[ ! -s log ]
point $? "what is public can be read by others"
rm -rf mixed/lovac-fil.csv && "$ilot" run mixed -o free --quiet --lang en >log 2>&1 && [ -n "$(find free -name ilot.sqlite -perm /044)" ] &&
    ! grep -rq 'internal use' free/geojson && "$ilot" export free/ilot.sqlite parcels.csv --overwrite --public --lang en >>log 2>&1
point $? "open files make open results"
exit $failed
