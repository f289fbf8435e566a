-- District 1: 100 dwellings, 20 flagged. 10 flagged ones visited, 8 found vacant (one in works), 2 not; 10 others visited, 1 found
-- vacant: corrected (20 * 0.8 + 80 * 0.1) / 100 = 24 %. Wilson: 8 of 10 is 0.4902 to 0.9433, 1 of 10 is 0.0179 to 0.4042 (Newcombe
-- 1998's formula by hand): down sqrt((20 * 0.3098)^2 + (80 * 0.0821)^2) = 9.0312, up sqrt((20 * 0.1433)^2 + (80 * 0.3042)^2) = 24.5009.
-- Dwelling 1 was visited twice: the last one, vacant, tells. A visit of dwelling 3 that found nobody is left out.
-- District 2: 10 dwellings, 4 flagged, 2 of them visited, one found vacant; no other visited: bounds. Wilson: 1 of 2 is 0.0945 to 0.9055:
-- 4 * 0.0945 / 10 to (4 * 0.9055 + 6) / 10.
-- District 3: no visit.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 110)
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, in_stock)
SELECT i, 'd' || i, i, i <= 20 OR i BETWEEN 101 AND 104, 1 FROM n;
INSERT INTO dwelling_district SELECT CASE WHEN dwelling_id <= 100 THEN 1 ELSE 2 END, dwelling_id, 1, 0, 1 FROM dwelling;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
INSERT INTO visit (visit_id, dwelling_id, parcel_id, found, visit_date)
SELECT i, i, i, CASE WHEN i = 8 THEN 'works' WHEN i = 9 THEN 'occupied' WHEN i = 10 THEN 'second_home' ELSE 'vacant' END, '2025-03-01' FROM n
UNION ALL SELECT 10 + i, 20 + i, 20 + i, CASE WHEN i = 1 THEN 'vacant' ELSE 'occupied' END, '2025-03-01' FROM n;
INSERT INTO visit (visit_id, dwelling_id, parcel_id, found, visit_date) VALUES (21, 1, 1, 'occupied', '2024-03-01'),
  (22, 3, 3, 'not_found', '2025-06-01'), (23, 101, 101, 'vacant', '2025-03-01'), (24, 102, 102, 'occupied', '2025-03-01');
INSERT INTO visit_district SELECT CASE WHEN dwelling_id <= 100 THEN 1 ELSE 2 END, visit_id, 1, 0, 1 FROM visit;
