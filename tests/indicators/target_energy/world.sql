-- Parcel 1 holds an F and a D: the worst is 6; a G beside it is not its own. Parcel 2 holds none. Parcel 3 lies across two cells of
-- the search, its G in the other one. Certificates are small boxes here.
INSERT INTO parcel (parcel_id, code, area_m2, centroid_x_m, centroid_y_m, geom) VALUES (1, 'a', 100, 5, 5, box(0, 0, 10, 10)),
  (2, 'b', 100, 35, 5, box(30, 0, 40, 10)), (3, 'c', 100, 200, 5, box(195, 0, 205, 10));
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 2, 1, 1), (3, 'c', 3, 1, 1);
INSERT INTO energy_label (energy_label_id, code, label, x_m, y_m, geom) VALUES (1, 'a', 'F', 5.5, 5.5, box(5, 5, 6, 6)),
  (2, 'b', 'D', 2.5, 2.5, box(2, 2, 3, 3)), (3, 'c', 'G', 15.5, 5.5, box(15, 5, 16, 6)), (4, 'd', 'G', 198, 5.5, box(197, 5, 199, 6));
