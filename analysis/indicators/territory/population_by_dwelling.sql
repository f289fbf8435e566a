-- topic:    population_by_dwelling
-- title:    People, weighted by dwellings | Habitants, au prorata des logements
-- needs:    grid_population, overlap_by_dwelling
-- gap:      null
-- shown:    none
-- method:   as `people`, but a square's people go where its dwellings are: nearer the truth where a border cuts a park
--           | comme `people`, mais les habitants d'un carreau vont où sont ses logements : plus près de la vérité quand une
--           limite coupe un parc
-- source:   Filosofi, Insee; dasymetric weights, Wright 1936
--
-- people_by_dwelling  stock, people, short ppl_dwel | People by dwellings | Habitants au prorata des logements
SELECT o.to_id AS district_id, total(g.people * o.from_share) AS people_by_dwelling
FROM overlap_by_dwelling AS o
JOIN grid_population AS g ON g.district_id = o.from_id
GROUP BY o.to_id;
