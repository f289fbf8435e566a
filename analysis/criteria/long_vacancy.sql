-- criterion: long_vacancy
-- title:     When a vacancy is long | À partir de quand une vacance est longue
-- source:    public criteria of LOVAC by vintage (ZLV, lovac_public_criteria: 2019 to 2024 the start year and the tax
--            occupation V, from 2025 on the start year alone); Cerema, LOVAC guide: vacant on three consecutive 1 January
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS years,     -- long: it began before period - years
       column5 AS occupation -- code of the tax file (ccthp) a row must bear, where the file has it; NULL: any
FROM (VALUES ('before_lovac',    0, 2018, 2, NULL),
             ('fil_ccthp',    2019, 2024, 2, 'V'),
             ('fil',          2025, 9999, 2, NULL));
