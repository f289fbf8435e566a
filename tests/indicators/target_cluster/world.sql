-- Parcels 1 and 2 are half a metre apart, 2 and 3 meet at a corner: three in a chain. 3 and 4 are 2 m apart, 4 and 5 one metre, the
-- boundary: they touch. Parcel 6 lies between 3 and 4 and is not vacant.
INSERT INTO parcel (parcel_id, code, area_m2, geom) VALUES (1, 'a', 100, box(0, 0, 10, 10)), (2, 'b', 95, box(10.5, 0, 20, 10)),
  (3, 'c', 100, box(20, 10, 30, 20)), (4, 'd', 80, box(32, 10, 40, 20)), (5, 'e', 90, box(41, 10, 50, 20)), (6, 'f', 20, box(30, 10, 32, 20));
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 2, 1, 1), (3, 'c', 3, 1, 1),
  (4, 'd', 4, 1, 1), (5, 'e', 5, 1, 1), (6, 'f', 6, 0, 1);
