-- topic:    site_faults
-- title:    What is odd in a site's series | Ce qui est anormal dans la série d'un site
-- feature:  footfall_site
-- needs:    site_day
-- uses:     site_fault
-- method:   days of the faults in the table site_fault, which says from when to when and against what; a gap is no measure, nothing is
--           taken out or filled in; 0 where nothing is odd
--           | jours des anomalies de la table site_fault, qui dit de quand à quand et par rapport à quoi ; une lacune est une
--           absence de mesure, rien n'est retiré ni comblé ; 0 si rien n'est anormal
-- source:   criteria in the header of site_fault
--
-- gap_days     stock, days, short ff_gapd | Days without a measure in gaps of the series | Jours sans mesure dans les trous de la série
-- silent_days  stock, days, short ff_mute | Days at zero where people are usual | Jours à zéro malgré un passage habituel
-- part_days    stock, days, short ff_part | Days measured in part | Jours mesurés en partie
-- odd_days     stock, days, short ff_odd  | Days far above or below the same weekday around them | Jours très au-dessus ou au-dessous des mêmes jours de semaine voisins
SELECT s.footfall_site_id,
       total(CASE WHEN f.kind = 'gap' THEN f.days END)            AS gap_days,
       total(CASE WHEN f.kind = 'silent' THEN f.days END)         AS silent_days,
       total(CASE WHEN f.kind = 'part_day' THEN f.days END)       AS part_days,
       total(CASE WHEN f.kind IN ('high', 'low') THEN f.days END) AS odd_days
FROM (SELECT DISTINCT footfall_site_id FROM site_day) AS s
LEFT JOIN site_fault AS f USING (footfall_site_id)
GROUP BY s.footfall_site_id;
