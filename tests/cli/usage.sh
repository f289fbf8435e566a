# Wrong usage: exit 2 and the way it is meant.
for words in "" "frobnicate" "run" "run x" "run x -o" "run x -o out --threads none" "run x -o out --nonsense" "export s"; do
    echo "# ilot $words"
    # shellcheck disable=SC2086
    "$ILOT" $words >/dev/null; echo "=> $?"
done
"$ILOT" --version
