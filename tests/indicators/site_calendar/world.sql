-- Mondays of April 2025 in Seine-Saint-Denis (zone C, holidays 12 to 27 April): 100 on the 7th, 120 on the 14th, 50 on the 21st (Easter
-- Monday; Easter 2025 is 20 April), 100 on the 28th. Public holiday: 50 over the mean of the three others, 106.667: 0.46875. School holiday, the
-- public one apart: 120 over 100: 1.2. Site 2 counts outside any holiday: nothing to compare.
UPDATE district SET code = '93010010' || district_id;
INSERT INTO footfall_count VALUES
    (1, 20250407, strftime('%s', '2025-04-07 10:00'), 0, 100, 1, 2), (1, 20250414, strftime('%s', '2025-04-14 10:00'), 0, 120, 1, 3),
    (1, 20250421, strftime('%s', '2025-04-21 10:00'), 0, 50, 1, 4), (1, 20250428, strftime('%s', '2025-04-28 10:00'), 0, 100, 1, 5),
    (2, 20250303, strftime('%s', '2025-03-03 10:00'), 0, 100, 1, 6);
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
