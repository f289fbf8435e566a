-- topic:    target_district
-- title:    Vacancy of the district around | Vacance du quartier alentour
-- feature:  target
-- needs:    target_dwellings, parcel_district, district, indicator_value
-- ranges:   target_dwellings
-- method:   smoothed vacancy rate of the IRIS the parcel is at home in; where there are none, of the division with most districts
--           that is no grid
--           | taux de vacance lissé de l'IRIS auquel la parcelle est rattachée ; sans IRIS, de la division qui a le plus de
--           quartiers, hors carroyage
-- source:   vacancy_rate_pct of the same run
--
-- district_vacancy_pct  index, %, short dis_vac  | Vacancy rate of the district | Taux de vacance du quartier
SELECT p.parcel_id AS target_id,
       v.smoothed  AS district_vacancy_pct
FROM indicator_value AS v
JOIN district AS d USING (district_id)
JOIN parcel_district AS p USING (district_id)
JOIN target_dwellings AS t ON t.target_id = p.parcel_id
WHERE v.indicator = 'vacancy_rate_pct' AND v.period = :period AND p.is_home
  AND d.grain = (SELECT grain FROM district WHERE grain <> 'grid'
                 GROUP BY grain ORDER BY grain <> 'iris', count(*) DESC, grain LIMIT 1);
