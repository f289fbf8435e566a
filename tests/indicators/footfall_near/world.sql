-- Parcel 3 touches district 2 but is at home in 1; parcel 4 has no value. District 3 is empty.
CREATE TABLE parcel_footfall (parcel_id INTEGER PRIMARY KEY, footfall_near_per_day REAL);
INSERT INTO parcel_footfall VALUES (1, 10), (2, 40), (3, 20), (4, NULL);
INSERT INTO parcel_district VALUES (1, 1, 1, 1, 1), (1, 3, 0.9, 9, 1), (2, 2, 1, 1, 1), (2, 3, 0.1, 1, 0), (2, 4, 1, 1, 1);
