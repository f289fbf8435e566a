-- Parcels A, from 0 to 10, and B, from 10 to 20, side by side. Site 1 lies in A; site 2 on their common border: A comes first; site 3 is
-- 25 m from B, just in reach; site 4 26 m.
INSERT INTO parcel (parcel_id, code, geom) VALUES (1, 'B', box(10, 0, 20, 10)), (2, 'A', box(0, 0, 10, 10));
INSERT INTO idx_parcel_geom VALUES (1, 10, 20, 0, 10), (2, 0, 10, 0, 10);
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 5, 5), (2, 10, 5), (3, 45, 5), (4, 46, 5);
