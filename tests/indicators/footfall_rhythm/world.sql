-- Site 1 (district 1): Monday 6 January 2025 10 at 8:00, 20 at 10:00 (the boundary: of the part that begins), 30 at 12:30, 20 at
-- 18:00, 20 at 23:00; Saturday 11 January 10 at 5:00, 40 at 15:00: 150 people, two days of six, no whole week.
-- Site 2 (district 2): a whole week, 28 on Monday, 14 on the six others, all at 9:00: (28 + 6 * 14) / 7 = 16 a day; on weekdays
-- 84 / 5 = 16.8, at the weekend 14. Site 3 (district 3) has no measure.
INSERT INTO footfall_count (footfall_site_id, day, start_s, footfall_channel_id, count) VALUES
  (1, 20250106, 1736146800, 0, 10), (1, 20250106, 1736154000, 0, 20), (1, 20250106, 1736163000, 0, 30), (1, 20250106, 1736182800, 0, 20),
  (1, 20250106, 1736200800, 0, 20), (1, 20250111, 1736568000, 0, 10), (1, 20250111, 1736604000, 0, 40), (2, 20250106, 1736150400, 0, 28),
  (2, 20250107, 1736236800, 0, 14), (2, 20250108, 1736323200, 0, 14), (2, 20250109, 1736409600, 0, 14), (2, 20250110, 1736496000, 0, 14),
  (2, 20250111, 1736582400, 0, 14), (2, 20250112, 1736668800, 0, 14);
INSERT INTO footfall_site_district VALUES (1, 1, 1, 0, 1), (2, 2, 1, 0, 1), (3, 3, 1, 0, 1);
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
