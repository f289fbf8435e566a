-- topic:    population_by_floor
-- title:    People, weighted by floor area | Habitants, au prorata des planchers
-- needs:    grid_population, overlap_by_floor
-- gap:      null
-- shown:    none
-- method:   as `people`, but a square's people go where its floors are
--           | comme `people`, mais les habitants d'un carreau vont où sont ses surfaces de plancher
-- source:   Filosofi, Insee; dasymetric weights, Wright 1936
--
-- people_by_floor  stock, people, short ppl_flr | People by floor area | Habitants au prorata des planchers
SELECT o.to_id AS district_id, total(g.people * o.from_share) AS people_by_floor
FROM overlap_by_floor AS o
JOIN grid_population AS g ON g.district_id = o.from_id
GROUP BY o.to_id;
