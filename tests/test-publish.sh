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

cat >open/stationnement.csv <<'CSV'
id,nom,insee,type_usagers,gratuit,nb_places,nb_pmr,hauteur_max,num_siret,Xlong,Ylat,type_ouvrage
03990-P-001,Halle,03990,tous,true,80,4,N/A,21030990000011,3.2140,46.2760,enclos_en_surface
03990-P-002,Gare,03990,tous,false,120,5,N/A,21030990000011,3.2150,46.2770,ouvrage
CSV
cat >open/equipements.csv <<'CSV'
COLL_NOM,COLL_SIRET,EQUIP_UID,EQUIP_THEME,EQUIP_CODE,EQUIP_TYPE,EQUIP_NOM,EQUIP_LAT,EQUIP_LONG
Valombre,21030990000011,03990-08010101-001,Equipement culturel,08010101-001,Bibliothèque,Bibliothèque des Halles,46.2760,3.2140
Valombre,21030990000011,03990-01010401-001,Equipement administratif,01010401-001,Mairie,Hôtel de ville,46.2765,3.2145
CSV

echo "1..10"
"$ilot" run open -o out --quiet --lang en --export districts_iris.csv --export comptage-site.csv --export comptage-channel.csv \
    --export comptage-measure.csv --export stationnement.csv --export equipements.csv >log 2>&1
point $? "a run exports in national schemas"
/usr/bin/python3 "$here/check-package.py" out >log 2>&1
point $? "datapackage.json describes the files as they are"
for schema in site channel measure; do
    /usr/bin/python3 "$here/check-schema.py" "comptage-$schema" "out/comptage-$schema.csv" >log 2>&1
    point $? "comptage-$schema.csv keeps the rules of its schema"
done
/usr/bin/python3 "$here/check-schema.py" stationnement out/stationnement.csv type_usagers,hauteur_max,num_siret >log 2>&1
point $? "stationnement.csv keeps the rules of its schema but for what ilot does not know"
/usr/bin/python3 "$here/check-schema.py" equipements out/equipements.csv \
    COLL_NOM,COLL_SIRET,ADR_NUMERO,ADR_NOMVOIE,ADR_CODEPOSTAL,ADR_COMMUNE >log 2>&1
point $? "equipements.csv keeps the rules of its schema but for what ilot does not know"
"$ilot" export out/ilot.sqlite stationnement.csv --lang en >log 2>&1 && grep -q "2 row(s) lack 'num_siret'" log
point $? "what a national schema wants and ilot does not know is said"
mkdir back
cp town/iris.geojson out/comptage-*.csv back/
count() { sqlite3 "$1/ilot.sqlite" "SELECT count(*), sum(count), count(DISTINCT footfall_site_id), min(start_s), max(start_s) FROM footfall_count"; }
"$ilot" run back -o again --quiet --lang en >log 2>&1 && count out >a && count again >b && diff a b >>log 2>&1
point $? "the exported counts come back the same"
"$ilot" run restricted -o secret --quiet --lang en >log 2>&1 && /usr/bin/python3 "$here/check-package.py" secret parcels districts_iris >>log 2>&1
point $? "what comes from restricted rows is not to be published"
exit $failed
