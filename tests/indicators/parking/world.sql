-- District 1: 100 spaces, 3 for disabled people, free; 50 spaces, disabled unknown, paid; a zone that counts none. 3 of 100; 100 of 150
-- free. District 2: a zone only: spaces unknown, not zero. District 3: none.
INSERT INTO parking (parking_id, code, spaces, disabled_spaces, is_free) VALUES (1, 'a', 100, 3, 1), (2, 'b', 50, NULL, 0), (3, 'c', NULL, NULL, 0),
  (4, 'd', NULL, NULL, NULL);
INSERT INTO parking_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (2, 4, 1, 0, 1);
