-- table:   district_type
-- title:   Vacancy against footfall: how likely each level is in a district | Vacance et fréquentation : probabilité de chaque niveau par quartier
-- needs:   indicator_value, district, street_footfall, street_district, typology_limit, typology_class
-- key:     subject, district_id
-- param:   z real = 1.959964  -- of the 95 % intervals
-- method:  a rate is under a limit with the probability that Wilson's interval goes by: (limit - rate) / sqrt(limit (1 - limit) / n),
--          normal; so the limit is an end of the 95 % interval where that is 2.5 %. Footfall: log-normal, from its interval. The two are
--          taken as independent, a class has the product; the class is the likeliest, unsure where it is not likelier than the
--          others together. subject: dwelling or shop
-- source:  Wilson 1927, Probable inference, the law of succession, and statistical inference
WITH given AS (
    SELECT CASE v.indicator WHEN 'vacancy_rate_pct' THEN 'dwelling' ELSE 'shop' END AS subject,
           v.district_id, v.period, v.value / 100 AS rate, v.n,
           f.value AS people, f.low AS people_low, f.high AS people_high, ln(f.high / f.low) / (2 * :z) AS log_error
    FROM indicator_value AS v
    JOIN indicator_value AS f ON f.indicator = 'streets_footfall_per_day' AND f.district_id = v.district_id AND f.period = v.period
    WHERE v.indicator IN ('vacancy_rate_pct', 'shop_vacancy_rate_pct') AND v.period = :period
      AND v.value IS NOT NULL AND v.n > 0 AND f.low > 0 AND f.high > f.low),
below AS (
    SELECT g.*,
           normal_below((v.low / 100 - g.rate) / sqrt(v.low / 100 * (1 - v.low / 100) / g.n))     AS vacancy_low,
           normal_below((v.high / 100 - g.rate) / sqrt(v.high / 100 * (1 - v.high / 100) / g.n))  AS vacancy_to_middle,
           normal_below((ln(f.low) - ln(g.people)) / g.log_error)                                 AS footfall_low,
           normal_below((ln(f.high) - ln(g.people)) / g.log_error)                                AS footfall_to_middle
    FROM given AS g
    JOIN typology_limit AS v ON v.axis = g.subject AND :period BETWEEN v.from_year AND v.to_year
    JOIN typology_limit AS f ON f.axis = 'footfall' AND :period BETWEEN f.from_year AND f.to_year),
level AS (
    SELECT b.subject, b.district_id, b.rate, b.n, b.people, b.people_low, b.people_high,
           b.vacancy_low AS v1, b.vacancy_to_middle - b.vacancy_low AS v2, 1 - b.vacancy_to_middle AS v3,
           b.footfall_low AS f1, b.footfall_to_middle - b.footfall_low AS f2, 1 - b.footfall_to_middle AS f3
    FROM below AS b),
picked AS (
    SELECT *, CASE WHEN v1 >= v2 AND v1 >= v3 THEN 1 WHEN v2 >= v3 THEN 2 ELSE 3 END AS vacancy,
           CASE WHEN f1 >= f2 AND f1 >= f3 THEN 1 WHEN f2 >= f3 THEN 2 ELSE 3 END AS footfall
    FROM level),
classed AS (
    SELECT p.*, 10 * p.vacancy + p.footfall AS class, max(v1, v2, v3) * max(f1, f2, f3) AS odds,
           CAST(round(p.rate * p.n) AS INTEGER) AS vacant, d.name
    FROM picked AS p
    JOIN district AS d USING (district_id)),
rounded AS ( -- an estimate has two figures that mean something
    SELECT c.*, pow(10, floor(log10(people)) - 1) AS step, pow(10, floor(log10(people_low)) - 1) AS step_low,
           pow(10, floor(log10(people_high)) - 1) AS step_high
    FROM classed AS c),
written AS (
    SELECT r.*, printf('%.1f', 100 * rate) AS rate_text, printf('%,d', n) AS n_text, printf('%,d', vacant) AS vacant_text,
           printf('%,d', round(people / step) * step) AS people_text,
           printf('%,d', round(people_low / step_low) * step_low) AS low_text,
           printf('%,d', round(people_high / step_high) * step_high) AS high_text,
           printf('%d', round(100 * odds)) AS odds_text
    FROM rounded AS r)
SELECT w.subject, w.district_id, w.class, w.odds, w.v1, w.v2, w.v3, w.f1, w.f2, w.f3,
       CASE WHEN w.odds < 0.5 THEN 'unsure' END AS status,
       w.name || ': ' || w.rate_text || '% of the ' || CASE w.subject WHEN 'shop' THEN 'shops' ELSE 'dwellings' END
       || ' are vacant (' || w.vacant_text || ' of ' || w.n_text || '), about ' || w.people_text || ' people a day pass (between '
       || w.low_text || ' and ' || w.high_text || '). Likeliest class: “' || t.title_en || '” (' || w.odds_text
       || ' chances in 100).' AS sentence_en,
       -- char(160): no-break space; char(8239): narrow one, between thousands
       w.name || char(160) || ': ' || replace(w.rate_text, '.', ',') || char(160) || '% des '
       || CASE w.subject WHEN 'shop' THEN 'locaux commerciaux' ELSE 'logements' END || ' sont vacants ('
       || replace(w.vacant_text, ',', char(8239)) || ' sur ' || replace(w.n_text, ',', char(8239)) || '), il passe environ '
       || replace(w.people_text, ',', char(8239)) || ' personnes par jour (entre ' || replace(w.low_text, ',', char(8239))
       || ' et ' || replace(w.high_text, ',', char(8239)) || '). Classe la plus probable' || char(160) || ': «' || char(160)
       || replace(t.title_fr, ' :', char(160) || ':') || char(160) || '» (' || w.odds_text || ' chances sur 100).' AS sentence_fr
FROM written AS w
JOIN typology_class AS t ON t.class = w.class AND :period BETWEEN t.from_year AND t.to_year;
