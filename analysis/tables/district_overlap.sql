-- table:   district_overlap
-- title:   Which part of a district lies in another | Quelle part d'un quartier est dans un autre
-- needs:   district
-- key:     to_id, from_id
-- method:  true intersections of the districts of different grains, and each district with itself; from_share is the part of
--          the one figures come from, to_share the part of the one they go to; is_largest marks, for each district figures
--          go to, the one of a grain that covers most of it
-- source:  geometry of the districts
SELECT to_id,
       from_id,
       area_m2,
       min(area_m2 / from_area_m2, 1.0) AS from_share,
       min(area_m2 / to_area_m2, 1.0)   AS to_share,
       row_number() OVER (PARTITION BY to_id, from_grain ORDER BY area_m2 DESC, from_id) = 1 AS is_largest
FROM (SELECT t.district_id AS to_id, f.district_id AS from_id, f.grain AS from_grain,
             f.area_m2 AS from_area_m2, t.area_m2 AS to_area_m2,
             CASE WHEN f.district_id = t.district_id THEN f.area_m2 ELSE st_area(st_intersection(f.geom, t.geom)) END AS area_m2
      FROM district AS t
      JOIN district AS f ON f.district_id = t.district_id
                         OR f.grain <> t.grain AND mbrintersects(f.geom, t.geom))
WHERE area_m2 > 0;
