-- export:  comptage-channel.csv
-- title:   Counting channels, national schema | Canaux de comptage, schéma national
-- schema:  https://schema.data.gouv.fr/etalab/schema-comptage-mobilites-channel/
-- version: 0.2.5
-- param:   permanent_days integer = 365   -- counts over at least so many days come from a permanent counter
-- method:  a site without channels is its own channel; the time step is the shortest time between two measures
--
-- channel_id                     string, required | Channel | Canal
-- channel_provider_id            string | Channel, by the provider | Canal chez le fournisseur
-- site_provider_id               string | Site, by the provider | Site chez le fournisseur
-- site_id                        string, required | Site | Site
-- mobility_type                  string | Who is counted | Mobilités comptées
-- comment                        string | Comment | Commentaire
-- counter_transmission_type      string | How the counter sends | Transmission du compteur
-- publication_transmission_type  string | How it is published | Transmission à la publication
-- counter_type                   string | Kind of counter | Type de compteur
-- direction                      string | Direction | Direction
-- provider_direction_code        string | Direction, by the provider | Sens chez le fournisseur
-- provider_direction_name        string | Direction, in words | Sens en toutes lettres
-- data_provider_name             string | Provider | Fournisseur
-- temporality                    string, required | Permanent or temporary | Permanent ou temporaire
-- started_at                     datetime, required | Start | Début
-- ended_at                       datetime | End | Fin
-- last_updated_at                datetime | Last update | Mise à jour
-- time_step                      number | Time step (s) | Pas de temps (s)
-- provider_portal_url            string | Page | Page
SELECT coalesce(c.code, s.code)                                                          AS channel_id,
       NULL                                                                              AS channel_provider_id,
       NULL                                                                              AS site_provider_id,
       s.code                                                                            AS site_id,
       'PEDESTRIAN'                                                                      AS mobility_type,
       NULL                                                                              AS comment,
       NULL                                                                              AS counter_transmission_type,
       NULL                                                                              AS publication_transmission_type,
       NULL                                                                              AS counter_type,
       NULL                                                                              AS direction,
       NULL                                                                              AS provider_direction_code,
       NULL                                                                              AS provider_direction_name,
       NULL                                                                              AS data_provider_name,
       CASE WHEN m.end_s - m.start_s >= 86400 * :permanent_days THEN 'PERMANENT' ELSE 'TEMPORARY' END
                                                                                         AS temporality,
       strftime('%Y-%m-%dT%H:%M:%SZ', m.start_s, 'unixepoch')                            AS started_at,
       NULL                                                                              AS ended_at,
       NULL                                                                              AS last_updated_at,
       m.step_s                                                                          AS time_step,
       NULL                                                                              AS provider_portal_url
FROM (SELECT footfall_site_id, footfall_channel_id, min(start_s) AS start_s, max(start_s) AS end_s, min(step_s) AS step_s
      FROM (SELECT footfall_site_id, footfall_channel_id, start_s,
                   lead(start_s) OVER (PARTITION BY footfall_site_id, footfall_channel_id ORDER BY start_s) - start_s AS step_s
            FROM footfall_count)
      GROUP BY 1, 2) AS m
JOIN footfall_site AS s USING (footfall_site_id)
LEFT JOIN footfall_channel AS c USING (footfall_channel_id)
ORDER BY m.footfall_site_id, m.footfall_channel_id;
