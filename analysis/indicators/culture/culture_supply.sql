-- topic:    culture_supply
-- title:    Cultural venues by people | Équipements culturels par habitant
-- needs:    venue, venue_district, culture_venue, grid_population, district_overlap
-- shown:    none
-- method:   cultural venues of the district over its people (by area, as `people`); NULL where it has no people
--           | lieux culturels du quartier rapportés à ses habitants (à la surface, comme `people`) ; vide sans habitants
-- source:   Base permanente des équipements and Filosofi, Insee
--
-- culture_venues_per_10000  index, /10000 people, short cult_10k | Cultural venues by 10 000 people | Équipements culturels pour 10 000 habitants
--                           = 10000 * culture_venues / people
SELECT p.district_id,
       total(coalesce(e.is_culture,
                      e.venue_type IN (SELECT code FROM culture_venue WHERE :period BETWEEN from_year AND to_year), 0))
                                                                     AS culture_venues,
       (SELECT total(g.people * o.from_share) FROM district_overlap AS o
        JOIN grid_population AS g ON g.district_id = o.from_id
        WHERE o.to_id = p.district_id)                               AS people
FROM venue_district AS p
JOIN venue AS e USING (venue_id)
WHERE p.is_home
GROUP BY p.district_id;
