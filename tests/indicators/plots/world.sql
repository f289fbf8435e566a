-- District 1: parcel 1 with 5 dwellings, 4 vacant (80 %, the boundary: mostly vacant); parcel 2 with 5, 3 vacant; parcel 3 with one,
-- vacant (not looked at); parcel 4 is cut, at home here with half of its 200 m2, 2 dwellings, none vacant. 1 of 3; 8 vacant on
-- 100 + 100 + 100 + 200 = 500 m2: 160 by hectare; by area 11 + half of 2 dwellings. District 2 holds the other half of parcel 4, at
-- home elsewhere: one dwelling by area, nothing else. District 3 is empty.
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 1, 1, 1), (3, 'c', 1, 1, 1), (4, 'd', 1, 1, 1),
  (5, 'e', 1, 0, 1), (6, 'f', 2, 1, 1), (7, 'g', 2, 1, 1), (8, 'h', 2, 1, 1), (9, 'i', 2, 0, 1), (10, 'j', 2, NULL, 1), (11, 'k', 3, 1, 1),
  (12, 'l', 4, 0, 1), (13, 'm', 4, 0, 1);
INSERT INTO parcel_district VALUES (1, 1, 1, 100, 1), (1, 2, 1, 100, 1), (1, 3, 1, 100, 1), (1, 4, 0.5, 100, 1), (2, 4, 0.5, 100, 0);
