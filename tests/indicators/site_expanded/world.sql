-- 200 people on a Thursday from 11 to 13; no counter in the run, so the eight of slot_share speak: the mean of the logarithms of their shares
-- of that slot is -1.523476, so 200 / exp(-1.523476) = 917.6290 a day. Variance between them 0.010175, of a mean of eight and one more: times 9 / 8;
-- 0.146 from month to month; Student's t of seven 1.96 + 2.37 / 7 + 2.82 / 49 = 2.356. Half of the interval, of the logarithm: 0.426473.
-- A slot of a site without a place gives nothing.
INSERT INTO footfall_slot (footfall_slot_id, site_code, footfall_site_id, weekday, from_hour, to_hour, people)
VALUES (1, 'A', 1, 4, 11, 13, 200), (2, 'B', NULL, 4, 11, 13, 90);
