#!/bin/sh
# SPDX-License-Identifier: MIT
# test-layout.sh: the number of a store's layout follows its tables, and nothing else.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tree"
cp -r "$root/layers" "$work/tree"
n=0 failed=0

# number SED FILE: the layout once FILE is changed so.
number() {
    cp "$work/tree/$2" "$work/kept"
    sed -i "$1" "$work/tree/$2"
    cmp -s "$work/kept" "$work/tree/$2" && echo "nothing changed in $2"
    "$root/scripts/layout" "$work/tree"
    cp "$work/kept" "$work/tree/$2"
}

ok() {
    n=$((n + 1))
    if [ "$1" "$2" "$3" ]; then echo "ok $n - $4"; else echo "not ok $n - $4"; echo "# $1 $3"; failed=1; fi
}

was=$("$root/scripts/layout" "$root")
ok "$was" = "$(number 's/$/ -- said anew/' layers/parcel/layer.sql)" "comments_keep_the_layout"
ok "$was" = "$(number 's/etalab-2.0/etalab-3.0/' layers/store.sql)" "rows_keep_the_layout"
ok "$was" != "$(number 's/^CREATE TABLE parcel (/&more INTEGER, /' layers/parcel/layer.sql)" "another_column_is_another_layout"
ok "$was" != "$(number 's/srid      INTEGER NOT NULL/srid INTEGER/' layers/store.sql)" "another_constraint_is_another_layout"
ok "$was" != "$(number 's/CREATE TABLE/CREATE TEMPORARY TABLE/' layers/place.c)" "tables_made_by_the_engine_count"
echo "1..$n"
exit $failed
