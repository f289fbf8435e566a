-- table:   calendar_day
-- title:   The days of the counts in the calendar | Les jours des comptages dans le calendrier
-- needs:   site_day, district, public_holiday, school_holiday, school_zone
-- key:     day
-- method:  public holidays are computed (Easter by the Gregorian rule), for the places of the French republic; school holidays are those
--          of the zone of the department most districts' codes begin with. is_school_holiday is NULL, not 0, where the zone is not known, or the
--          day lies outside the years of the table; is_public_holiday is NULL abroad
-- source:  criteria public_holiday, school_holiday, school_zone; Easter: Meeus 1991, ch. 8
WITH town AS (
    SELECT substr(code, 1, 2) AS department
    FROM district
    WHERE code GLOB '[0-9][0-9AB][0-9][0-9][0-9]' OR code GLOB '[0-9][0-9AB][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
    GROUP BY 1
    ORDER BY count(*) DESC, 1
    LIMIT 1),
counted AS (
    SELECT DISTINCT day, day / 10000 AS year FROM site_day),
century AS (
    SELECT year, year % 19 AS a, year / 100 AS b, year % 100 AS c FROM (SELECT DISTINCT year FROM counted)),
epact AS (
    SELECT year, a, c, (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30 AS h, b % 4 AS e FROM century),
moon AS (
    SELECT year, a, h, (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7 AS l FROM epact),
easter AS (
    SELECT year, day_number(year * 10000 + (n / 31) * 100 + n % 31 + 1) AS number
    FROM (SELECT year, h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114 AS n FROM moon)),
kept AS (
    SELECT e.year, p.name, p.month_day, e.number + p.after_easter AS number
    FROM easter AS e
    CROSS JOIN public_holiday AS p
    WHERE coalesce(p.time_zone, :time_zone) = :time_zone
      AND (p.departments IS NULL OR instr(p.departments, ' ' || (SELECT department FROM town) || ' ')))
SELECT c.day,
       CASE WHEN :time_zone <> 'Europe/London' -- the one zone known that is not French
            THEN k.name IS NOT NULL END AS is_public_holiday,
       k.name AS public_holiday,
       CASE WHEN z.zone IS NOT NULL AND c.day BETWEEN (SELECT min(first_day) FROM school_holiday) AND (SELECT max(last_day) FROM school_holiday)
            THEN s.name IS NOT NULL END AS is_school_holiday,
       s.name AS school_holiday
FROM counted AS c
LEFT JOIN (SELECT year, min(name) AS name, month_day, number FROM kept GROUP BY year, month_day, number) AS k
       ON k.year = c.year AND (k.month_day = c.day % 10000 OR k.number = day_number(c.day)) AND :time_zone <> 'Europe/London'
LEFT JOIN school_zone AS z
       ON c.year BETWEEN z.from_year AND z.to_year AND instr(z.departments, ' ' || (SELECT department FROM town) || ' ')
LEFT JOIN school_holiday AS s ON c.day BETWEEN s.first_day AND s.last_day AND instr(s.zones, z.zone)
GROUP BY c.day;
