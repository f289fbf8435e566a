-- criterion: public_holiday
-- title:     Public holidays of the French republic | Jours fériés de la République française
-- source:    Code du travail, L. 3133-1; Alsace and Moselle: L. 3134-13 (Good Friday in communes with a protestant church only: taken
--            as kept in all); abolition of slavery: décret 83-1003 and loi 83-550
SELECT 'code_travail' AS version,
       0              AS from_year,
       9999           AS to_year,
       column1        AS name,
       column2        AS month_day,   -- MMDD, or
       column3        AS after_easter, -- days after Easter Sunday
       column4        AS time_zone,   -- where it is kept; NULL all over the republic
       column5        AS departments  -- each between spaces; NULL all
FROM (VALUES
    ('jour de l''an', 101, NULL, NULL, NULL),
    ('lundi de Pâques', NULL, 1, NULL, NULL),
    ('fête du travail', 501, NULL, NULL, NULL),
    ('victoire 1945', 508, NULL, NULL, NULL),
    ('Ascension', NULL, 39, NULL, NULL),
    ('lundi de Pentecôte', NULL, 50, NULL, NULL),
    ('fête nationale', 714, NULL, NULL, NULL),
    ('Assomption', 815, NULL, NULL, NULL),
    ('Toussaint', 1101, NULL, NULL, NULL),
    ('armistice 1918', 1111, NULL, NULL, NULL),
    ('Noël', 1225, NULL, NULL, NULL),
    ('vendredi saint', NULL, -2, 'Europe/Paris', ' 57 67 68 '),
    ('Saint-Étienne', 1226, NULL, 'Europe/Paris', ' 57 67 68 '),
    ('abolition de l''esclavage', 427, NULL, 'Indian/Mayotte', NULL),
    ('abolition de l''esclavage', 522, NULL, 'America/Martinique', NULL),
    ('abolition de l''esclavage', 527, NULL, 'America/Guadeloupe', NULL),
    ('abolition de l''esclavage', 610, NULL, 'America/Cayenne', NULL),
    ('abolition de l''esclavage', 1220, NULL, 'Indian/Reunion', NULL));
