-- prepare:   footfall_day
-- needs:     footfall_count
-- title:     one row a site and local day | une ligne par site et jour local
SELECT site AS footfall_site_id,
       day,
       measures,
       people,
       most,
       longest_run
FROM counted_days(fold('count_days', 'footfall_count', 'footfall_site_id, day, footfall_channel_id, count'));

-- prepare:   footfall_usual
-- needs:     footfall_count
-- title:     what is usual at a site | ce qui est habituel sur un site
SELECT footfall_site_id,
       count(*)         AS days,
       median(measures) AS measures,
       median(people)   AS people,
       median(most)     AS most
FROM footfall_day
GROUP BY footfall_site_id;

-- check:     stuck_sensor
-- table:     footfall_count
-- needs:     footfall_day
-- title:     the same count again and again: is the sensor stuck? | toujours le même comptage : capteur bloqué ?
-- severity:  warning
-- param:     measures integer = 12   -- in a row on one day, the same number of people, not 0
-- reference: how many of the day's measures of that channel are this number | combien de mesures du jour, sur ce canal, ont cette valeur
SELECT c.source_file_id,
       c.source_row,
       printf('%g', c.count) AS value,
       s.same                AS reference
FROM (SELECT footfall_site_id, day, footfall_channel_id, count, count(*) AS same
      FROM footfall_day
      CROSS JOIN footfall_count USING (footfall_site_id, day)
      WHERE longest_run >= :measures AND count > 0
      GROUP BY 1, 2, 3, 4
      HAVING count(*) >= :measures) AS s
CROSS JOIN footfall_count AS c USING (footfall_site_id, day, footfall_channel_id, count);

-- check:     ten_times_day
-- table:     footfall_count
-- needs:     footfall_day, footfall_usual
-- title:     a day with many times the people of the site's other days | un jour à plusieurs fois la fréquentation des autres jours du site
-- severity:  warning
-- param:     times real = 6          -- times the median day of the site
-- param:     least_days integer = 5  -- with fewer days nothing is usual
-- param:     most_share real = 0.05   -- of the site's days: what comes more often, as a market does, is usual
-- param:     least real = 50         -- people on that day, below which chance alone can do it
-- reference: people on the site's median day | passages du jour médian du site
WITH odd AS (
    SELECT d.footfall_site_id, d.day, d.people, u.people AS usual, u.days
    FROM footfall_day AS d
    CROSS JOIN footfall_usual AS u USING (footfall_site_id)
    WHERE u.days >= :least_days AND d.people >= :least AND d.people > :times * u.people)
SELECT c.source_file_id,
       c.source_row,
       printf('%.0f (%d)', o.people, o.day) AS value,
       printf('%.0f', o.usual)              AS reference
FROM odd AS o
CROSS JOIN footfall_count AS c USING (footfall_site_id, day)
WHERE (SELECT count(*) FROM odd WHERE odd.footfall_site_id = o.footfall_site_id) <= max(1, :most_share * o.days);

-- check:     ten_times_measure
-- table:     footfall_count
-- needs:     footfall_day, footfall_usual
-- title:     a measure many times the greatest of the site's other days | une mesure à plusieurs fois le maximum des autres jours du site
-- severity:  warning
-- param:     times real = 5            -- times the median of the days' greatest measures
-- param:     day_times real = 6        -- as in ten_times_day: a day named there is not named again
-- param:     least_days integer = 5    -- with fewer days nothing is usual
-- param:     most_share real = 0.05     -- of the site's days: what comes more often, as a market does, is usual
-- param:     least real = 50           -- people, below which chance alone can do it
-- reference: median of the site's greatest measure a day | médiane du maximum quotidien du site
WITH odd AS (
    SELECT d.footfall_site_id, d.day, u.most AS usual, u.days
    FROM footfall_day AS d
    CROSS JOIN footfall_usual AS u USING (footfall_site_id)
    WHERE u.days >= :least_days AND d.most >= :least AND d.most > :times * u.most AND d.people <= :day_times * u.people)
