-- title:  What an edition for everybody keeps back | Ce qu'une édition publique retient
-- param:  under_units integer = 11   -- LOVAC (dwellings) and Insee's 200 m squares (households) keep back fewer than eleven
-- method: looks only at the indicators of restricted_indicator, those that come from restricted files. The figures of a topic
--         about a district go out together or not at all, so that none is the difference of two others; one district kept back
--         alone among those of a grain would be the total less the others: the least of these is kept back with it.
--         Not looked for: differences between overlapping grains, between communes of one grain, between topics, between
--         two editions.

-- What has a count of units must reach the threshold: a stock itself, of a rate its units, those it counts and the others.
-- What has none (means, indices, areas, prices) cannot show that it does. Zero says nothing of anybody and is no number of units.
INSERT INTO kept_back (topic, district_id, period)
SELECT i.topic, v.district_id, v.period
FROM indicator_value AS v
JOIN restricted_indicator AS r USING (indicator)
JOIN indicator AS i ON i.feature = 'district' AND i.indicator = v.indicator
WHERE CASE WHEN i.kind = 'stock' AND i.unit = 'count'
           THEN v.value > 0 AND v.value < :under_units OR v.low > 0 AND v.low < :under_units OR v.high > 0 AND v.high < :under_units
           WHEN i.kind = 'rate' AND i.unit = '%'
           THEN v.n > 0 AND v.n < :under_units
                OR round(v.value * v.n / 100) > 0 AND round(v.value * v.n / 100) < :under_units
                OR round(v.n - v.value * v.n / 100) > 0 AND round(v.n - v.value * v.n / 100) < :under_units
           WHEN i.kind = 'median' THEN v.n > 0 AND v.n < :under_units
           ELSE v.value IS NOT NULL OR v.low IS NOT NULL END
GROUP BY i.topic, v.district_id, v.period;

INSERT INTO kept_back (topic, district_id, period)
SELECT topic, district_id, period
FROM (SELECT s.topic, s.district_id, s.period, k.topic IS NOT NULL AS is_kept,
             sum(k.topic IS NOT NULL) OVER (PARTITION BY s.topic, s.period, d.grain) AS n_kept,
             row_number() OVER (PARTITION BY s.topic, s.period, d.grain
                                ORDER BY k.topic IS NOT NULL, s.units = 0, s.units, d.code) AS rank
      FROM (SELECT i.topic, v.district_id, v.period, total(v.value) AS units
            FROM indicator_value AS v
            JOIN restricted_indicator AS r USING (indicator)
            JOIN indicator AS i ON i.feature = 'district' AND i.indicator = v.indicator
            WHERE i.kind = 'stock' AND i.unit = 'count'
            GROUP BY i.topic, v.district_id, v.period) AS s
      JOIN district AS d USING (district_id)
      LEFT JOIN kept_back AS k ON k.topic = s.topic AND k.district_id = s.district_id AND k.period = s.period)
WHERE n_kept = 1 AND rank = 1 AND NOT is_kept;

UPDATE indicator_value
SET value = NULL, low = NULL, high = NULL, smoothed = NULL, n = NULL, coverage = NULL, status = 'secret'
WHERE indicator IN (SELECT indicator FROM restricted_indicator)
  AND status <> 'none'
  AND EXISTS (SELECT 1 FROM kept_back AS k
              JOIN indicator AS i ON i.feature = 'district' AND i.indicator = indicator_value.indicator AND i.topic = k.topic
              WHERE k.district_id = indicator_value.district_id AND k.period = indicator_value.period);
