# A result is replaced as a whole: the user's own files stay, what an earlier run wrote and this one does not goes,
# and what cannot be replaced is refused before anything is read.
"$ILOT" run "$TOWN" -o out --quiet --lang en --export parcels.csv; echo "=> $?"
echo mine >out/notes.txt; mkdir out/plans; echo mine >out/plans/map.pdf; touch out/territory.gpkg-wal
mkdir -p .out.tmp/geojson; echo half >.out.tmp/geojson/districts_iris.geojson
"$ILOT" run "$TOWN" -o out --quiet --lang en --overwrite; echo "=> $?"
ls -A . out out/plans
(cd out && "$ILOT" run "$TOWN" -o . --overwrite --lang en); echo "=> $?"
"$ILOT" run "$TOWN" -o out/notes.txt --lang en; echo "=> $?"
"$ILOT" run "$TOWN" -o no/such/folder --lang en; echo "=> $?"
# Stores, too; --overwrite is not for other files.
cp "$TOWN/iris.geojson" mine.geojson
"$ILOT" load mine.geojson "$TOWN" --overwrite --lang en; echo "=> $?"
cmp "$TOWN/iris.geojson" mine.geojson && echo untouched
"$ILOT" load no/such/store.sqlite "$TOWN" --lang en; echo "=> $?"
cp out/ilot.sqlite old.sqlite; sqlite3 old.sqlite "PRAGMA user_version = 0"
"$ILOT" compute old.sqlite --lang en 2>said; echo "=> $?"; sed 's/with layout [0-9]*:/with layout N:/' said
"$ILOT" compute out/ilot.sqlite --quiet --lang en; echo "=> $?"
# A second run waits, then says who holds the result.
mkdir .busy.tmp
(flock 8; "$ILOT" run "$TOWN" -o busy --wait 1 --lang en 2>&1 | sed 's/process [0-9]*/process PID/') 8<.busy.tmp
# An export comes with all its parts or not at all.
"$ILOT" export out/ilot.sqlite districts_iris.shp nothing.geojson --quiet --lang en; echo "=> $?"
"$ILOT" export out/ilot.sqlite districts_iris.shp --quiet --lang en; echo "=> $?"
ls -A
