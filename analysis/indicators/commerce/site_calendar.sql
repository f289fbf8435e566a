-- topic:    site_calendar
-- title:    Public and school holidays at a site, and what is odd in its series | Jours fériés, vacances et anomalies d'un site
-- feature:  footfall_site
-- needs:    site_day, calendar_day
-- method:   mean of the days of each month and weekday that are holidays over the mean of those that are not, each cell by its
--           holidays; only months and weekdays with both; NULL where the calendar is not known (abroad, a zone or a year not in the table)
--           | moyenne des jours de chaque mois et jour de semaine qui sont des congés sur celle des jours qui n'en sont pas,
--           chaque case selon ses congés ; seulement les mois et jours qui ont les deux ; vide quand le calendrier n'est pas
--           connu (étranger, zone ou année absente de la table)
-- source:   criteria public_holiday and school_holiday
--
-- public_holiday_ratio  index, ratio, short ff_pubhol | People on public holidays over other days like them | Passages des jours fériés sur ceux des autres jours semblables
-- school_holiday_ratio  index, ratio, short ff_school | People in school holidays over other days like them | Passages des vacances scolaires sur ceux des autres jours semblables
WITH cell AS (
    SELECT s.footfall_site_id,
           sum(c.is_public_holiday)                              AS public_days,
           avg(CASE WHEN c.is_public_holiday THEN s.people END)  AS on_public,
           avg(CASE WHEN NOT c.is_public_holiday THEN s.people END) AS off_public,
           sum(CASE WHEN NOT c.is_public_holiday THEN c.is_school_holiday END) AS school_days,
           avg(CASE WHEN NOT c.is_public_holiday AND c.is_school_holiday THEN s.people END)     AS on_school,
           avg(CASE WHEN NOT c.is_public_holiday AND NOT c.is_school_holiday THEN s.people END) AS off_school
    FROM site_day AS s
    JOIN calendar_day AS c USING (day)
    GROUP BY s.footfall_site_id, s.day / 100 * 8 + s.weekday) -- a month and a weekday, as one number: quickly sorted
SELECT footfall_site_id,
       sum(CASE WHEN off_public IS NOT NULL THEN public_days * on_public END)
       / sum(CASE WHEN on_public IS NOT NULL THEN public_days * off_public END) AS public_holiday_ratio,
       sum(CASE WHEN off_school IS NOT NULL THEN school_days * on_school END)
       / sum(CASE WHEN on_school IS NOT NULL THEN school_days * off_school END) AS school_holiday_ratio
FROM cell
GROUP BY footfall_site_id;
