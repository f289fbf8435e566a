-- criterion: culture_venue
-- title:     Which venues are cultural | Quels équipements sont culturels
-- source:    Base permanente des équipements 2021, Insee: sub-domain F3; where a file says itself what is culture it is followed
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS code,
       column5 AS name
FROM (VALUES ('bpe_f3', 0, 9999, 'F303', 'Cinéma'),
             ('bpe_f3', 0, 9999, 'F305', 'Conservatoire'),
             ('bpe_f3', 0, 9999, 'F307', 'Bibliothèque'),
             ('bpe_f3', 0, 9999, 'F311', 'Livres et presse'),
             ('bpe_f3', 0, 9999, 'F312', 'Exposition et médiation culturelle'),
             ('bpe_f3', 0, 9999, 'F313', 'Espace remarquable et patrimoine'),
             ('bpe_f3', 0, 9999, 'F314', 'Archives'),
             ('bpe_f3', 0, 9999, 'F315', 'Arts du spectacle'));
