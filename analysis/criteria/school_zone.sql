-- criterion: school_zone
-- title:     School zone of a department | Zone scolaire d'un département
-- source:    décret 2015-1601 and the order of 16 April 2015, from January 2016 on; before, the order of 24 July 1995; zones go by academy,
--            academies by department; Corsica and overseas have none
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS zone,
       column5 AS departments -- each between spaces
FROM (VALUES
    ('2016', 2016, 9999, 'A', ' 01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90 '),
    ('2016', 2016, 9999, 'B', ' 02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59 60 61 62 67 68 72 76 80 83 84 85 88 '),
    ('2016', 2016, 9999, 'C', ' 09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95 '),
    ('1995', 0, 2015, 'A', ' 01 03 07 09 11 12 14 15 22 26 29 30 31 32 34 35 38 42 43 44 46 48 49 50 53 54 55 56 57 61 63 65 66 69 72 73 74 81 82 85 88 '),
    ('1995', 0, 2015, 'B', ' 02 04 05 06 08 10 13 16 17 18 19 21 23 25 27 28 36 37 39 41 45 51 52 58 59 60 62 67 68 70 71 76 79 80 83 84 86 87 89 90 '),
    ('1995', 0, 2015, 'C', ' 24 33 40 47 64 75 77 78 91 92 93 94 95 '));
