-- title:     Counts of an open data portal (Eco-Compteur) | Comptages d'un portail (Eco-Compteur)
-- into:      footfall_count
-- access:    open
-- geometry:  none
-- weight:    -1
-- key:       footfall_site_id, start_s
-- latest:    max(day) / 10000
-- needs:     footfall_site
-- method:    an empty count is no measure; 0 is nobody
-- reject:    site_unknown | no site has this id | aucun site n'a cet identifiant
-- reject:    no_measure | empty count: nothing was measured | comptage vide : rien n'a été mesuré | expected
-- reject:    time_unreadable | the time is not ISO 8601 or does not exist | l'heure n'est pas ISO 8601 ou n'existe pas
-- reject:    count_not_usable | the count is no number, negative, or over ten million in one measure | le comptage n'est pas un nombre, est négatif, ou dépasse dix millions en une mesure
--
-- site_code = name, nom
-- start     = date, date_heure, isodate
-- count     = counts
SELECT footfall_site_id,
       local_day(start, :time_zone) AS day,
       instant_s(start, :time_zone) AS start_s,
       0 AS footfall_channel_id,
       people AS count,
       CASE WHEN footfall_site_id IS NULL THEN 'site_unknown'
            WHEN people BETWEEN 0 AND 10000000 AND instant_s(start, :time_zone) IS NOT NULL THEN NULL
            WHEN coalesce(trim(count), '') = '' THEN 'no_measure'
            WHEN instant_s(start, :time_zone) IS NULL THEN 'time_unreadable'
            ELSE 'count_not_usable' END AS rejected
FROM (SELECT key_of('footfall_site', site_code) AS footfall_site_id,
             CASE WHEN length(start) = 10 THEN start || 'T00:00' ELSE start END AS start,
             decimal(count)                     AS people,
             count
      FROM source
      LIMIT -1);
