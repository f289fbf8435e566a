-- title:     Counts, national schema | Mesures de comptage, schéma national
-- into:      footfall_count
-- publisher: schéma national des comptages de mobilité (Etalab)
-- access:    open
-- geometry:  none
-- key:       footfall_channel_id, start_s
-- latest:    max(day) / 10000
-- needs:     footfall_channel
-- method:    an empty count is no measure; 0 is nobody; both directions of a site are summed
-- reject:    channel_unknown | not a pedestrian channel of this run | pas un canal piéton de cette série | expected
-- reject:    no_measure | empty count: nothing was measured | comptage vide : rien n'a été mesuré | expected
-- reject:    time_unreadable | the time is not ISO 8601 or does not exist | l'heure n'est pas ISO 8601 ou n'existe pas
-- reject:    count_not_usable | the count is no number, negative, or over ten million in one measure | le comptage n'est pas un nombre, est négatif, ou dépasse dix millions en une mesure
--
-- channel_code = channel_id
-- start        = start_datetime
-- count        = count
SELECT footfall_site_id,
       day,
       start_s,
       footfall_channel_id,
       people AS count,
       CASE WHEN footfall_channel_id IS NULL THEN 'channel_unknown'
            WHEN people BETWEEN 0 AND 10000000 AND start_s IS NOT NULL THEN NULL
            WHEN coalesce(trim(count), '') = '' THEN 'no_measure'
            WHEN start_s IS NULL THEN 'time_unreadable'
            ELSE 'count_not_usable' END AS rejected
-- Inside, each value is computed once: without a limit SQLite would merge the two SELECTs.
FROM (SELECT key_of('footfall_channel', channel_code) AS footfall_channel_id,
             local_day(start, :time_zone)             AS day,
             instant_s(start, :time_zone)             AS start_s,
             decimal(count)                           AS people,
             count
      FROM source
      LIMIT -1)
LEFT JOIN footfall_channel USING (footfall_channel_id);
