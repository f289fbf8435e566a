-- table:   site_parcel
-- title:   The parcel of each counting site | La parcelle de chaque site de comptage
-- needs:   footfall_site, parcel
-- uses:    idx_parcel_geom
-- key:     footfall_site_id
-- param:   reach_m integer = 25 -- a site farther from every parcel has none
-- method:  the parcel that holds the site (distance 0), else the nearest: counters stand in streets, which no parcel holds. Of
--          parcels as near, the first by code
-- source:  geometry of parcels
SELECT footfall_site_id, parcel_id, distance_m
FROM (SELECT footfall_site_id, parcel_id, distance_m,
             row_number() OVER (PARTITION BY footfall_site_id ORDER BY distance_m, code) AS rank
      FROM (SELECT s.footfall_site_id, p.parcel_id, p.code, st_distance(p.geom, metric_point(s.x_m, s.y_m, 'store')) AS distance_m
            FROM footfall_site AS s
            CROSS JOIN idx_parcel_geom AS i ON i.xmin <= s.x_m + :reach_m AND i.xmax >= s.x_m - :reach_m
                                           AND i.ymin <= s.y_m + :reach_m AND i.ymax >= s.y_m - :reach_m
            CROSS JOIN parcel AS p ON p.parcel_id = i.pkid)
      WHERE distance_m <= :reach_m)
WHERE rank = 1;
