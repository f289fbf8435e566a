-- check:     fiscal_area_differs
-- table:     parcel
-- title:     the fiscal area is not that of the drawing | la contenance n'est pas la surface du dessin
-- severity:  note
-- param:     times real = 2        -- more than twice or less than half
-- param:     least_m2 real = 100   -- and by more than this
-- reference: area of the drawing | surface du dessin
SELECT source_file_id,
       source_row,
       printf('%.0f m²', fiscal_area_m2) AS value,
       printf('%.0f m²', area_m2)        AS reference
FROM parcel
WHERE abs(fiscal_area_m2 - area_m2) > :least_m2
  AND (fiscal_area_m2 > :times * area_m2 OR area_m2 > :times * fiscal_area_m2);

-- check:     fiscal_area_missing
-- table:     parcel
-- title:     a parcel without its fiscal area, in a file that gives them | parcelle sans contenance, dans un fichier qui les donne
-- severity:  note
-- reference: area of the drawing | surface du dessin
SELECT source_file_id,
       source_row,
       'NULL'                     AS value,
       printf('%.0f m²', area_m2) AS reference
FROM parcel
WHERE coalesce(fiscal_area_m2, 0) = 0
  AND source_file_id IN (SELECT source_file_id FROM parcel WHERE fiscal_area_m2 > 0);
