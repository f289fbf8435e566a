-- Dwelling 1 is flagged, 2 on the same parcel is not, 3 on another is not. Visits 1 to 4: each of the four outcomes (works on an empty
-- dwelling, and a second home, among them); 5 and 6 look at a parcel as a whole; 7 found nobody; 8 is of a parcel no file holds.
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock) VALUES (1, 'a', 1, 1, 1), (2, 'b', 1, 0, 1), (3, 'c', 2, 0, 1);
INSERT INTO visit (visit_id, dwelling_id, parcel_id, found) VALUES (1, 1, 1, 'vacant'), (2, 1, 1, 'occupied'), (3, 2, 1, 'works'),
  (4, 3, 2, 'second_home'), (5, NULL, 1, 'vacant'), (6, NULL, 2, 'occupied'), (7, 1, 1, 'not_found'), (8, NULL, NULL, 'vacant');
