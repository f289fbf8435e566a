-- criterion: visit_found
-- title:     What a visit says of vacancy | Ce qu'une visite dit de la vacance
-- source:    Insee, definition of a vacant dwelling: nobody lives there, works or not; a second home is none; not found tells nothing
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS found,
       column5 AS is_vacant -- NULL: tells nothing
FROM (VALUES ('insee', 0, 9999, 'vacant', 1),
             ('insee', 0, 9999, 'works', 1),
             ('insee', 0, 9999, 'occupied', 0),
             ('insee', 0, 9999, 'second_home', 0),
             ('insee', 0, 9999, 'not_found', NULL));
