-- check:     building_year_to_come
-- table:     building
-- title:     built in a year to come | construit une année à venir
-- severity:  error
-- param:     margin_years integer = 2   -- files may be a little newer than the year the data speak of
-- reference: the year the data speak of | l'année dont parlent les données
SELECT source_file_id,
       source_row,
       construction_year AS value,
       :period           AS reference
FROM building
WHERE construction_year > :period + :margin_years;

-- check:     building_height
-- table:     building
-- title:     a height no building of a town has | une hauteur qu'aucun bâtiment d'une ville n'a
-- severity:  warning
-- param:     most_m real = 150
-- reference: the greatest believed | la plus grande qui soit crue
SELECT source_file_id,
       source_row,
       printf('%.1f m', height_m) AS value,
       printf('%.0f m', :most_m)  AS reference
FROM building
WHERE height_m > :most_m OR height_m < 0;

-- check:     more_dwellings_than_room
-- table:     building
-- title:     more dwellings than its floors have room for | plus de logements que ses étages n'en peuvent contenir
-- severity:  warning
-- param:     least_m2 real = 9    -- floor area a dwelling, the least the law calls decent (décret 2002-120)
-- reference: floor area | surface de plancher
SELECT source_file_id,
       source_row,
       dwellings                                     AS value,
       printf('%.0f m²', area_m2 * max(floors, 1)) AS reference
FROM building
WHERE dwellings > 1 AND floors IS NOT NULL AND area_m2 * max(floors, 1) < :least_m2 * dwellings;
