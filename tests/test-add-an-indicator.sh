#!/bin/sh
# SPDX-License-Identifier: MIT
# test-add-an-indicator.sh ILOT: docs/add-an-indicator.md, word for word: its `sh` blocks run one after the other in an empty
# folder, and each `output` block is what the block before it prints. And scripts/new-topic starts a topic that passes its test.
# With --accept as second argument the outputs of the page are rewritten; the diff is to be reviewed.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
ilot=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
page=$root/docs/add-an-indicator.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$(dirname "$ilot"):/usr/bin:/bin
LC_ALL=C.UTF-8
export PATH LC_ALL

# Blocks become $work/NN.sh, and NN.out what is expected of the one before.
awk -v work="$work" '
    /^```sh$/     { n++; file = sprintf("%s/%02d.sh", work, n); printf "" > file; next }
    /^```output$/ { file = sprintf("%s/%02d.out", work, n); printf "" > file; next }
    /^```$/       { if (file) close(file); file = ""; next }
    file          { print > file }' "$page"

mkdir "$work/place"
n=0 failed=0
point() { # STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
for block in "$work"/*.sh; do
    step=$(basename "$block" .sh)
    (cd "$work/place" && sh -eu "$block") >"$work/$step.said" 2>&1
    status=$?
    if [ "${2:-}" = --accept ] && [ -e "$work/$step.out" ]; then cp "$work/$step.said" "$work/$step.out"; fi
    if [ -e "$work/$step.out" ]; then diff -u "$work/$step.out" "$work/$step.said" >"$work/diff" 2>&1 || status=1
    else cp "$work/$step.said" "$work/diff"; fi
    [ $status -eq 0 ] || sed 's/^/# /' "$work/diff"
    point $status "step $step of the walk"
done
if [ "${2:-}" = --accept ]; then
    awk -v work="$work" '
        /^```sh$/     { n++ }
        /^```output$/ { print; file = sprintf("%s/%02d.out", work, n); while ((getline line < file) > 0) print line; skip = 1; next }
        /^```$/       { skip = 0 }
        !skip         { print }' "$page" >"$work/page" && cp "$work/page" "$page"
fi

# A new topic in a copy of the project's files, seen through --sql, passes its own test.
mkdir "$work/copy" && cp -r "$root/analysis" "$root/layers" "$root/scripts" "$root/tests" "$work/copy/"
"$work/copy/scripts/new-topic" housing/brand_new >"$work/new" 2>&1
point $? "new-topic starts a topic"
mkdir "$work/sql" && ln -s "$work/copy/analysis" "$work/sql/analysis"
(cd "$work/copy" && ./tests/test-indicators.py "$ilot" --sql "$work/sql" brand_new) >"$work/said" 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$work/said"
point $status "a topic just begun passes its test"
"$work/copy/scripts/new-topic" housing/brand_new >"$work/new" 2>&1
[ $? -eq 2 ]
point $? "new-topic overwrites nothing"
echo "1..$n"
exit $failed
