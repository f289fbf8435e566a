-- topic:    energy
-- title:    Energy labels | Étiquettes énergie
-- needs:    energy_label, energy_label_district, energy_sieve
-- units:    energy_label
-- shown:    energy_sieve_pct
-- method:   certificates of single homes and of whole buildings count one each; rates over certificates, not over dwellings
--           | les diagnostics de logements et d'immeubles entiers comptent chacun pour un ; taux rapportés aux diagnostics, non
--           aux logements
-- source:   DPE since July 2021, ADEME
--
-- energy_labels     stock, count, short dpe      | Energy certificates | Diagnostics de performance énergétique
-- energy_sieve_pct  rate, %, short dpe_fg        | Labels F and G | Étiquettes F et G
--                   = 100 * sieves / energy_labels, range 0..100
-- ghg_sieve_pct     rate, %, short ges_fg        | Greenhouse labels F and G | Étiquettes climat F et G
--                   = 100 * ghg_sieves / ghg_known, range 0..100
SELECT p.district_id,
       count(*)                     AS energy_labels,
       total(e.label IN (SELECT label FROM energy_sieve WHERE :period BETWEEN from_year AND to_year)) AS sieves,
       total(e.ghg_label IN (SELECT label FROM energy_sieve WHERE :period BETWEEN from_year AND to_year)) AS ghg_sieves,
       count(e.ghg_label)           AS ghg_known
FROM energy_label_district AS p
JOIN energy_label AS e USING (energy_label_id)
WHERE p.is_home
GROUP BY p.district_id;
