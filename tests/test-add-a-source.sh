#!/bin/sh
# SPDX-License-Identifier: MIT
# test-add-a-source.sh ILOT: docs/add-a-source.md, word for word: its ```sh blocks run one after the other in an empty folder,
# and each line of the ```text block behind one is, in that order, in what it printed.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
ilot=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/parts" "$work/walk"
awk -v dir="$work/parts" '/^```sh$/ { n++; out = sprintf("%s/%02d.sh", dir, n); next }
                          /^```text$/ { out = sprintf("%s/%02d.text", dir, n); next }
                          /^```$/ { out = ""; next }
                          out { print >out }' "$root/docs/add-a-source.md"
set -- "$work"/parts/*.sh
echo "1..$#"
n=0
failed=0
for part in "$@"; do
    n=$((n + 1))
    (cd "$work/walk" && PATH=$(dirname "$ilot"):/usr/bin:/bin LC_ALL=C.UTF-8 sh -eu "$part") >"$work/log" 2>&1
    status=$?
    text=${part%.sh}.text
    if [ $status -eq 0 ] && [ -f "$text" ]; then
        awk 'NR == FNR { want[++n] = $0; next }
             at < n && index($0, want[at + 1]) == 1 { at++ }
             END { if (at < n) { print "missing: " want[at + 1]; exit 1 } }' "$text" "$work/log" >"$work/missing"
        status=$?
        cat "$work/missing" >>"$work/log"
    fi
    if [ $status -eq 0 ]; then echo "ok $n - step $n of add-a-source.md"; else
        echo "not ok $n - step $n of add-a-source.md"; sed 's/^/# /' "$work/log"; failed=1; fi
done
exit $failed
