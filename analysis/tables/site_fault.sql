-- table:   site_fault
-- title:   What is odd in a site's series, from when to when | Ce qui est anormal dans la série d'un site, et quand
-- needs:   site_day, calendar_day
-- key:     footfall_site_id, from_day, kind
-- param:   gap_times real = 3        -- a gap: days without a measure, this many times the usual wait (a counter of Saturdays waits a week)
-- param:   part real = 0.75          -- a part_day: measured at fewer than this part of the usual times of the day
-- param:   least real = 50           -- people on a usual day: under it nobody is no sign of a fault, and chance alone makes peaks
-- param:   high_times real = 2.5     -- a high day: this many times the usual
-- param:   low_times real = 4        -- a low day: the usual divided by this
-- param:   deviations real = 6       -- and, high or low, so many robust standard deviations away (1.4826 times the median absolute deviation)
-- param:   usual_days integer = 5    -- with fewer days to compare nothing is usual
-- method:  usual: as in site_day; a run of days with the same fault is one row. kinds: gap, silent (nobody where people are usual),
--          part_day, high, low (public holidays, part days and silent days apart). value: the days missing; for high and low the most
--          or least people; for part_day the fewest times. reference: what it is compared with. Nothing is taken out, nothing filled in
-- source:  robust outliers: Iglewicz and Hoaglin 1993; the thresholds are choices of ours
WITH usual AS (
    SELECT footfall_site_id, median(wait) AS wait, median(instants) AS instants, median(people) AS people
    FROM site_day
    GROUP BY footfall_site_id
    HAVING count(*) >= :usual_days),
odd AS (
    SELECT s.footfall_site_id, s.day, day_number(s.day) AS number, s.people, s.instants, s.usual, u.instants AS usual_instants,
           CASE WHEN s.people = 0 THEN 'silent'
                WHEN s.instants < :part * u.instants THEN 'part_day'
                WHEN s.usual_days < :usual_days OR abs(s.people - s.usual) <= :deviations * 1.4826 * s.deviation THEN NULL
                WHEN s.people >= :high_times * s.usual THEN 'high'
                WHEN NOT EXISTS (SELECT 1 FROM calendar_day AS c WHERE c.day = s.day AND c.is_public_holiday) THEN 'low' END AS kind
    FROM usual AS u
    CROSS JOIN site_day AS s USING (footfall_site_id)
    WHERE u.people >= :least
      AND (s.people = 0 OR s.instants < :part * u.instants OR s.people >= :high_times * s.usual OR s.people * :low_times <= s.usual)),
run AS (
    SELECT *, number - row_number() OVER (PARTITION BY footfall_site_id, kind ORDER BY number) AS run
    FROM odd
    WHERE kind IS NOT NULL)
SELECT footfall_site_id,
       CAST(strftime('%Y%m%d', 86400 * (number - wait + 1), 'unixepoch') AS INTEGER) AS from_day,
       'gap'                                                                     AS kind,
       CAST(strftime('%Y%m%d', 86400 * (number - 1), 'unixepoch') AS INTEGER)    AS to_day,
       wait - 1                                                                  AS days,
       wait - 1                                                                  AS value,
       usual_wait - 1                                                            AS reference
FROM (SELECT s.footfall_site_id, day_number(s.day) AS number, s.wait, u.wait AS usual_wait
      FROM usual AS u
      CROSS JOIN site_day AS s USING (footfall_site_id)
      WHERE s.wait > 1 AND s.wait > CASE WHEN u.wait > 1 THEN :gap_times * u.wait ELSE 1 END)
UNION ALL
SELECT footfall_site_id, min(day), kind, max(day), count(*),
       CASE kind WHEN 'part_day' THEN min(instants) WHEN 'low' THEN min(people) WHEN 'high' THEN max(people) ELSE 0 END,
       CASE kind WHEN 'part_day' THEN max(usual_instants) ELSE median(usual) END
FROM run
GROUP BY footfall_site_id, kind, run;
