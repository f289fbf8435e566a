-- Parcel 1: 2 dwellings sold at 100 m, 1 at 200 m, the boundary; 5 at 201 m and 9 without a place do not count: 3 in the 2 years of
-- the file. Parcel 2 is far from all of them.
INSERT INTO parcel (parcel_id, code, area_m2, centroid_x_m, centroid_y_m) VALUES (1, 'a', 100, 0, 0), (2, 'b', 100, 5000, 5000);
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 2, 1, 1);
INSERT INTO sale (sale_id, code, year, dwellings, x_m, y_m) VALUES (1, 'a', 2020, 2, 100, 0), (2, 'b', 2021, 1, 0, -200),
  (3, 'c', 2021, 5, 201, 0), (4, 'd', 2021, 9, NULL, NULL);
