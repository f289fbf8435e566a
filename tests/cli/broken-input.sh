# Broken input: a sentence that names the file and says what to do, the right exit code, nothing left behind.
try() {
    "$ILOT" run "$@" -o out --lang en </dev/null
    echo "=> $?, out: $([ -e out ] && echo there || echo none)"
}
echo "# no such file"; try missing.geojson
echo "# a text file named .geojson"; echo "hello, this is no map" >text.geojson; try text.geojson
echo "# an empty file"; : >empty.geojson; try empty.geojson
echo "# a gzip cut short"; head -c 20000 "$TOWN/cadastre-03990-parcelles.json.gz" >cut.json.gz; try cut.json.gz "$TOWN/iris.geojson"
echo "# GeoJSON cut short"; head -c 2000 "$TOWN/iris.geojson" >cut.geojson; try cut.geojson
echo "# parcels without any district"; try "$TOWN/cadastre-03990-parcelles.json.gz"
echo "# a folder with nothing known in it"; mkdir nothing; echo "a;b" >nothing/a.csv; echo "1;2" >>nothing/a.csv; try nothing
echo "# an empty folder"; mkdir hollow; try hollow
echo "# a table nobody knows"; try nothing/a.csv
echo "# measures without their sites"; try "$TOWN/iris.geojson" "$TOWN/comptage-measure.csv"
# The fault is told of the file that has it.
mkdir sites; cp "$TOWN/comptage-measure.csv" "$TOWN/comptage-channel.csv" sites
sed '2,$s/,[0-9.]*,[0-9.]*,\([^,]*,[^,]*\)$/,,,\1/' "$TOWN/comptage-site.csv" >sites/comptage-site.csv
"$ILOT" load s.sqlite "$TOWN/iris.geojson" sites/*.csv --lang en; echo "=> $?"
