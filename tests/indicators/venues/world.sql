-- District 1: two libraries (F307), a cinema that its file calls culture, a pool (F101), a school its file says is no culture
-- though filed F315 (the file is followed): 3 of 5. Hill: 2/3 and 1/3. District 2: one place of unknown kind. District 3: none.
INSERT INTO venue (venue_id, code, venue_type, theme, is_culture) VALUES (1, 'a', 'F307', NULL, NULL), (2, 'b', 'F307', NULL, NULL),
  (3, 'c', 'Cinéma', NULL, 1), (4, 'd', 'F101', NULL, NULL), (5, 'e', 'F315', NULL, 0), (6, 'f', NULL, NULL, NULL);
INSERT INTO venue_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (2, 6, 1, 0, 1);
