-- Parcel 1: two dwellings, one vacant, one unknown. One dwelling has no parcel.
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock, source_file_id, source_row)
VALUES (1, 'a', 1, 1, 1, 1, 1), (2, 'b', 1, NULL, 1, 1, 2), (3, 'c', NULL, 1, 1, 1, 3);
