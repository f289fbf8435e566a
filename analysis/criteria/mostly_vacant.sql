-- criterion: mostly_vacant
-- title:     When a building is mostly vacant | À partir de quand un immeuble est très vacant
-- source:    ZLV, VacancyRate: classes of 20 %, the last 80 % and more; two dwellings make a building of flats
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS least_pct,      -- of its dwellings vacant
       column5 AS least_dwellings -- a building with fewer is not looked at
FROM (VALUES ('zlv_80', 0, 9999, 80, 2));
