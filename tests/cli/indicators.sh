# The catalogue, in both languages.
"$ILOT" indicators --lang fr
"$ILOT" indicators vacancy_rate_pct --lang en
"$ILOT" indicators vacancy_rate_pct --lang en --format json
"$ILOT" indicators no_such --lang en; echo "=> $?"