SELECT c.source_file_id,
       c.source_row,
       printf('%g', c.count) AS value,
       printf('%g', o.usual) AS reference
FROM odd AS o
CROSS JOIN footfall_count AS c USING (footfall_site_id, day)
WHERE c.count > :times * o.usual
  AND (SELECT count(*) FROM odd WHERE odd.footfall_site_id = o.footfall_site_id) <= max(1, :most_share * o.days);

-- check:     one_name_two_sites
-- table:     footfall_site
-- title:     two sites bear the same name | deux sites portent le même nom
-- severity:  note
-- reference: the other site's id | l'identifiant de l'autre site
SELECT a.source_file_id,
       a.source_row,
       a.name     AS value,
       min(b.code) AS reference
FROM footfall_site AS a
JOIN footfall_site AS b ON b.name = a.name AND b.footfall_site_id <> a.footfall_site_id
GROUP BY a.footfall_site_id;

-- check:     count_gap
-- table:     footfall_count
-- needs:     footfall_day
-- title:     a site was silent for days, then counts again | un site reste muet des jours durant, puis compte à nouveau
-- severity:  warning
-- param:     times real = 3          -- times the usual wait from one counted day to the next (a counter of Saturdays waits a week)
-- param:     least_days integer = 5  -- with fewer days nothing is usual
-- reference: the last day counted before | le dernier jour compté avant
WITH holed AS ( -- fewer days than from the first to the last
    SELECT footfall_site_id
    FROM footfall_day
    GROUP BY footfall_site_id
    HAVING count(*) >= :least_days AND day_number(max(day)) - day_number(min(day)) >= count(*)),
wait AS (
    SELECT footfall_site_id, day, before, day_number(day) - day_number(before) AS days
    FROM (SELECT footfall_site_id, day, lag(day) OVER (PARTITION BY footfall_site_id ORDER BY day) AS before
          FROM footfall_day
          WHERE footfall_site_id IN (SELECT footfall_site_id FROM holed))),
usual AS (
    SELECT footfall_site_id, median(days) AS days FROM wait GROUP BY footfall_site_id)
SELECT c.source_file_id,
       c.source_row,
       printf('%d', w.days - 1) AS value,
       w.before                 AS reference
FROM wait AS w
JOIN usual AS u USING (footfall_site_id)
CROSS JOIN footfall_count AS c USING (footfall_site_id, day)
WHERE w.days > 1 AND w.days > CASE WHEN u.days > 1 THEN :times * u.days ELSE 1 END
  AND c.start_s = (SELECT min(start_s) FROM footfall_count AS a WHERE a.footfall_site_id = w.footfall_site_id AND a.day = w.day)
GROUP BY w.footfall_site_id, w.day;

-- check:     hours_missing
-- table:     footfall_count
-- needs:     footfall_day, footfall_usual
-- title:     hours without a measure in the middle of a day: a gap is not zero | des heures sans mesure en pleine journée : un trou n'est pas zéro
-- severity:  warning
-- param:     least_share real = 0.9   -- of the site's usual measures a day: a day with more of them is whole (summer time: 23 of 24)
-- param:     times real = 4           -- times the usual wait of that day from one measure to the next
-- param:     most_share real = 0.1    -- of the site's days: what comes more often is how the site counts
-- reference: the usual wait of that day | l'attente habituelle ce jour-là
WITH measure AS (
    SELECT DISTINCT c.footfall_site_id, c.day, c.start_s, u.days AS site_days
    FROM footfall_day AS d
    CROSS JOIN footfall_usual AS u USING (footfall_site_id)
    CROSS JOIN footfall_count AS c USING (footfall_site_id, day)
    WHERE d.measures < :least_share * u.measures),
wait AS (
    SELECT *, start_s - lag(start_s) OVER (PARTITION BY footfall_site_id, day ORDER BY start_s) AS wait_s FROM measure),
