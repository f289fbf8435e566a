-- Two in district 1, one of them also touching 2 (no home there). District 3: none.
INSERT INTO address (address_id, code) VALUES (1, 'a'), (2, 'b');
INSERT INTO address_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (2, 2, 1, 0, 0);
