-- criterion: energy_sieve
-- title:     Labels of energy sieves | Étiquettes des passoires énergétiques
-- source:    Code de la construction et de l'habitation, article L. 173-1-1 (F and G); labels since July 2021, ADEME
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS label
FROM (VALUES ('dpe_2021', 0, 9999, 'F'),
             ('dpe_2021', 0, 9999, 'G'));
