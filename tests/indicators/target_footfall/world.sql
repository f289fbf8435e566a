-- The world of parcel_footfall, with vacant dwellings on its parcels 1 and 2, which lie on no street; 3 and 4 lie where 1 does:
-- 3 on a street with an estimate, 4 on one without.
-- Parcel 1 lies on site 1: that one alone. Parcel 2 is 100 m from site 1 and 200 m from site 2 (without a measure: site 3):
-- (15/100^2 + 7/200^2) / (1/100^2 + 1/200^2) = 13.4.
CREATE TABLE site_footfall (footfall_site_id INTEGER PRIMARY KEY, footfall_per_day REAL, counted_days INTEGER);
INSERT INTO footfall_site (footfall_site_id, code, x_m, y_m, source_file_id, source_row, geom)
VALUES (1, 'S1', 0, 0, 1, 1, x'00'), (2, 'S2', 300, 0, 1, 2, x'00'), (3, 'S3', 100, 0, 1, 3, x'00');
INSERT INTO site_footfall VALUES (1, 15, 2), (2, 7, 1);
INSERT INTO parcel (parcel_id, code, area_m2, centroid_x_m, centroid_y_m, on_surface_x_m, on_surface_y_m, source_file_id, source_row, geom)
VALUES (1, 'A', 1, 0, 0, 0, 0, 1, 1, x'00'), (2, 'B', 1, 100, 0, 0, 0, 1, 2, x'00'),
       (3, 'C', 1, 0, 0, 0, 0, 1, 3, x'00'), (4, 'D', 1, 0, 0, 0, 0, 1, 4, x'00');
CREATE TABLE parcel_street (parcel_id INTEGER PRIMARY KEY, street_id INTEGER, distance_m REAL);
INSERT INTO parcel_street VALUES (3, 1, 5), (4, 2, 5);
CREATE TABLE street_footfall (street_id INTEGER PRIMARY KEY, footfall_estimate_per_day REAL, footfall_estimate_per_day_low REAL,
                              footfall_estimate_per_day_high REAL);
INSERT INTO street_footfall VALUES (1, 420, 210, 840), (2, NULL, NULL, NULL);
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 2, 1, 1),
  (3, 'c', 3, 1, 1), (4, 'd', 4, 1, 1);
