-- criterion: typology_class
-- title:     What the nine classes of vacancy and footfall are called | Comment s'appellent les neuf classes de vacance et de fréquentation
-- source:    words of ours. The first digit is the vacancy (1 low, 2 middle, 3 high), the second the footfall; where there are two
--            levels only, the four corners
SELECT 'nine_words' AS version,
       0            AS from_year,
       9999         AS to_year,
       column1      AS class,
       column2      AS title_en,
       column3      AS title_fr
FROM (VALUES (11, 'Occupied and quiet', 'Occupé et calme'),
             (12, 'Occupied and visited', 'Occupé et fréquenté'),
             (13, 'Occupied and busy', 'Occupé et très passant'),
             (21, 'To watch, quiet', 'À surveiller, calme'),
             (22, 'To watch, visited', 'À surveiller, fréquenté'),
             (23, 'To watch, busy', 'À surveiller, très passant'),
             (31, 'Empty and quiet: to win back', 'Vide et calme : à reconquérir'),
             (32, 'Empty yet visited', 'Vide mais fréquenté'),
             (33, 'Empty yet busy: an opportunity', 'Vide mais très passant : une occasion'));
