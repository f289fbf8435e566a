-- export:  comptage-measure.csv
-- title:   Counts, national schema | Mesures de comptage, schéma national
-- schema:  https://schema.data.gouv.fr/etalab/schema-comptage-mobilites-measure/
-- version: 0.2.5
-- method:  times in UTC; the end is left to the channel's time step
--
-- channel_id      string, required | Channel | Canal
-- counter_id      string | Counter | Compteur
-- start_datetime  datetime, required | Start | Début
-- end_datetime    datetime | End | Fin
-- count           number | People | Passages
SELECT coalesce(c.code, s.code)                                                      AS channel_id,
       NULL                                                                          AS counter_id,
       strftime('%Y-%m-%dT%H:%M:%SZ', m.start_s, 'unixepoch')                        AS start_datetime,
       NULL                                                                          AS end_datetime,
       CASE WHEN m.count = CAST(m.count AS INTEGER) THEN CAST(m.count AS INTEGER) ELSE m.count END
                                                                                     AS count
FROM footfall_count AS m
JOIN footfall_site AS s USING (footfall_site_id)
LEFT JOIN footfall_channel AS c USING (footfall_channel_id)
ORDER BY m.footfall_site_id, m.start_s, m.footfall_channel_id;
