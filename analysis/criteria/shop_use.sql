-- criterion: shop_use
-- title:     Which premises are shops | Quels locaux sont des commerces
-- source:    retail, restaurants, personal services of the NAF rev. 2 (Insee): 47 without stalls and distance selling, 56,
--            95.2, 96.0, bakers 10.71; premises without an activity code are taken as the survey lists them
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS pattern, -- of the activity code, GLOB
       column5 AS is_shop  -- the longest pattern that fits decides
FROM (VALUES ('naf_rev2', 0, 9999, '47*',      1),
             ('naf_rev2', 0, 9999, '47.8*',    0),
             ('naf_rev2', 0, 9999, '47.9*',    0),
             ('naf_rev2', 0, 9999, '56*',      1),
             ('naf_rev2', 0, 9999, '95.2*',    1),
             ('naf_rev2', 0, 9999, '96.0*',    1),
             ('naf_rev2', 0, 9999, '10.71*',   1),
             ('naf_rev2', 0, 9999, '*',        0));
