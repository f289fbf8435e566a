-- criterion: few
-- title:     Few units behind a figure | Peu d'unités derrière un chiffre
-- source:    eleven, the number under which LOVAC (dwellings) and Insee's 200 m squares (households) keep a figure back;
--            here a figure stays and only says that it rests on little
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS under_units -- a rate or a median of less has the status `few`
FROM (VALUES ('eleven', 0, 9999, 11));
