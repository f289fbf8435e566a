-- Parcel 1: two dwellings, one vacant, one unknown. Parcel 2: none. One dwelling has no parcel.
INSERT INTO parcel (parcel_id, code, area_m2, centroid_x_m, centroid_y_m, on_surface_x_m, on_surface_y_m, source_file_id, source_row, geom)
VALUES (1, 'A', 1, 0, 0, 0, 0, 1, 1, x'00'), (2, 'B', 1, 0, 0, 0, 0, 1, 2, x'00');
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, source_file_id, source_row)
VALUES (1, 'a', 1, 1, 1, 1), (2, 'b', 1, NULL, 1, 2), (3, 'c', NULL, 1, 1, 3);
