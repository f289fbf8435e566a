-- topic:    population
-- title:    People, from the 200 m grid | Habitants, d'après les carreaux de 200 m
-- needs:    grid_population, district_overlap, district
-- gap:      null
-- shown:    people
-- method:   extensive figures (people, households) go by the part of a square's area that lies in the district, rates are the
--           ratio of two such sums; a district no square touches has none, not zero; covered: part of its area under a square;
--           cut: part of its people that come from squares a border cuts (under 99.9 % inside); imputed: of the square with the
--           largest part
--           | les chiffres extensifs (habitants, ménages) se répartissent selon la part de la surface d'un carreau qui se
--           trouve dans le quartier, les taux sont le rapport de deux telles sommes ; un quartier qu'aucun carreau ne touche
--           n'a rien, et non zéro ; covered : part de sa surface sous un carreau ; cut : part de ses habitants venant de
--           carreaux qu'une limite coupe (moins de 99,9 % à l'intérieur) ; imputed : du carreau qui a la plus grande part
-- source:   Filosofi, Insee, 200 m grid; areal weighting, Goodchild and Lam 1980
--
-- people                  stock, people, short people     | People | Habitants
-- households              stock, households, short househld | Households | Ménages
-- poor_household_pct      share, %, short poor_pct        | Poor households | Ménages pauvres
--                         = 100 * poor_households / households, range 0..100
-- people_per_ha           index, people/ha, short ppl_ha  | People by hectare | Habitants par hectare
--                         = 10000 * people / covered_m2
-- population_covered_pct  share, %, short pop_cov         | Area that squares cover | Surface couverte par les carreaux
--                         = 100 * covered_m2 / district_m2, range 0..100.001
-- population_cut_pct      share, %, short pop_cut         | People from cut squares | Habitants de carreaux coupés
--                         = 100 * people_cut / people, range 0..100
-- population_is_imputed   class, 0 or 1, short pop_imp    | Largest square imputed for secrecy | Plus grand carreau imputé pour secret
SELECT o.to_id                                  AS district_id,
       sum(g.people * o.from_share)             AS people,
       sum(g.households * o.from_share)         AS households,
       sum(g.poor_households * o.from_share)    AS poor_households,
       total(o.area_m2)                         AS covered_m2,
       max(d.area_m2)                           AS district_m2,
       total(CASE WHEN o.from_share < 0.999 THEN g.people * o.from_share END) AS people_cut,
       max(CASE WHEN o.is_largest THEN g.is_imputed END) AS population_is_imputed
FROM district_overlap AS o
JOIN grid_population AS g ON g.district_id = o.from_id
JOIN district AS d ON d.district_id = o.to_id
GROUP BY o.to_id;
