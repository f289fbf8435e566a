# Class limits of one run serve another: they are said to be fixed, and a file that cannot be read is refused.
"$ILOT" run "$TOWN" -o first --quiet --lang fr; echo "=> $?"
grep '^vacancy_rate_pct,iris' first/classes.csv
"$ILOT" run "$TOWN" -o again --classes first/classes.csv --quiet --lang fr; echo "=> $?"
cut -d, -f1-5 first/classes.csv >a; cut -d, -f1-5 again/classes.csv >b; cmp a b && echo "the same limits"
grep -c 'seuils fixes' again/geojson/districts_iris.sld
grep -c 'seuils fixes' first/geojson/districts_iris.sld
# A planner's own limits, as a French spreadsheet writes them.
printf 'indicator;lower;upper\r\nvacancy_rate_pct;0;7,5\r\nvacancy_rate_pct;7,5;12\r\nvacancy_rate_pct;12;15\r\n' >own.csv
"$ILOT" run "$TOWN" -o own --classes own.csv --quiet --lang fr; echo "=> $?"
grep '^vacancy_rate_pct,iris' own/classes.csv
grep '<Title>' own/geojson/districts_iris.sld
printf 'indicator,lower,upper\nvacancy_rate_pct,0,5\nvacancy_rate_pct,6,9\n' >hole.csv
"$ILOT" run "$TOWN" -o hole --classes hole.csv --quiet --lang en; echo "=> $?"
ls hole 2>/dev/null
"$ILOT" run "$TOWN" -o hole --classes nothing.csv --quiet --lang en; echo "=> $?"
# Same inputs, same bytes, of all that is handed over.
"$ILOT" run "$TOWN" -o twice --quiet --lang fr; echo "=> $?"
diff -r first twice && echo "the same bytes"
