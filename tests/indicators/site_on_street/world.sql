-- Street 1, named, along y = 0; street 2 without a name along y = 40; street 3, of the class nobody walks on, along y = 12. Site 1 at
-- y = 10 is 10 m from the first (2 m from the third, which does not count), site 2 at y = 25 is 15 m from the second; site 3 at
-- y = -50 is just in reach, site 4 at y = -51 is not.
INSERT INTO street (street_id, code, name, road_class, geom)
VALUES (1, 'w1', 'Rue A', 'residential', line(0, 0, 100, 0)), (2, 'w2', NULL, NULL, line(0, 40, 100, 40)),
       (3, 'w3', 'A 1', 'motorway', line(0, 12, 100, 12));
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 50, 10), (2, 50, 25), (3, 50, -50), (4, 50, -51);
