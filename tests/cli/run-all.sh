#!/bin/sh
# SPDX-License-Identifier: MIT
# run-all.sh ILOT [--accept]: every tests/cli/<case>.sh in an empty folder, its output and exit code
# compared with <case>.out. Cases find $ILOT, the demo town in $TOWN, and print what they check.
set -u
here=$(cd "$(dirname "$0")" && pwd)
ILOT=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
accept=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8
export ILOT LC_ALL
TOWN=$work/town
export TOWN
"$ILOT" demo "$TOWN" --quiet || exit 1

set -- "$here"/*.sh
echo "1..$(($# - 1))"
n=0
failed=0
for case in "$@"; do
    name=$(basename "$case" .sh)
    [ "$name" = run-all ] && continue
    n=$((n + 1))
    mkdir "$work/$name"
    (cd "$work/$name" && sh "$case") >"$work/$name.out" 2>&1
    echo "exit $?" >>"$work/$name.out"
    sed -i "s|$work|WORK|g; s|WORK/$name/||g" "$work/$name.out"
    [ "$accept" = --accept ] && cp "$work/$name.out" "$here/$name.out"
    if diff -u "$here/$name.out" "$work/$name.out" >"$work/diff" 2>&1; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        sed 's/^/# /' "$work/diff"
        failed=1
    fi
done
exit $failed
