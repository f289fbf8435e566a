-- topic:    target_sales
-- title:    Dwellings sold near a vacant parcel | Logements vendus près d'une parcelle vacante
-- feature:  target
-- needs:    target_dwellings, parcel, sale
-- param:    radius_m real = 200   -- from the parcel's centroid, as the crow flies
-- method:   houses and flats sold within the radius, a year of the years the file covers; sales without a place do not count
--           | maisons et appartements vendus dans le rayon, par an sur les années que couvre le fichier ; les ventes sans
--           position ne comptent pas
-- source:   DVF, DGFiP and Etalab
--
-- sold_per_year  index, /year, short sold_yr  | Dwellings sold nearby a year | Logements vendus alentour par an
SELECT id AS target_id,
       value / (SELECT max(year) - min(year) + 1.0 FROM sale) AS sold_per_year
FROM pairs(sums_within((SELECT point_set(x_m, y_m, dwellings) FROM sale),
                       (SELECT point_set(p.centroid_x_m, p.centroid_y_m, t.target_id)
                        FROM target_dwellings AS t
                        JOIN parcel AS p ON p.parcel_id = t.target_id),
                       :radius_m));
