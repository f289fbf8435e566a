-- title:  Sites and counts of tables that carry positions | Sites et comptages des tables qui portent des positions
-- after:  footfall_count_row
-- makes:  footfall_site, footfall_count, footfall_count_row
-- order:  5

-- A site lies where most of its rows say; of equals, where the first says. A file of sites is believed before a table of counts.
INSERT INTO footfall_site (code, x_m, y_m, source_file_id, source_row, geom)
SELECT site_code, st_x(geom), st_y(geom), source_file_id, source_row, geom
FROM (SELECT *, metric_point(lon_deg, lat_deg, 'EPSG:4326') AS geom,
             rank() OVER (PARTITION BY site_code ORDER BY n DESC, source_file_id, source_row) AS choice
      FROM (SELECT site_code, lon_deg, lat_deg, count(*) AS n, source_file_id, min(source_row) AS source_row
            FROM footfall_count_row
            WHERE lon_deg IS NOT NULL AND lat_deg IS NOT NULL
            GROUP BY site_code, lon_deg, lat_deg, source_file_id))
WHERE choice = 1 AND geom IS NOT NULL AND site_code NOT IN (SELECT code FROM footfall_site)
ORDER BY source_file_id, source_row;

UPDATE footfall_count_row
SET footfall_site_id = s.footfall_site_id
FROM footfall_site AS s
WHERE s.code = site_code;

UPDATE footfall_count_row
SET away_m = p.away_m
FROM (SELECT r.site_code, r.lon_deg, r.lat_deg,
             st_distance(s.geom, metric_point(r.lon_deg, r.lat_deg, 'EPSG:4326')) AS away_m
      FROM (SELECT DISTINCT footfall_site_id, site_code, lon_deg, lat_deg FROM footfall_count_row
            WHERE lon_deg IS NOT NULL AND lat_deg IS NOT NULL) AS r
      JOIN footfall_site AS s USING (footfall_site_id)) AS p
WHERE p.site_code = footfall_count_row.site_code AND p.lon_deg = footfall_count_row.lon_deg
  AND p.lat_deg = footfall_count_row.lat_deg;

-- Within 200 m a counter is still on its street: positions wander, and are rounded.
INSERT OR IGNORE INTO footfall_count (footfall_site_id, day, start_s, footfall_channel_id, count, source_file_id, source_row)
SELECT footfall_site_id, day, start_s, 0, people, source_file_id, source_row
FROM footfall_count_row
WHERE footfall_site_id IS NOT NULL AND coalesce(away_m, 0) <= 200
ORDER BY footfall_count_row_id;

UPDATE footfall_count_row
SET is_used = 1
WHERE EXISTS (SELECT 1 FROM footfall_count AS c
              WHERE c.footfall_site_id = footfall_count_row.footfall_site_id AND c.day = footfall_count_row.day
                AND c.start_s = footfall_count_row.start_s AND c.footfall_channel_id = 0
                AND c.source_file_id = footfall_count_row.source_file_id AND c.source_row = footfall_count_row.source_row);
