#!/bin/sh
# SPDX-License-Identifier: MIT
# job.sh [OUT]: what PostGIS answers to the reference job at scale S, as OUT/job-S.csv (this folder by default).
#
# $ILOT_BENCH is the folder of the reference job (../shared/bench, seen from the project's root): its generator makes
# the data, its peers/postgis.sh does the work. Needs a PostgreSQL server with a database `bench` that has PostGIS
# (peers/pg_setup.sh makes one), ogr2ogr, and numpy for the generator.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
bench=${ILOT_BENCH:-$here/../../../shared/bench}
out=${1:-$here}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 "$bench/gen_town.py" --scale S "$work/data" >&2
"$bench/peers/postgis.sh" "$work/data" "$work/out"
psql -X -q -v ON_ERROR_STOP=1 --csv bench -c '
    SELECT code, name, parcels, area_pos, area_w, dwellings, dwellings_w, vacant, vac_rate, lt_rate, median_year,
           sensors, footfall, footfall_idw
    FROM j.ind ORDER BY code COLLATE "C"' > "$out/job-S.csv"
