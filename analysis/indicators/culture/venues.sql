-- topic:    venues
-- title:    Public venues and culture | Équipements et culture
-- needs:    venue, venue_district, culture_venue
-- units:    venue
-- shown:    culture_venues
-- method:   cultural: what the file says it is, else its code in the criterion culture_venue; a venue with neither is not
--           | culturel : ce qu'en dit le fichier, sinon son code dans le critère culture_venue ; un lieu sans l'un ni l'autre
--           ne l'est pas
-- source:   Base permanente des équipements, Insee; SCDL équipements; Hill 1973 for diversity
--
-- venues             stock, count, short venues    | Public venues | Équipements
-- culture_venues     stock, count, short culture   | Cultural venues | Équipements culturels
-- culture_venue_pct  rate, %, short cult_pct       | Part of cultural venues | Part des équipements culturels
--                    = 100 * culture_venues / venues, range 0..100
-- culture_types      index, types, short cult_q0   | Kinds of cultural venues | Types d'équipements culturels
-- culture_diversity  index, types, short cult_q1   | Diversity of culture, order 1 | Diversité culturelle, ordre 1
SELECT v.district_id,
       count(*)                                                          AS venues,
       total(v.is_culture)                                               AS culture_venues,
       hill(CASE WHEN v.is_culture THEN v.kind END, 0)                   AS culture_types,
       hill(CASE WHEN v.is_culture THEN v.kind END, 1)                   AS culture_diversity
FROM (SELECT p.district_id,
             coalesce(e.venue_type, e.theme) AS kind,
             coalesce(e.is_culture,
                      e.venue_type IN (SELECT code FROM culture_venue WHERE :period BETWEEN from_year AND to_year), 0)
                                             AS is_culture
      FROM venue_district AS p
      JOIN venue AS e USING (venue_id)
      WHERE p.is_home) AS v
GROUP BY v.district_id;
