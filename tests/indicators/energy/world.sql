-- District 1: A, E (the boundary), F, G, one of them without a greenhouse label: 2 of 4; greenhouse F: 1 of 3. District 2: eleven D (the
-- boundary: not few), ten of them with a greenhouse label (few). District 3: none.
INSERT INTO energy_label (energy_label_id, code, label, ghg_label) VALUES (1, 'a', 'A', 'A'), (2, 'b', 'E', 'E'), (3, 'c', 'F', 'F'), (4, 'd', 'G', NULL);
WITH RECURSIVE n(i) AS (VALUES (11) UNION ALL SELECT i + 1 FROM n WHERE i < 21)
INSERT INTO energy_label (energy_label_id, code, label, ghg_label) SELECT i, 'n' || i, 'D', CASE WHEN i < 21 THEN 'D' END FROM n;
INSERT INTO energy_label_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1);
INSERT INTO energy_label_district SELECT 2, energy_label_id, 1, 0, 1 FROM energy_label WHERE energy_label_id >= 11;
