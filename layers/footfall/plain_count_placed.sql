-- title:     Counts that carry their position, plain format | Comptages avec leur position, format simple
-- into:      footfall_count_row
-- access:    open
-- geometry:  none
-- key:       site_code, start_s
-- latest:    max(day) / 10000
-- method:    the table gives its sites too: a site lies where most of its rows say, unless a file of sites has it; a row that gives
--            another place is not used (placed_counts.sql); an empty count is no measure; 0 is nobody
-- reject:    code_missing | no sensor id | pas d'identifiant de capteur
-- reject:    no_measure | empty count: nothing was measured | comptage vide : rien n'a été mesuré | expected
-- reject:    time_unreadable | the time is not ISO 8601 or does not exist | l'heure n'est pas ISO 8601 ou n'existe pas
-- reject:    count_not_usable | the count is no number, negative, or over ten million in one measure | le comptage n'est pas un nombre, est négatif, ou dépasse dix millions en une mesure
-- note:      SELECT count(*) FROM footfall_site WHERE source_file_id = :source_file_id
--            | counting site(s) placed by the table of counts itself | site(s) de comptage placé(s) par la table de comptages elle-même
-- note:      SELECT count(*) FROM footfall_count_row WHERE source_file_id = :source_file_id AND NOT is_used
--            | count(s) not used: no place, another place than the site's, or given by another file
--            | comptage(s) inutilisé(s) : sans lieu, à un autre lieu que le site, ou donnés par un autre fichier
--
-- site_code = sensor_id
-- start     = timestamp
-- count     = count
-- lon       = lon, long, longitude, xlong
-- lat       = lat, latitude, ylat
SELECT site_code,
       day,
       start_s,
       people,
       CASE WHEN lon <> 0 OR lat <> 0 THEN lon END AS lon_deg,
       CASE WHEN lon <> 0 OR lat <> 0 THEN lat END AS lat_deg,
       0                                           AS is_used,
       CASE WHEN site_code IS NULL THEN 'code_missing'
            WHEN abs(lon) > 360 OR abs(lat) > 360 THEN 'metres_as_degrees'
            WHEN people BETWEEN 0 AND 10000000 AND start_s IS NOT NULL THEN NULL
            WHEN coalesce(trim(count), '') = '' THEN 'no_measure'
            WHEN start_s IS NULL THEN 'time_unreadable'
            ELSE 'count_not_usable' END AS rejected
-- Inside, each value is computed once: without a limit SQLite would merge the two SELECTs.
FROM (SELECT nullif(trim(site_code), '')  AS site_code,
             local_day(start, :time_zone) AS day,
             instant_s(start, :time_zone) AS start_s,
             decimal(count)               AS people,
             decimal(lon)                 AS lon,
             decimal(lat)                 AS lat,
             count
      FROM source
      LIMIT -1);
