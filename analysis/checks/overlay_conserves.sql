-- check:   overlay_conserves
-- title:   Districts of a grain overlap: people were given twice | Des quartiers d'un découpage se recouvrent : des habitants comptés deux fois
-- needs:   overlay_total
-- source:  conservation of totals: given and outside make the whole
SELECT to_grain || printf(': %.1f given + %.1f outside, %.1f in all', given, outside, people) AS finding
FROM overlay_total
WHERE abs(given + outside - people) > 1e-6 * people;
