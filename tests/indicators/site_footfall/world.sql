-- Site 1: 10 + 20 in two directions on one day, 0 on the next (nobody, a measure), so 15 a day. Site 2: 7 on one day.
INSERT INTO footfall_count VALUES (1, 20250201, 0, 1, 10, 1, 2), (1, 20250201, 0, 2, 20, 1, 3), (1, 20250202, 86400, 1, 0, 1, 4),
                                  (2, 20250201, 0, 3, 7, 1, 5);
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
