-- title:     Counts, national schema | Mesures de comptage, schéma national
-- into:      footfall_count
-- publisher: schéma national des comptages de mobilité (Etalab)
-- access:    open
-- geometry:  none
-- key:       footfall_channel_id, start_s
-- latest:    max(day) / 10000
-- needs:     footfall_channel
-- method:    an empty count is no measure; 0 is nobody; both directions of a site are summed
-- reject:    channel_unknown | not a pedestrian channel of this run | pas un canal piéton de cette série
-- reject:    no_measure | empty count: nothing was measured | comptage vide : rien n'a été mesuré
-- reject:    time_unreadable | the time is not ISO 8601 or does not exist | l'heure n'est pas ISO 8601 ou n'existe pas
-- reject:    count_not_usable | the count is no number, or negative | le comptage n'est pas un nombre, ou est négatif
--
-- channel_code = channel_id
-- start        = start_datetime
-- count        = count
SELECT (SELECT footfall_site_id FROM footfall_channel
        WHERE footfall_channel_id = key_of('footfall_channel', channel_code)) AS footfall_site_id,
       local_day(start, :time_zone)               AS day,
       instant_s(start, :time_zone)               AS start_s,
       key_of('footfall_channel', channel_code)   AS footfall_channel_id,
       decimal(count)                             AS count,
       CASE WHEN key_of('footfall_channel', channel_code) IS NULL THEN 'channel_unknown'
            WHEN nullif(trim(count), '') IS NULL THEN 'no_measure'
            WHEN instant_s(start, :time_zone) IS NULL THEN 'time_unreadable'
            WHEN coalesce(decimal(count), -1) < 0 THEN 'count_not_usable'
       END AS rejected
FROM source;
