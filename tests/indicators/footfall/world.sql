-- Two sites with measures in district 1, one without (3) in district 2, none in 3.
CREATE TABLE site_footfall (footfall_site_id INTEGER PRIMARY KEY, footfall_per_day REAL, counted_days INTEGER);
INSERT INTO site_footfall VALUES (1, 15, 2), (2, 7, 1);
INSERT INTO footfall_site_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (2, 3, 1, 0, 1);
