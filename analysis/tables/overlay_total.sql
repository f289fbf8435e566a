-- table:   overlay_total
-- title:   What was given to each grain, and what lies outside | Ce qui a été donné à chaque découpage, et ce qui reste dehors
-- needs:   grid_population, district_overlap, district
-- key:     to_grain
-- method:  people of the squares: all of them, those the districts of the grain received, those that lie in none of them, and of
--          those received the part that comes from cut squares
-- source:  Filosofi, Insee
SELECT s.to_grain,
       max(s.people)             AS people,
       total(s.people_given)     AS given,
       total(s.people_outside)   AS outside,
       total(s.people_cut)       AS from_cut
FROM (SELECT t.grain AS to_grain,
             (SELECT total(people) FROM grid_population) AS people,
             g.people * total(o.from_share)              AS people_given,
             g.people * (1 - min(total(o.from_share), 1)) AS people_outside,
             g.people * total(CASE WHEN o.from_share < 0.999 THEN o.from_share END) AS people_cut
      FROM (SELECT DISTINCT grain FROM district) AS t
      CROSS JOIN grid_population AS g
      LEFT JOIN (district_overlap AS o JOIN district AS d ON d.district_id = o.to_id)
             ON o.from_id = g.district_id AND d.grain = t.grain
      GROUP BY t.grain, g.district_id) AS s
GROUP BY s.to_grain;
