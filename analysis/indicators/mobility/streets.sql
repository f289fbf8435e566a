-- topic:    streets
-- title:    Streets | Voies
-- needs:    street, street_district, district, calm_street
-- shown:    calm_street_pct
-- method:   the length inside the district; a street whose limit is unknown is calm only when it is for people on foot
--           | longueur à l'intérieur du quartier ; une rue dont la limitation est inconnue n'est apaisée que si elle est
--           piétonne
-- source:   BD TOPO, IGN, or OpenStreetMap
--
-- street_length_m        stock, m, short str_m     | Length of streets | Longueur des voies
-- street_m_per_ha        index, m/ha, short str_ha | Streets by hectare | Voies par hectare
--                        = 10000 * street_length_m / area_m2
-- calm_street_pct        share, %, short calm_pct  | Calm streets | Voies apaisées
--                        = 100 * calm_m / street_length_m, range 0..100
-- pedestrian_street_pct  share, %, short ped_pct   | Streets for people on foot | Voies piétonnes
--                        = 100 * pedestrian_m / street_length_m, range 0..100
-- cycle_m_per_ha         index, m/ha, short cyc_ha | Cycle ways by hectare | Aménagements cyclables par hectare
--                        = 10000 * cycle_m / area_m2
SELECT p.district_id,
       total(s.length_m * p.share)                        AS street_length_m,
       total(CASE WHEN s.is_pedestrian OR s.speed_limit_km_h <=
                       (SELECT most_km_h FROM calm_street WHERE :period BETWEEN from_year AND to_year)
                  THEN s.length_m * p.share END)          AS calm_m,
       total(CASE WHEN s.is_pedestrian THEN s.length_m * p.share END) AS pedestrian_m,
       total(CASE WHEN s.is_cycle THEN s.length_m * p.share END)      AS cycle_m,
       max(d.area_m2)                                     AS area_m2
FROM street_district AS p
JOIN street AS s USING (street_id)
JOIN district AS d ON d.district_id = p.district_id
GROUP BY p.district_id;
