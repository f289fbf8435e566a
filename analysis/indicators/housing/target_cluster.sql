-- topic:    target_cluster
-- title:    Vacant parcels side by side | Parcelles vacantes voisines
-- feature:  target
-- needs:    target_dwellings, parcel
-- param:    tolerance_m real = 1   -- borders that far apart still touch: drawn lines of the cadastre do not always meet
-- method:   parcels with a vacant dwelling in one unbroken chain with this one, itself not counted
--           | parcelles qui ont un logement vacant et forment une chaîne ininterrompue avec celle-ci, elle-même non comptée
-- source:   queen contiguity with a tolerance; geometry of the cadastre
--
-- contiguous_vacant  index, parcels, short cluster  | Vacant parcels side by side | Parcelles vacantes attenantes
SELECT id        AS target_id,
       value - 1 AS contiguous_vacant
FROM pairs((SELECT contiguous_counts(p.parcel_id, p.geom, :tolerance_m)
            FROM target_dwellings AS v
            JOIN parcel AS p ON p.parcel_id = v.target_id));
