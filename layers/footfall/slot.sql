-- title:     Manual counts by time slot | Comptages manuels par créneau
-- into:      footfall_slot_row
-- access:    open
-- geometry:  none
-- key:       code
-- method:    mean people in two hours of a Thursday and a Saturday; the place is that of the street whose counter_code is the
--            site's code; the means belong to no calendar day, so there is no count per day
-- reject:    code_missing | no site code | pas de code de site
-- note:      SELECT count(DISTINCT site_code) FROM footfall_slot WHERE footfall_site_id IS NULL
--            | counting site(s) without a place: no street of the run bears their code
--            | site(s) de comptage sans lieu : aucune voie ne porte leur code
--
-- code           = compteur, counter_code, site
-- thursday_7_9   = jeu_7_9, jeudi_7_9, thu_7_9
-- thursday_11_13 = jeu_11_13, jeudi_11_13, thu_11_13
-- thursday_17_19 = jeu_17_19, jeudi_17_19, thu_17_19
-- saturday_7_9   ? sam_7_9, samedi_7_9, sat_7_9
-- saturday_11_13 ? sam_11_13, samedi_11_13, sat_11_13
-- saturday_17_19 ? sam_17_19, samedi_17_19, sat_17_19
SELECT trim(code)              AS code,
       decimal(thursday_7_9)   AS thursday_7_9,
       decimal(thursday_11_13) AS thursday_11_13,
       decimal(thursday_17_19) AS thursday_17_19,
       decimal(saturday_7_9)   AS saturday_7_9,
       decimal(saturday_11_13) AS saturday_11_13,
       decimal(saturday_17_19) AS saturday_17_19,
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing' END AS rejected
FROM source;
