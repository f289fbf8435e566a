# A result is not replaced without being told to; the second run gives the same bytes.
"$ILOT" run "$TOWN" -o out --quiet --lang en; echo "=> $?"
find out -type f | LC_ALL=C sort | tee files | sed 's/^/file /'
xargs sha256sum <files >before
"$ILOT" run "$TOWN" -o out --quiet --lang en; echo "=> $?"
xargs sha256sum <files | diff before - && echo untouched
"$ILOT" run "$TOWN" -o out --quiet --lang en --overwrite; echo "=> $?"
xargs sha256sum <files | diff before - && echo "the same bytes"
"$ILOT" run "$TOWN" -o out --quiet --lang en --overwrite --threads 1; echo "=> $?"
xargs sha256sum <files | diff before - && echo "the same bytes on one thread"
mkdir -p out/mine/later out/.dead.tmp; echo note > out/mine/note.txt
"$ILOT" run "$TOWN" -o out --quiet --lang en --overwrite; echo "=> $?"
ls -A out out/mine
