-- check:     more_disabled_than_spaces
-- table:     parking
-- title:     more spaces for disabled people than spaces | plus de places PMR que de places
-- severity:  error
-- reference: spaces | places
SELECT source_file_id,
       source_row,
       disabled_spaces AS value,
       spaces          AS reference
FROM parking
WHERE disabled_spaces > spaces;

-- check:     parking_size
-- table:     parking
-- title:     a number of spaces no car park of a town has | un nombre de places qu'aucun parc d'une ville n'a
-- severity:  warning
-- param:     most_spaces integer = 5000
-- reference: the greatest believed | le plus grand qui soit cru
SELECT source_file_id,
       source_row,
       spaces       AS value,
       :most_spaces AS reference
FROM parking
WHERE spaces > :most_spaces OR spaces < 0;
