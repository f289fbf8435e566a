-- title:     Hourly counts of a city's series | Série municipale de comptages horaires
-- into:      footfall_count
-- access:    open
-- geometry:  none
-- weight:    -1
-- key:       footfall_site_id, start_s
-- latest:    max(day) / 10000
-- needs:     footfall_site
-- method:    a day and an hour of local time; dates are day/month/year, day-Mon-year or ISO; a site is found by its code or name, else as
--            the only one whose name the series shortens, which is said; an empty count is no measure; 0 is nobody
-- reject:    site_unknown | no site has this id | aucun site n'a cet identifiant
-- reject:    no_measure | empty count: nothing was measured | comptage vide : rien n'a été mesuré | expected
-- reject:    time_unreadable | the hour does not exist (summer time) or cannot be read | l'heure n'existe pas (heure d'été) ou n'est pas lisible
-- reject:    count_not_usable | the count is no number, negative, or over ten million in one measure | le comptage n'est pas un nombre, est négatif, ou dépasse dix millions en une mesure
--
-- site_name = locationname, location_id, sensor_name, locname, sensor_id
-- date      = date, sensing_date, jour
-- hour      = hour, hourday, heure, time
-- count     = incount, pedestriancount, hourly_counts, total_of_directions, comptage
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
FROM (SELECT key_like('footfall_site', site_name) AS footfall_site_id,
             CASE WHEN substr(date, 3, 1) = '/'
                  THEN substr(date, 7, 4) || '-' || substr(date, 4, 2) || '-' || substr(date, 1, 2)
                  WHEN substr(date, 3, 1) = '-'
                  THEN substr('20' || substr(date, 8), -4) || '-'
                       || substr('0' || ((2 + instr('janfebmaraprmayjunjulaugsepoctnovdec', lower(substr(date, 4, 3)))) / 3), -2)
                       || '-' || substr(date, 1, 2)
                  ELSE substr(date, 1, 10) END
             || substr('T0', 1, 3 - length(trim(hour))) || trim(hour) || ':00' AS start,
             decimal(count)               AS people,
             count
      FROM source
      LIMIT -1);
