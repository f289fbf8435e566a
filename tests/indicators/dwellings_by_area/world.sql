-- Parcel 3 has 8 dwellings, three quarters of its area in district 1, the rest in 2. District 3 is empty.
CREATE TABLE parcel_dwellings (parcel_id INTEGER PRIMARY KEY, dwellings INTEGER, vacant_dwellings INTEGER);
INSERT INTO parcel_dwellings VALUES (1, 2, 0), (2, 0, 0), (3, 8, 1);
INSERT INTO parcel_district VALUES (1, 1, 1, 100, 1), (1, 3, 0.75, 300, 1), (2, 2, 1, 50, 1), (2, 3, 0.25, 100, 0);
