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
-- method:  usual: median of the up to eight counted days of the same weekday nearest in time, four before and four after; a run of days
--          with the same fault is one row. kinds: gap, silent (nobody where people are usual), part_day, high, low (public holidays,
--          part days and silent days apart). value: the days missing; for high and low the most or least people; for part_day the fewest times.
--          reference: what it is compared with. Nothing is taken out and nothing is filled in
-- source:  robust outliers: Iglewicz and Hoaglin 1993; the thresholds are choices of ours
WITH numbered AS (
    SELECT s.footfall_site_id, s.day, s.people, s.instants, day_number(s.day) AS number, weekday(s.day) AS weekday,
           coalesce(c.is_public_holiday, 0) AS is_holiday,
           row_number() OVER alike AS place,
           min(s.people) OVER (alike ROWS BETWEEN 4 PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW) AS least_near,
           max(s.people) OVER (alike ROWS BETWEEN 4 PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW) AS most_near,
           day_number(s.day) - lag(day_number(s.day)) OVER by_day AS wait
    FROM site_day AS s
    LEFT JOIN calendar_day AS c USING (day)
    WINDOW alike AS (PARTITION BY s.footfall_site_id, weekday(s.day) ORDER BY s.day),
           by_day AS (PARTITION BY s.footfall_site_id ORDER BY s.day)),
usual AS (
    SELECT footfall_site_id, median(wait) AS wait, median(instants) AS instants, median(people) AS people, count(*) AS days
    FROM numbered
    GROUP BY footfall_site_id),
suspect AS ( -- what cannot be odd is not looked at twice
    SELECT n.*, u.instants AS usual_instants
    FROM numbered AS n
    JOIN usual AS u USING (footfall_site_id)
    WHERE u.people >= :least AND u.days >= :usual_days
      AND (n.people = 0 OR n.instants < :part * u.instants
           OR n.people >= :high_times * n.least_near OR n.people * :low_times <= n.most_near)),
compared AS (
    SELECT s.footfall_site_id, s.day, s.number, s.people, s.instants, s.usual_instants, s.is_holiday, median(n.people) AS usual, count(*) AS days
    FROM suspect AS s
    LEFT JOIN numbered AS n ON n.footfall_site_id = s.footfall_site_id AND n.weekday = s.weekday
                           AND n.place BETWEEN s.place - 4 AND s.place + 4 AND n.place <> s.place
    GROUP BY s.footfall_site_id, s.day),
spread AS (
    SELECT c.*, 1.4826 * (SELECT median(abs(n.people - c.usual))
                          FROM numbered AS n
                          JOIN suspect AS s ON s.footfall_site_id = c.footfall_site_id AND s.day = c.day
                          WHERE n.footfall_site_id = s.footfall_site_id AND n.weekday = s.weekday
                            AND n.place BETWEEN s.place - 4 AND s.place + 4 AND n.place <> s.place) AS deviation
    FROM compared AS c),
odd AS (
    SELECT footfall_site_id, day, number, people, instants, usual, usual_instants,
           CASE WHEN people = 0 THEN 'silent'
                WHEN instants < :part * usual_instants THEN 'part_day'
                WHEN days < :usual_days OR abs(people - usual) <= :deviations * deviation THEN NULL
                WHEN people >= :high_times * usual THEN 'high'
                WHEN people * :low_times <= usual AND NOT is_holiday THEN 'low' END AS kind
    FROM spread),
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
FROM (SELECT n.footfall_site_id, n.number, n.wait, u.wait AS usual_wait
      FROM numbered AS n
      JOIN usual AS u USING (footfall_site_id)
      WHERE u.days >= :usual_days AND n.wait > 1 AND n.wait > CASE WHEN u.wait > 1 THEN :gap_times * u.wait ELSE 1 END)
UNION ALL
SELECT footfall_site_id, min(day), kind, max(day), count(*),
       CASE kind WHEN 'part_day' THEN min(instants) WHEN 'low' THEN min(people) WHEN 'high' THEN max(people) ELSE 0 END,
       CASE kind WHEN 'part_day' THEN max(usual_instants) ELSE median(usual) END
FROM run
GROUP BY footfall_site_id, kind, run;
