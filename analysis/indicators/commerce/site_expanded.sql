-- topic:    site_expanded
-- title:    A year's figure from a few hours counted by hand | Une moyenne annuelle à partir de quelques heures comptées à la main
-- feature:  footfall_site
-- needs:    footfall_slot, slot_share
-- uses:     footfall_count
-- param:    own_counters integer = 3 -- so many counters of the run with all their weekdays are the group; with fewer, those of slot_share
-- param:    own_days integer = 56    -- days each must have counted
-- method:   people in the slots counted over the part of a day of the year that those slots are, the geometric mean of a group of counters.
--           The interval (95 %, Student's t of the group) adds on the logarithm the variance between the counters of the group, that from month
--           to month (the month of a count by hand is not known), and the site's own disagreement with the group: the spread of what each of its
--           slots alone would give, by their weight; a street with other hours than the group's gets a wide one. An estimate, no count
--           | personnes des créneaux comptés, rapportées à la part d'un jour de l'année que ces créneaux font, moyenne
--           géométrique d'un groupe de compteurs. L'intervalle (95 %, Student du groupe) additionne sur le logarithme la
--           variance entre les compteurs du groupe, celle d'un mois à l'autre (le mois d'un comptage manuel n'est pas connu) et
--           le désaccord du site avec le groupe : la dispersion de ce que chacun de ses créneaux donnerait seul, selon leur
--           poids ; une rue aux heures différentes de celles du groupe a un intervalle large. Une estimation, pas un comptage
-- source:   factor groups: FHWA, Traffic Monitoring Guide 2016, ch. 4; t from z: Cornish and Fisher 1938
--
-- footfall_expanded_per_day       mean, people/day, short ff_exp    | Estimated people a day of the year | Passages estimés par jour moyen de l'année
-- footfall_expanded_low_per_day   mean, people/day, short fflo_exp  | Estimate, lower end | Estimation, borne basse
-- footfall_expanded_high_per_day  mean, people/day, short ffhi_exp  | Estimate, upper end | Estimation, borne haute
-- slots_counted                   stock, slots, short ff_slots      | Time slots counted | Créneaux comptés
-- group_counters                  index, count, short ff_group      | Counters whose profile is lent | Compteurs dont le profil est emprunté
WITH folded AS (
    SELECT footfall_site_id, count_profile(day, start_s, count, :time_zone) AS profile
    FROM footfall_count
    GROUP BY footfall_site_id),
own AS (
    SELECT footfall_site_id AS counter, profile, profile_per_day(profile) AS per_day
    FROM folded
    WHERE profile_days(profile, 1, 7) >= :own_days AND profile_per_day(profile) > 0),
slot AS (
    SELECT DISTINCT weekday, from_hour, to_hour FROM footfall_slot),
part AS (
    SELECT counter, weekday, from_hour, to_hour,
           profile_sum(profile, weekday, weekday, 60 * from_hour, 60 * to_hour) / nullif(profile_days(profile, weekday, weekday), 0) / per_day AS share
    FROM own
    CROSS JOIN slot
    WHERE (SELECT count(counter) FROM own) >= :own_counters
    UNION ALL
    SELECT counter, weekday, from_hour, to_hour, share
    FROM slot_share
    WHERE (SELECT count(counter) FROM own) < :own_counters AND :period BETWEEN from_year AND to_year),
usual AS (
    SELECT weekday, from_hour, to_hour, avg(share) AS share FROM part WHERE share > 0 GROUP BY weekday, from_hour, to_hour),
counted AS (
    SELECT footfall_site_id, weekday, from_hour, to_hour, people FROM footfall_slot WHERE footfall_site_id IS NOT NULL AND people IS NOT NULL),
lent AS ( -- what the slots of a site are of a day, by each counter of the group
    SELECT c.footfall_site_id, p.counter, ln(sum(p.share)) AS log_share
    FROM counted AS c
    JOIN part AS p USING (weekday, from_hour, to_hour)
    GROUP BY c.footfall_site_id, p.counter
    HAVING sum(p.share) > 0 AND min(p.share) >= 0),
grouped AS (
    SELECT footfall_site_id, count(*) AS counters, avg(log_share) AS log_share,
           max(sum(log_share * log_share) - count(*) * avg(log_share) * avg(log_share), 0.0) / nullif(count(*) - 1, 0) AS variance
    FROM lent
    GROUP BY footfall_site_id),
whole AS (
    SELECT c.footfall_site_id, count(*) AS slots, sum(c.people) AS people, sum(u.share) AS share
    FROM counted AS c
    JOIN usual AS u USING (weekday, from_hour, to_hour)
    GROUP BY c.footfall_site_id),
apart AS (
    SELECT c.footfall_site_id,
           sum(u.share * pow(ln(c.people / u.share) - ln(w.people / w.share), 2)) / sum(u.share) AS variance
    FROM counted AS c
    JOIN usual AS u USING (weekday, from_hour, to_hour)
    JOIN whole AS w USING (footfall_site_id)
    WHERE c.people > 0
    GROUP BY c.footfall_site_id),
sure AS (
    SELECT footfall_site_id, slots, counters, people / exp(g.log_share) AS per_day,
           (1.96 + 2.37 / (counters - 1) + 2.82 / ((counters - 1) * (counters - 1)))
           * sqrt(g.variance * (1 + 1.0 / counters) + a.variance
                  + (SELECT max(season_log) * max(season_log) FROM slot_share WHERE :period BETWEEN from_year AND to_year)) AS log_half
    FROM whole
    JOIN grouped AS g USING (footfall_site_id)
    LEFT JOIN apart AS a USING (footfall_site_id)
    WHERE counters > 1)
SELECT footfall_site_id,
       per_day                  AS footfall_expanded_per_day,
       per_day * exp(-log_half) AS footfall_expanded_low_per_day,
       per_day * exp(log_half)  AS footfall_expanded_high_per_day,
       slots                    AS slots_counted,
       counters                 AS group_counters
FROM sure;
