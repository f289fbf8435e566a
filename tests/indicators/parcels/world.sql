-- Parcel 3 is cut: at home in 1, a quarter of it in 2. District 3 is empty.
INSERT INTO parcel (parcel_id, code, area_m2, centroid_x_m, centroid_y_m, on_surface_x_m, on_surface_y_m, source_file_id, source_row, geom)
VALUES (1, 'A', 100, 0, 0, 0, 0, 1, 1, x'00'), (2, 'B', 50.5, 0, 0, 0, 0, 1, 2, x'00'), (3, 'C', 400, 0, 0, 0, 0, 1, 3, x'00');
INSERT INTO parcel_district VALUES (1, 1, 1, 100, 1), (1, 3, 0.75, 300, 1), (2, 2, 1, 50.5, 1), (2, 3, 0.25, 100, 0);
