-- check:     more_vacant_than_dwellings
-- table:     housing_area
-- title:     more vacant dwellings than dwellings | plus de logements vacants que de logements
-- severity:  error
-- reference: dwellings | logements
SELECT source_file_id,
       source_row,
       printf('%g', vacant_dwellings) AS value,
       printf('%g', dwellings)        AS reference
FROM housing_area
WHERE vacant_dwellings > dwellings;

-- check:     more_long_vacant_than_vacant
-- table:     housing_area
-- title:     more dwellings long vacant than vacant | plus de logements vacants de longue durée que de vacants
-- severity:  error
-- reference: vacant dwellings | logements vacants
SELECT source_file_id,
       source_row,
       printf('%g', long_vacant_dwellings) AS value,
       printf('%g', vacant_dwellings)      AS reference
FROM housing_area
WHERE long_vacant_dwellings > vacant_dwellings;

-- check:     ten_times_area
-- table:     housing_area
-- title:     many times the dwellings of the same area in the file's other years | plusieurs fois les logements de la même zone les autres années
-- severity:  warning
-- param:     times real = 5
-- param:     least real = 50   -- dwellings, below which small areas double by chance
-- reference: median of the area's other years | médiane des autres années de la zone
SELECT a.source_file_id,
       a.source_row,
       printf('%g (%d)', a.dwellings, a.period) AS value,
       printf('%g', median(b.dwellings))        AS reference
FROM housing_area AS a
JOIN housing_area AS b ON b.area_code = a.area_code AND b.area_level = a.area_level AND b.concept = a.concept
                      AND b.period <> a.period
GROUP BY a.housing_area_id
HAVING a.dwellings > :least AND a.dwellings > :times * median(b.dwellings);
