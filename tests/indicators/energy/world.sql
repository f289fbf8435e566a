-- District 1: A, E (the boundary), F, G, one of them without a greenhouse label: 2 of 4; greenhouse F: 1 of 3. District 2: one D.
INSERT INTO energy_label (energy_label_id, code, label, ghg_label) VALUES (1, 'a', 'A', 'A'), (2, 'b', 'E', 'E'), (3, 'c', 'F', 'F'), (4, 'd', 'G', NULL),
  (5, 'e', 'D', NULL);
INSERT INTO energy_label_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (2, 5, 1, 0, 1);
