-- District 1: 30 spaces, 4 dwellings: 750 by 100. District 2: 10 spaces, no dwelling: NULL. District 3: no car park.
INSERT INTO parking (parking_id, code, spaces) VALUES (1, 'a', 30), (2, 'b', NULL), (3, 'c', 10);
INSERT INTO parking_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (2, 3, 1, 0, 1);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (3, 5, 1, 0, 1);
