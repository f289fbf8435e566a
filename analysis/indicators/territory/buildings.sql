-- topic:    buildings
-- title:    Buildings | Bâtiments
-- needs:    building, building_district, district
-- shown:    built_pct
-- method:   a building is at home where its point on surface lies; the built area is what lies inside
--           | un bâtiment est rattaché là où se trouve son point intérieur ; la surface bâtie est ce qui se trouve à
--           l'intérieur
-- source:   the building files of the run
--
-- buildings          stock, count, short build    | Buildings | Bâtiments
-- built_area_m2      stock, m2, short built_m2    | Built area | Surface bâtie au sol
-- built_pct          share, %, short built_pc     | Built part of the district | Part bâtie du quartier
--                    = 100 * built_area_m2 / district_area_m2, range 0..100
-- median_height_m    median, m, short med_h       | Median height | Hauteur médiane
-- median_floors      median, floors, short med_fl | Median number of floors | Nombre médian d'étages
SELECT p.district_id,
       sum(p.is_home)                                   AS buildings,
       total(p.area_m2)                                 AS built_area_m2,
       max(d.area_m2)                                   AS district_area_m2,
       median_interval(CASE WHEN p.is_home THEN b.height_m END) AS median_height_m,
       median_interval(CASE WHEN p.is_home THEN b.floors END)   AS median_floors
FROM building_district AS p
JOIN building AS b USING (building_id)
JOIN district AS d ON d.district_id = p.district_id
GROUP BY p.district_id;
