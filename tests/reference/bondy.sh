#!/bin/sh
# SPDX-License-Identifier: MIT
# bondy.sh DATA [OUT]: what ilot must answer on Bondy, computed by PostGIS from the same files.
#
# DATA is the folder that holds bondy-93/ and bondy-93-made/; the CSV files go to OUT (this folder by default).
# Needs a PostgreSQL server with PostGIS in which the user may create the database named by
# $ILOT_REFERENCE_DB (ilot_reference; dropped first, dropped at the end), and ogr2ogr for the GeoPackage.
# Everything is computed in bondy.sql; this file loads and writes out.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=${1:?usage: bondy.sh DATA [OUT]}
out=${2:-$here}
db=${ILOT_REFERENCE_DB:-ilot_reference}
made=$data/bondy-93-made
export PGOPTIONS='-c client_min_messages=warning -c max_parallel_workers_per_gather=0'
export PGCLIENTENCODING=UTF8

sql() { psql -X -q -v ON_ERROR_STOP=1 "$db" "$@"; }
write() { sql --csv -c "$2" > "$out/$1"; }

dropdb --if-exists "$db"
createdb -T template0 -E UTF8 "$db"
trap 'dropdb --if-exists "$db"' EXIT

# ---- the files as they are, in their order
sql <<'SQL'
CREATE EXTENSION postgis;
CREATE TABLE cadastre_line(n serial, line text);
CREATE TABLE dwelling_row(n serial, dwelling_id text, parcel_id text, dwelling_type text,
                          construction_year int, surface_m2 int, vacant_since_year int);
CREATE TABLE site_row(site_id text, parent_site_id text, site_name text, fr_insee_code text,
                      xlong float8, ylat float8, external_ids text, infrastructure_type text);
CREATE TABLE channel_row(channel_id text, site_id text, mobility_type text, direction text,
                         provider_direction_code text, counter_type text, temporality text,
                         started_at text, ended_at text, time_step int);
CREATE TABLE measure_row(channel_id text, start_datetime timestamptz, end_datetime text, count float8);
CREATE TABLE lovac_row(n serial, annee int, ff_idlocal text, ff_idpar text, nature text, aff text,
                       debutvacance int, groupe text, ff_jannath int);
SQL
# One text column: delimiter and quote are bytes no JSON text holds.
gzip -dc "$data/bondy-93/cadastre-93010-parcelles-2025.json.gz" |
    sql -c "\\copy cadastre_line(line) FROM pstdin WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
sql -c "\\copy dwelling_row(dwelling_id,parcel_id,dwelling_type,construction_year,surface_m2,vacant_since_year) FROM pstdin WITH (FORMAT csv, HEADER)" < "$made/logements.csv"
sql -c "\\copy site_row FROM pstdin WITH (FORMAT csv, HEADER)" < "$made/comptage-site.csv"
sql -c "\\copy channel_row FROM pstdin WITH (FORMAT csv, HEADER)" < "$made/comptage-channel.csv"
sql -c "\\copy measure_row FROM pstdin WITH (FORMAT csv, HEADER)" < "$made/comptage-measure.csv"
# annee, ff_idlocal, ff_idpar, nature, aff, debutvacance, groupe, ff_jannath: the owners' columns stay in the file.
iconv -f LATIN1 -t UTF-8 "$made/lovac-fil.csv" | cut -d';' -f1,4,5,11,12,13,14,18 |
    sql -c "\\copy lovac_row(annee,ff_idlocal,ff_idpar,nature,aff,debutvacance,groupe,ff_jannath) FROM pstdin WITH (FORMAT csv, HEADER, DELIMITER ';')"
for layer in iris neauQPV_2024 quartier2 bondy; do
    ogr2ogr -q -f PostgreSQL "PG:dbname=$db" "$data/bondy-93/districts.gpkg" "$layer" -nln "layer_$layer" \
        -lco GEOMETRY_NAME=geom -lco LAUNDER=NO -lco SPATIAL_INDEX=NONE -nlt PROMOTE_TO_MULTI
done

sql -f "$here/bondy.sql"

# ---- the answers
for grain in iris qpv quarter commune; do
    write "bondy-$grain.csv" "
        SELECT code, name, parcels, parcel_area_m2, parcel_area_share_m2, dwellings, vacant_dwellings,
               long_vacant_dwellings, vacancy_rate_pct, long_vacancy_rate_pct, median_construction_year,
               footfall_sites, footfall_per_day, footfall_near_per_day, dwellings_by_area
        FROM answer WHERE grain = '$grain' ORDER BY code COLLATE \"C\""
done
write bondy-parcels.csv "SELECT code, district_iris, area_m2, dwellings, vacant_dwellings, footfall_near_per_day
    FROM parcel_answer WHERE (rank - 1) % 120 = 0 ORDER BY code COLLATE \"C\""
write bondy-lovac-iris.csv "SELECT * FROM lovac_iris_answer ORDER BY code COLLATE \"C\""
write bondy-lovac.csv "SELECT name, value FROM lovac_answer ORDER BY rank"
write bondy-totals.csv "SELECT name, value FROM total_answer ORDER BY rank"
