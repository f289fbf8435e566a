-- table:   overlap_by_dwelling
-- title:   The same by dwellings | La même chose par logements
-- needs:   district_overlap, dwelling_district
-- key:     to_id, from_id
-- method:  which part of the dwellings of a district are in another; where a district has none placed, its area speaks
-- source:  homes of the dwellings; dasymetric weights, Wright 1936
SELECT o.to_id,
       o.from_id,
       CASE WHEN h.dwellings > 0
            THEN (SELECT count(*)
                  FROM dwelling_district AS a
                  JOIN dwelling_district AS b ON b.district_id = o.to_id AND b.dwelling_id = a.dwelling_id AND b.is_home
                  WHERE a.district_id = o.from_id AND a.is_home) / h.dwellings
            ELSE o.from_share END AS from_share
FROM district_overlap AS o
LEFT JOIN (SELECT district_id, total(is_home) AS dwellings FROM dwelling_district GROUP BY district_id) AS h
       ON h.district_id = o.from_id;
