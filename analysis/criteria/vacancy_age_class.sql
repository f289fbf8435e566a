-- criterion: vacancy_age_class
-- title:     Classes of the age of a vacancy | Classes d'ancienneté de la vacance
-- source:    ZLV, glossary: 0 to 2, 3 to 5, 6 to 10, more than 10 years
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS class,
       column5 AS least_years, -- included
       column6 AS most_years   -- not included
FROM (VALUES ('four_classes', 0, 9999, '0_2',      0,   3),
             ('four_classes', 0, 9999, '3_5',      3,   6),
             ('four_classes', 0, 9999, '6_10',     6,  11),
             ('four_classes', 0, 9999, 'over_10', 11, 999));
