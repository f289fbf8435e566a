#!/bin/sh
# SPDX-License-Identifier: MIT
# test-docs.sh ILOT: the README's tour runs as it stands, docs/ is what scripts/docs makes, every
# command has help in both languages.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
ilot=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
failed=0
point() { # STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

echo "1..4"
sed -n '/^```sh$/,/^```$/p' "$root/README.md" | sed '/^```/d' >"$work/tour.sh"
(cd "$work" && PATH=$(dirname "$ilot"):/usr/bin:/bin sh -eu tour.sh) >"$work/tour.log" 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$work/tour.log"
point $status "the tour of the README runs"
[ -s "$work/districts_iris.csv" ] && [ -s "$work/result/territory.gpkg" ]
point $? "the tour leaves what it promises"
"$root/scripts/docs" --check "$ilot"
point $? "docs are what scripts/docs makes"
status=0
for verb in run check load place compute export indicators demo; do
    for lang in fr_FR.UTF-8 en_US.UTF-8; do
        LC_ALL=$lang "$ilot" "$verb" --help | grep -q "ilot $verb" || status=1
    done
done
point $status "every command has help"
exit $failed