odd AS (
    SELECT w.*, o.usual_s
    FROM (SELECT footfall_site_id, day, median(wait_s) AS usual_s FROM wait GROUP BY footfall_site_id, day) AS o
    JOIN wait AS w USING (footfall_site_id, day)
    WHERE w.wait_s > :times * o.usual_s)
SELECT c.source_file_id,
       min(c.source_row)                      AS source_row,
       printf('%g h', max(o.wait_s) / 3600.0) AS value,
       printf('%g h', o.usual_s / 3600.0)     AS reference
FROM odd AS o
CROSS JOIN footfall_count AS c USING (footfall_site_id, day, start_s)
WHERE (SELECT count(DISTINCT day) FROM odd WHERE odd.footfall_site_id = o.footfall_site_id) <= max(1, :most_share * o.site_days)
GROUP BY o.footfall_site_id, o.day, o.start_s, c.source_file_id;

-- check:     position_swapped
-- table:     footfall_site
-- needs:     footfall_count_row
-- title:     latitude and longitude are swapped | latitude et longitude sont inversées
-- severity:  error
-- reference: where the position lies once they are swapped back | où tombe la position une fois remise à l'endroit
SELECT source_file_id,
       source_row,
       printf('%.5f, %.5f', lon_deg, lat_deg) AS value,
       t.name                                 AS reference
FROM footfall_site AS s
JOIN footfall_count_row AS r USING (source_file_id, source_row)
JOIN territory AS t ON lat_deg BETWEEN t.west_deg AND t.east_deg AND lon_deg BETWEEN t.south_deg AND t.north_deg
WHERE NOT EXISTS (SELECT 1 FROM territory
                  WHERE lon_deg BETWEEN west_deg AND east_deg AND lat_deg BETWEEN south_deg AND north_deg);

-- check:     position_abroad
-- table:     footfall_site
-- needs:     footfall_count_row
-- title:     a counting site outside the French republic | un site de comptage hors de la République française
-- severity:  warning
-- method:    silent where the districts themselves lie elsewhere: a town abroad
-- reference: where the districts lie | où sont les quartiers
SELECT source_file_id,
       source_row,
       printf('%.5f, %.5f', lon_deg, lat_deg) AS value,
       coalesce(here.territory, 'France')     AS reference
FROM footfall_site AS s
JOIN footfall_count_row AS r USING (source_file_id, source_row)
CROSS JOIN here
WHERE (here.files = 0 OR here.territory IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM territory
                  WHERE lon_deg BETWEEN west_deg AND east_deg AND lat_deg BETWEEN south_deg AND north_deg
                     OR lat_deg BETWEEN west_deg AND east_deg AND lon_deg BETWEEN south_deg AND north_deg);

-- check:     position_moves
-- table:     footfall_count_row
-- title:     the row gives another place than the site has: not used | la ligne donne un autre lieu que celui du site : inutilisée
-- severity:  error
-- param:     far_m real = 200   -- as in placed_counts.sql
-- reference: the site's place, and how far it is | le lieu du site, et à quelle distance
SELECT r.source_file_id,
       r.source_row,
       printf('%.5f, %.5f', r.lon_deg, r.lat_deg)                                              AS value,
       printf('%.5f, %.5f: %.0f m', lon_deg(s.x_m, s.y_m), lat_deg(s.x_m, s.y_m), r.away_m) AS reference
FROM footfall_count_row AS r
JOIN footfall_site AS s USING (footfall_site_id)
WHERE r.away_m > :far_m;

-- check:     position_missing
-- table:     footfall_count_row
-- title:     nothing says where the site is: the count is not used | rien ne dit où est le site : comptage inutilisé
-- severity:  error
-- reference: sites that have a place | sites qui ont un lieu
SELECT source_file_id,
       source_row,
       site_code                            AS value,
       (SELECT count(*) FROM footfall_site) AS reference
FROM footfall_count_row
WHERE footfall_site_id IS NULL;
