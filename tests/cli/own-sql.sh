# A user's own folder of SQL files: a new indicator, and what is refused in one.
mkdir -p mine/analysis/indicators/housing
cat >mine/analysis/indicators/housing/old_dwellings.sql <<'SQL'
-- topic:   old_dwellings
-- title:   Old dwellings | Logements anciens
-- needs:   dwelling, dwelling_district
-- param:   before_year integer = 1915   -- first year that is not old
-- source:  a test
--
-- old_dwellings  stock, count, short old  | Old dwellings | Logements anciens
SELECT p.district_id, sum(d.construction_year < :before_year) AS old_dwellings
FROM dwelling_district AS p JOIN dwelling AS d USING (dwelling_id)
WHERE p.is_home GROUP BY p.district_id;
SQL
"$ILOT" run "$TOWN" -o out --sql mine --quiet --lang en; echo "=> $?"
grep -c '"old_dwellings":' out/geojson/districts_iris.geojson
sed -i 's/needs:   dwelling, dwelling_district/needs:   dwelling/' mine/analysis/indicators/housing/old_dwellings.sql
"$ILOT" run "$TOWN" -o out2 --sql mine --quiet --lang en; echo "=> $?"
echo "DELETE FROM parcel" >mine/analysis/indicators/housing/bad.sql
printf -- '-- topic: bad\n-- title: Bad | Mal\n-- needs: parcel\n-- source: none\nDELETE FROM parcel' >mine/analysis/indicators/housing/bad.sql
rm mine/analysis/indicators/housing/old_dwellings.sql
"$ILOT" run "$TOWN" -o out3 --sql mine --quiet --lang en; echo "=> $?"
# read in ranges of ids: every parcel once; ranges of a table that is not needed
cat >mine/analysis/indicators/housing/bad.sql <<'SQL'
-- topic:    bad
-- title:    Parcels alone | Parcelles seules
-- feature:  parcel
-- needs:    parcel
-- ranges:   parcel
-- source:   a test
--
-- parcel_number  stock, count, short number | Number | Numéro
SELECT parcel_id, parcel_id AS parcel_number FROM parcel;
SQL
"$ILOT" run "$TOWN" -o out3 --sql mine --quiet --lang en; echo "=> $?"
sqlite3 out3/ilot.sqlite "SELECT count(*) = (SELECT count(*) FROM parcel), total(parcel_number <> parcel_id) FROM bad"
sed -i 's/ranges:   parcel/ranges:   dwelling/' mine/analysis/indicators/housing/bad.sql
"$ILOT" run "$TOWN" -o out4 --sql mine --quiet --lang en; echo "=> $?"
rm -r out3
rm -r mine; mkdir -p mine/layers/dwelling
printf -- '-- title: Survey | Relevé\n-- in_to: dwelling\nSELECT 1' >mine/layers/dwelling/survey.sql
"$ILOT" check "$TOWN" --sql mine --quiet --lang en; echo "=> $?"
mv mine/layers/dwelling/survey.sql mine; "$ILOT" check "$TOWN" --sql mine --quiet --lang en; echo "=> $?"
ls
