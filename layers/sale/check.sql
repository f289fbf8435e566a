-- check:     price_per_m2
-- table:     sale
-- title:     a price by floor area far from all others | un prix au mètre carré loin de tous les autres
-- severity:  warning
-- param:     times real = 20        -- times the median, or that part of it
-- param:     least_sales integer = 20
-- reference: median of the sales of dwellings | médiane des ventes de logements
SELECT s.source_file_id,
       s.source_row,
       printf('%.0f €/m²', s.price_eur / s.built_area_m2) AS value,
       printf('%.0f €/m²', m.price)                       AS reference
FROM (SELECT count(*) AS sales, median(price_eur / built_area_m2) AS price
      FROM sale WHERE dwellings > 0 AND built_area_m2 > 0 AND price_eur > 0) AS m
CROSS JOIN sale AS s
WHERE m.sales >= :least_sales AND s.dwellings > 0 AND s.built_area_m2 > 0
  AND (s.price_eur / s.built_area_m2 > :times * m.price OR s.price_eur / s.built_area_m2 < m.price / :times);
