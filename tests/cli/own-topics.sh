# What --indicators refuses, with file and reason; --only; a table that is not a topic's to replace.
"$ILOT" load store.sqlite "$TOWN" --quiet --lang en && "$ILOT" place store.sqlite --quiet --lang en
mkdir mine
topic() { # NAME SELECT: a topic of one count
    printf -- '-- topic: %s\n-- title: T | T\n-- needs: dwelling, dwelling_district, district\n-- source: a test\n--\n-- many  stock, count, short many | M | M\n%s' "$1" "$2" >mine/"$1".sql
}
try() { "$ILOT" compute store.sqlite --indicators mine --only "$1" --quiet --lang en; echo "=> $?"; rm -f mine/*.sql; }
topic mine 'SELECT district_id, 1 AS many FROM district'
try mine
sqlite3 store.sqlite "SELECT count(DISTINCT indicator), sum(value) FROM indicator_value"
topic twice 'SELECT district_id, 1 AS many FROM district UNION ALL SELECT district_id, 2 FROM district'
try twice
topic nowhere 'SELECT 999 AS district_id, 1 AS many'
try nowhere
topic silent 'SELECT district_id, 1 AS some FROM district'
try silent
topic asking 'SELECT district_id, :what AS many FROM district'
try asking
topic wide 'SELECT district_id, 101 AS many FROM district'
sed -i 's/| M$/| M = 1 * many \/ one, range 0..100/; s/1 AS many/1 AS many, 1 AS one/; s/101 AS many/101 AS many, 1 AS one/' mine/wide.sql
try wide
printf -- '-- table: parcel\n-- title: T | T\n-- needs: dwelling\n-- source: a test\nSELECT 1 AS a FROM dwelling LIMIT 1' >mine/parcel.sql
topic reader 'SELECT district_id, (SELECT count(*) FROM parcel) AS many FROM district'
sed -i 's/needs: dwelling,/needs: parcel, dwelling,/' mine/reader.sql
try reader
try no_such_topic
sqlite3 store.sqlite "SELECT count(*) > 0 FROM parcel"
