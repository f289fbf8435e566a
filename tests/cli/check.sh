# What each file is, what is wrong in it, what it allows and what is missing; nothing is written.
echo "# a sound town"; "$ILOT" check "$TOWN" --lang en; echo "=> $?"
echo "# in French, one file"; "$ILOT" check "$TOWN/iris.geojson" --lang fr; echo "=> $?"
echo "# for programs"
"$ILOT" check "$TOWN/iris.geojson" "$TOWN/comptage-site.csv" --lang en --format json >check.json; echo "=> $?"
/usr/bin/python3 -m json.tool check.json | head -n 60
echo "# broken and unknown files: each is told, the others are read all the same"
mkdir mixed
head -c 2000 "$TOWN/iris.geojson" >mixed/cut.geojson
: >mixed/empty.csv
printf 'a;b\n1;2\n3\n' >mixed/unknown.csv
printf 'id,section,numero\n93010000AB0001,AB,1\n' >mixed/parcels.csv
printf 'dwelling_id,parcel_id,vacant_since_year\nD1,P1,2019\nD1,P1,2020\nD2,P1,soon\n' >mixed/dwellings.csv
cp "$TOWN/comptage-measure.csv" mixed/
"$ILOT" check mixed --lang en; echo "=> $?"
echo "# what goes with a missing file"; "$ILOT" check "$TOWN/comptage-measure.csv" --lang fr | head -n 4
echo "# no such file"; "$ILOT" check nothing.csv --lang en; echo "=> $?"
ls
