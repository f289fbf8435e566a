-- topic:    visit_outcome
-- title:    What each visit says of the vacancy flag | Ce que chaque visite dit du signalement de vacance
-- feature:  visit
-- needs:    visit, dwelling, visit_found
-- method:   1 flagged and found vacant, 2 flagged and not, 3 not flagged and found vacant, 4 neither; a visit of a parcel as a whole is
--           flagged when a dwelling of it is; NULL where nobody could tell
--           | 1 signalé et trouvé vacant, 2 signalé et non vacant, 3 non signalé et trouvé vacant, 4 ni l'un ni l'autre ; la
--           visite d'une parcelle entière est signalée dès qu'un de ses logements l'est ; vide quand personne n'a pu le dire
-- source:   criterion visit_found
--
-- visit_outcome  class, -, short outcome  | Outcome: 1 flag confirmed, 2 not, 3 vacancy missed, 4 rightly not flagged | Résultat : 1 vacance confirmée, 2 non, 3 vacance manquée, 4 non signalé à raison
SELECT v.visit_id,
       CASE WHEN f.is_vacant THEN CASE WHEN v.is_flagged THEN 1 ELSE 3 END
            ELSE CASE WHEN v.is_flagged THEN 2 ELSE 4 END END AS visit_outcome
FROM (SELECT v.visit_id, v.found,
             coalesce(d.is_vacant, (SELECT max(o.is_vacant) FROM dwelling AS o
                                    WHERE o.parcel_id = v.parcel_id AND v.dwelling_id IS NULL)) AS is_flagged
      FROM visit AS v
      LEFT JOIN dwelling AS d USING (dwelling_id)) AS v
JOIN visit_found AS f ON f.found = v.found AND :period BETWEEN f.from_year AND f.to_year
WHERE f.is_vacant IS NOT NULL AND v.is_flagged IS NOT NULL;
