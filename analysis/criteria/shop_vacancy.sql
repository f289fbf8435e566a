-- criterion: shop_vacancy
-- title:     When a shop's vacancy is long | À partir de quand une vacance commerciale est longue
-- source:    Code général des impôts, article 1530: unused for at least two years on 1 January
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS years -- long: it began in period - years or before
FROM (VALUES ('cgi_1530', 0, 9999, 2));
