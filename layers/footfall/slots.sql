-- title:  One row a time slot, and the sites on their streets | Une ligne par créneau, et les sites sur leurs voies
-- after:  footfall_slot_row
-- makes:  footfall_site, footfall_slot
-- order:  10
INSERT INTO footfall_site (code, x_m, y_m, source_file_id, source_row, geom)
SELECT r.code, s.on_surface_x_m, s.on_surface_y_m, r.source_file_id, r.source_row,
       metric_point(s.on_surface_x_m, s.on_surface_y_m, 'store')
FROM footfall_slot_row AS r
JOIN (SELECT counter_code, min(street_id) AS street_id FROM street GROUP BY counter_code) AS f ON f.counter_code = r.code
JOIN street AS s USING (street_id)
WHERE r.code NOT IN (SELECT code FROM footfall_site)
ORDER BY r.footfall_slot_row_id;

INSERT INTO footfall_slot (site_code, footfall_site_id, weekday, from_hour, to_hour, people)
SELECT r.code, s.footfall_site_id, v.weekday, v.from_hour, v.from_hour + 2,
       CASE v.weekday * 100 + v.from_hour
       WHEN 407 THEN r.thursday_7_9 WHEN 411 THEN r.thursday_11_13 WHEN 417 THEN r.thursday_17_19
       WHEN 607 THEN r.saturday_7_9 WHEN 611 THEN r.saturday_11_13 WHEN 617 THEN r.saturday_17_19 END
FROM footfall_slot_row AS r
JOIN (SELECT 4 AS weekday, 7 AS from_hour UNION SELECT 4, 11 UNION SELECT 4, 17
      UNION SELECT 6, 7 UNION SELECT 6, 11 UNION SELECT 6, 17) AS v
LEFT JOIN footfall_site AS s ON s.code = r.code
ORDER BY r.footfall_slot_row_id, v.weekday, v.from_hour;
