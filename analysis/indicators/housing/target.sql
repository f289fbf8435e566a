-- score:    target
-- title:    Renovation targets, scored | Cibles de rénovation, notées
-- feature:  target
-- needs:    target_dwellings, target_weight
-- param:    draws integer = 200            -- how often the ranking is made anew under doubt
-- param:    weight_doubt_pct real = 30     -- each weight may be that much greater or smaller
-- param:    data_doubt_pct real = 10       -- of the scale of a criterion: a value may be that far off
-- param:    unknown_share real = 0.5       -- what is not known of a parcel counts so much of its weight
-- param:    interval_pct real = 90         -- of the draws lie within rank_low and rank_high
-- param:    top integer = 50               -- the first that a town will look at
-- param:    stable_pct real = 90           -- of the draws have it among them: a stable one
-- param:    seed integer = 1               -- of the draws
-- method:   weighted sum with fixed limits: a criterion at at_none earns 0, at at_full its weight, in between in proportion;
--           weights are brought to 100 over the criteria the run can tell: a criterion whose layer is missing is named and its
--           weight goes to the others; one that is unknown for a parcel has NULL points and gives unknown_share of its weight to
--           unknown_points, and in the draws anything from nothing to all of it; score is the sum of the points, no more; ranks
--           from 1, equal scores in the order of the parcels
--           | somme pondérée à limites fixes : un critère à at_none ne rapporte rien, à at_full son poids, entre les deux en
--           proportion ; les poids sont ramenés à 100 sur les critères que la série peut établir : un critère dont la couche
--           manque est nommé et son poids va aux autres ; un critère inconnu pour une parcelle a des points vides et donne la
--           part unknown_share de son poids à unknown_points et, dans les tirages, de rien à tout ; le score est la somme des
--           points, rien de plus ; rangs à partir de 1, à score égal dans l'ordre des parcelles
-- shown:    score, rank, rank_low, rank_high, is_stable_top
-- source:   weights: criterion target_weight; doubt by drawing weights and values as in Saltelli and others 2008, Global
--           sensitivity analysis, and in OECD and JRC 2008, Handbook on constructing composite indicators, step 7
--
-- score           index, points, short score    | Score, 0 to 100 | Note, de 0 à 100
-- rank            rank, place, short rank       | Rank | Rang
-- rank_low        rank, place, short rk_best    | Rank, best under doubt | Rang, le meilleur dans le doute
-- rank_high       rank, place, short rk_worst   | Rank, worst under doubt | Rang, le pire dans le doute
-- top_share_pct   index, %, short top_pct       | Draws with it among the first | Tirages où elle est parmi les premières
-- is_stable_top   rank, 0 or 1, short stable    | Surely among the first | Sûrement parmi les premières
-- unknown_points  index, points, short unknown_p | Not known | Inconnu
SELECT criterion, weight, at_none, at_full
FROM target_weight
WHERE :period BETWEEN from_year AND to_year
ORDER BY criterion;
