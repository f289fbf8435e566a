-- topic:    site_on_parcel
-- title:    The parcel a counting site stands on | La parcelle sur laquelle compte un site
-- feature:  footfall_site
-- needs:    site_parcel, parcel
-- method:   table site_parcel: the parcel that holds the site, distance 0, else the nearest
--           | table site_parcel : la parcelle où se trouve le site, distance 0, sinon la plus proche
-- source:   geometry of parcels
--
-- parcel_code         text, -, short ff_parcel  | Parcel of the site, or the nearest | Parcelle du site, ou la plus proche
-- parcel_distance_m   index, m, short ff_par_m  | Distance to that parcel | Distance à cette parcelle
SELECT s.footfall_site_id,
       p.code       AS parcel_code,
       s.distance_m AS parcel_distance_m
FROM site_parcel AS s
JOIN parcel AS p USING (parcel_id);
