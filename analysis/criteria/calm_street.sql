-- criterion: calm_street
-- title:     Which streets are calm | Quelles voies sont apaisées
-- source:    Code de la route, articles R. 110-2 and R. 411-4: zone 30, zone de rencontre, aire piétonne
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS most_km_h
FROM (VALUES ('zone_30', 0, 9999, 30));
