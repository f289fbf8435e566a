# The stages one by one give what `run` gives.
"$ILOT" run "$TOWN" -o out --quiet --lang en; echo "=> $?"
"$ILOT" load store.sqlite "$TOWN" --quiet --lang en; echo "=> $?"
"$ILOT" place store.sqlite --quiet --lang en; echo "=> $?"
"$ILOT" compute store.sqlite --quiet --lang en; echo "=> $?"
"$ILOT" export store.sqlite districts_iris.geojson districts_iris.csv parcels.gpkg --lang en; echo "=> $?"
cmp districts_iris.geojson out/geojson/districts_iris.geojson && echo "the same GeoJSON"
cut -d, -f1-6 districts_iris.csv
"$ILOT" export store.sqlite nothing.geojson --lang en; echo "=> $?"
"$ILOT" export store.sqlite districts_iris.xyz --lang en; echo "=> $?"
"$ILOT" place "$TOWN/iris.geojson" --lang en; echo "=> $?"
