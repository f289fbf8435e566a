#!/bin/sh
# SPDX-License-Identifier: MIT
# test-reference.sh ILOT: the main job on a real town and on the reference job, against what PostGIS answers
# (tests/reference/: computed by bondy.sh and job.sh, never by ilot).
#
# $ILOT_DATA  the folder with bondy-93/ and bondy-93-made/ (../shared/data); without it nothing can run: skipped
# $ILOT_BENCH the reference job's folder (../shared/bench); without it, or without numpy, that part is skipped
set -u

ilot=$(realpath "${1:?usage: test-reference.sh ILOT}")
tests=$(cd "$(dirname "$0")" && pwd)
project=$(dirname "$tests")
reference=$tests/reference
data=${ILOT_DATA:-$project/../shared/data}
bench=${ILOT_BENCH:-$project/../shared/bench}
python=/usr/bin/python3

if [ ! -d "$data/bondy-93" ] || [ ! -d "$data/bondy-93-made" ]; then
    echo "1..0 # SKIP no real data in \$ILOT_DATA or ../shared/data: NOTHING was compared with the reference"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cadastre=$data/bondy-93/cadastre-93010-parcelles-2025.json.gz
districts=$data/bondy-93/districts.gpkg
made=$data/bondy-93-made

n=0 failed=0
check() { # NAME COMMAND...: one point; what the command says is shown when it fails
    name=$1; shift
    n=$((n + 1))
    if "$@" > "$work/said" 2>&1; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        sed 's/^/# /' "$work/said"
        failed=$((failed + 1))
    fi
}
run() { # FOLDER INPUT...: the main job; what it prints is kept beside its folder
    run_out=$work/$1; shift
    LC_ALL=C.UTF-8 "$ilot" run "$@" -o "$run_out" > "$run_out.said" 2>&1 && return
    cat "$run_out.said"
    return 1
}
compare() { "$python" "$tests/compare-bondy.py" "$@"; }
says() { # FILE NUMBER: the number stands in the text, thousands apart or not
    tr -d ' \302\240\342\200\257,' < "$1" | grep -qF -- "$2" || { echo "'$2' is not said in:"; cat "$1"; return 1; }
}
total() { awk -F, -v name="$1" '$1 == name { print $2 }' "$reference/bondy-totals.csv"; }
report() { "$python" "$tests/report-value.py" "$@"; }

# ---- one grain
check 'bondy_by_iris_runs' \
    run iris "$cadastre" "$districts|layername=iris" "$made/logements.csv" "$made"/comptage-*.csv
check 'every_value_of_every_iris_is_postgis_value' \
    compare "$reference/bondy-iris.csv" "$work/iris/geojson/districts.geojson"
check 'parcels_have_postgis_values' \
    compare --sample "$reference/bondy-parcels.csv" "$work/iris/territory.gpkg|layername=parcels"
check 'parcels_in_no_iris_are_said' says "$work/iris.said" "$(total parcels_outside_iris)"
check 'dwellings_without_parcel_are_said' says "$work/iris.said" "$(total dwellings_without_parcel)"
check 'parcels_in_no_iris_are_reported' report "$work/iris/report.json" unplaced.parcel "$(total parcels_outside_iris)"
check 'dwellings_without_parcel_are_reported' \
    report "$work/iris/report.json" unplaced.dwelling "$(total dwellings_without_parcel)"
check 'the_period_is_the_latest_year_met' report "$work/iris/report.json" period "$(total period)"
check 'rows_read_are_rows_loaded_or_rejected' report "$work/iris/report.json" rows
check 'every_parcel_is_loaded' \
    report "$work/iris/report.json" 'file:cadastre-93010-parcelles-2025.json.gz.loaded' "$(total parcels)"
check 'no_parcel_is_repaired' \
    report "$work/iris/report.json" 'file:cadastre-93010-parcelles-2025.json.gz.repaired' "$(total parcels_repaired)"
check 'every_dwelling_is_loaded' report "$work/iris/report.json" 'file:logements.csv.loaded' "$(total dwellings)"
check 'only_pedestrian_measures_are_loaded' \
    report "$work/iris/report.json" 'file:comptage-measure.csv.loaded' "$(total pedestrian_measures)"

