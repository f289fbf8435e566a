-- District 1: baker open (5 m, 60 m2); grocer empty since 2023 (two years: long, the boundary; 15 m); restaurant empty since 2024;
-- grocer open; florist of a list (occupation unknown, 40 m2). Not shops: an office (62.01Z), distance selling (47.91A), a grocer
-- closed for good. District 2: a bar of a list: its vacancy is unknown, not zero. District 3: nothing.
INSERT INTO shop (shop_id, code, activity_code, activity, is_vacant, is_active, vacant_since_year, floor_area_m2, frontage_m) VALUES
  (1, 'a', '10.71C', NULL, 0, 1, NULL, 60, 5), (2, 'b', '47.11B', NULL, 1, 0, 2023, NULL, 15), (3, 'c', '56.10A', NULL, 1, 0, 2024, NULL, NULL),
  (4, 'd', '62.01Z', NULL, 0, 1, NULL, 900, 9), (5, 'e', '47.91A', NULL, 0, 1, NULL, 900, 9), (6, 'f', NULL, 'fleuriste', NULL, NULL, NULL, 40, NULL),
  (7, 'g', '47.11B', NULL, 0, 0, NULL, 900, 9), (8, 'h', '47.11B', NULL, 0, 1, NULL, NULL, NULL), (9, 'i', NULL, 'bar', NULL, NULL, NULL, NULL, NULL);
INSERT INTO shop_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (1, 6, 1, 0, 1),
  (1, 7, 1, 0, 1), (1, 8, 1, 0, 1), (2, 9, 1, 0, 1);
