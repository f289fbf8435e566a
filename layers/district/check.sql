-- check:     district_sliver
-- table:     district
-- title:     a district too small to be one | un quartier trop petit pour en être un
-- severity:  warning
-- param:     least_m2 real = 500
-- reference: the least believed | le plus petit qui soit cru
SELECT source_file_id,
       source_row,
       printf('%.1f m²', area_m2)  AS value,
       printf('%.0f m²', :least_m2) AS reference
FROM district
WHERE area_m2 < :least_m2;

-- check:     one_name_two_districts
-- table:     district
-- title:     two districts of one grain bear the same name | deux quartiers d'un même découpage portent le même nom
-- severity:  note
-- reference: code of the other | code de l'autre
SELECT a.source_file_id,
       a.source_row,
       a.name      AS value,
       min(b.code) AS reference
FROM district AS a
JOIN district AS b ON b.grain = a.grain AND b.name = a.name AND b.district_id <> a.district_id
GROUP BY a.district_id;