# ---- four grains in one run
check 'the_whole_geopackage_runs' run grains "$cadastre" "$districts" "$made/logements.csv" "$made"/comptage-*.csv
for grain in iris qpv quarter commune; do
    check "every_value_of_every_${grain}_is_postgis_value" \
        compare "$reference/bondy-$grain.csv" "$work/grains/geojson/districts_$grain.geojson"
    check "${grain}_has_a_shapefile_too" test -s "$work/grains/shapefile/districts_$grain.shp"
    check "parcels_in_no_${grain}_are_reported_by_grain" \
        report "$work/grains/report.json" "unplaced_by_grain.parcel $grain" "$(total "parcels_outside_$grain")"
done
check 'other_grains_change_no_value_of_an_iris' \
    compare "$reference/bondy-iris.csv" "$work/grains/geojson/districts_iris.geojson"

# ---- the restricted row file, alone and beside the list of dwellings
count() { awk -F, -v name="$1" '$1 == name { print $2 }' "$reference/bondy-lovac.csv"; }
check 'the_restricted_row_file_runs_alone' run lovac "$cadastre" "$districts|layername=iris" "$made/lovac-fil.csv"
for what in rows loaded; do
    check "restricted_${what}_are_counted" report "$work/lovac/report.json" "file:lovac-fil.csv.$what" "$(count $what)"
done
for reason in other_group not_a_dwelling duplicate; do
    check "restricted_${reason}_is_counted" \
        report "$work/lovac/ilot.sqlite" "rejected:lovac-fil.csv.$reason" "$(count $reason)"
done
check 'vacancy_by_iris_of_the_row_file_is_postgis_value' \
    compare "$reference/bondy-lovac-iris.csv" "$work/lovac/geojson/districts.geojson"
check 'the_restricted_row_file_runs_beside_the_dwellings' \
    run both "$cadastre" "$districts|layername=iris" "$made/logements.csv" "$made"/comptage-*.csv "$made/lovac-fil.csv"
check 'rows_read_are_loaded_or_rejected_beside_the_dwellings' report "$work/both/report.json" rows
for reason in other_group not_a_dwelling; do
    check "restricted_${reason}_is_counted_beside_the_dwellings" \
        report "$work/both/ilot.sqlite" "rejected:lovac-fil.csv.$reason" "$(count $reason)"
done
check 'no_owner_is_in_any_output' \
    "$python" "$tests/no-owner.py" "$work/lovac" "$work/lovac.said" "$work/both" "$work/both.said"

# ---- the reference job
if [ ! -f "$bench/gen_town.py" ]; then
    echo "# SKIP: no reference job in \$ILOT_BENCH or ../shared/bench: it was NOT compared"
elif ! "$python" -c 'import numpy' 2>/dev/null; then
    echo "# SKIP: numpy is missing (scripts/setup test): the reference job was NOT compared"
else
    check 'the_town_is_drawn' "$python" "$bench/gen_town.py" --scale S "$work/town"
    check 'the_reference_job_runs' run job "$work/town/parcels.geojson" "$work/town/districts.geojson" \
        "$work/town/sensors.geojson" "$work/town/vacancy.csv" "$work/town/counts.csv"
    renamed() { "$project/scripts/bench-names" "$work/job/geojson/districts.geojson" > "$work/job.geojson"; }
    check 'the_reference_job_has_every_column' renamed
    check 'the_reference_job_gives_postgis_values' compare "$reference/job-S.csv" "$work/job.geojson"
    truth() { "$python" -c "import json, sys; print(json.load(open(sys.argv[1]))['$1'])" "$work/town/truth.json"; }
    check 'a_parcel_twice_is_counted_once' \
        report "$work/job/report.json" file:parcels.geojson.loaded "$(truth parcels)"
    check 'the_second_parcel_is_a_duplicate' \
        report "$work/job/ilot.sqlite" rejected:parcels.geojson.duplicate "$(truth duplicates)"
fi

echo "1..$n"
[ "$failed" -eq 0 ]
