-- table:   overlap_by_floor
-- title:   The same by floor area | La même chose par surface de plancher
-- needs:   district_overlap, building, building_district
-- key:     to_id, from_id
-- method:  floor area: ground area inside times the floors, one where they are unknown; a building counts in the district where
--          it is at home; where a district has none, its area speaks
-- source:  buildings of the run; dasymetric weights, Wright 1936
SELECT o.to_id,
       o.from_id,
       CASE WHEN h.floor_m2 > 0
            THEN (SELECT total(g.area_m2 * max(coalesce(g.floors, 1), 1))
                  FROM building_district AS a
                  JOIN building_district AS b ON b.district_id = o.to_id AND b.building_id = a.building_id AND b.is_home
                  JOIN building AS g ON g.building_id = a.building_id
                  WHERE a.district_id = o.from_id AND a.is_home) / h.floor_m2
            ELSE o.from_share END AS from_share
FROM district_overlap AS o
LEFT JOIN (SELECT p.district_id, total(g.area_m2 * max(coalesce(g.floors, 1), 1)) AS floor_m2
           FROM building_district AS p JOIN building AS g USING (building_id)
           WHERE p.is_home GROUP BY p.district_id) AS h
       ON h.district_id = o.from_id;
