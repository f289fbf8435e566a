-- Half of the dwellings are vacant in both districts: smoothing leaves 50 %. Parcel 3 is at home in none.
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 1, 0, 1), (3, 'c', 2, 1, 1),
  (4, 'd', 2, 1, 1), (5, 'e', 2, 0, 1), (6, 'f', 2, 0, 1), (7, 'g', 3, 1, 1);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (2, 3, 1, 0, 1), (2, 4, 1, 0, 1), (2, 5, 1, 0, 1), (2, 6, 1, 0, 1);
INSERT INTO parcel_district VALUES (1, 1, 1, 100, 1), (2, 2, 0.5, 50, 1), (3, 2, 0.5, 50, 0);
