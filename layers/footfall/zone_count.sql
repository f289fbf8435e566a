-- title:     Counts by zone (mobile phones, Wi-Fi) | Fréquentation par zone (téléphones mobiles, Wi-Fi)
-- into:      footfall_zone_count
-- access:    restricted
-- geometry:  none
-- uses:      value_code
-- weight:    -1
-- key:       zone_code, day, start_s
-- latest:    max(day) / 10000
-- method:    a commercial table of zone, time and volume; a hidden volume is secret, not zero; the zone is the district of this
--            code or name
-- reject:    zone_missing | no zone | pas de zone
-- reject:    time_unreadable | the time is not ISO 8601 or does not exist | l'heure n'est pas ISO 8601 ou n'existe pas
-- note:      SELECT count(DISTINCT zone_code) FROM footfall_zone_count WHERE source_file_id = :source_file_id AND district_id IS NULL
--            | zone(s) that are no district of the run | zone(s) qui ne sont pas un quartier
--
-- zone_code = zone, zone_id, code_zone, zone_code, nom_zone
-- start     = date, datetime, timestamp, heure, start_datetime
-- people    = volume, people, count, counts, frequentation, nb_personnes
SELECT trim(zone_code)                  AS zone_code,
       local_day(start, :time_zone)     AS day,
       CASE WHEN is_hour THEN instant_s(start, :time_zone) END AS start_s,
       decimal(people)                  AS people,
       coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(people))),
                CASE WHEN decimal(people) IS NULL THEN 'missing' ELSE 'ok' END) AS status,
       CASE WHEN nullif(trim(zone_code), '') IS NULL THEN 'zone_missing'
            WHEN local_day(start, :time_zone) IS NULL THEN 'time_unreadable' END AS rejected
FROM (SELECT zone_code, people, length(start) > 10 AS is_hour,
             CASE WHEN length(start) = 10 THEN start || 'T00:00' ELSE start END AS start
      FROM source
      LIMIT -1);
