#!/bin/sh
# SPDX-License-Identifier: MIT
# test-publish.sh ILOT: what a town would publish. datapackage.json describes the files as they are and says what may not be
# published; the exports in national schemas keep the schemas' rules, and ilot reads them back to the same counts.
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
exec 3>&1
"$ilot" demo town --quiet
mkdir open restricted
cp town/*.geojson town/cadastre* town/comptage* town/logements.csv open/
cp town/*.geojson town/cadastre* town/comptage* town/lovac-fil.csv restricted/

echo "1..7"
"$ilot" run open -o out --quiet --lang en --export districts_iris.csv --export comptage-site.csv --export comptage-channel.csv \
    --export comptage-measure.csv >log 2>&1
point $? "a run exports in national schemas"
/usr/bin/python3 "$here/check-package.py" out >log 2>&1
point $? "datapackage.json describes the files as they are"
for schema in site channel measure; do
    /usr/bin/python3 "$here/check-schema.py" "comptage-$schema" "out/comptage-$schema.csv" >log 2>&1
    point $? "comptage-$schema.csv keeps the rules of its schema"
done
mkdir back
cp town/iris.geojson out/comptage-*.csv back/
count() { sqlite3 "$1/ilot.sqlite" "SELECT count(*), sum(count), count(DISTINCT footfall_site_id), min(start_s), max(start_s) FROM footfall_count"; }
"$ilot" run back -o again --quiet --lang en >log 2>&1 && count out >a && count again >b && diff a b >>log 2>&1
point $? "the exported counts come back the same"
"$ilot" run restricted -o secret --quiet --lang en >log 2>&1 && /usr/bin/python3 "$here/check-package.py" secret parcels districts_iris >>log 2>&1
point $? "what comes from restricted rows is not to be published"
exit $failed
