-- topic:    dwelling_type
-- title:    Housing vacancy against footfall | Vacance des logements et fréquentation
-- needs:    district_type, dwelling
-- shown:    none
-- gap:      null
-- method:   likeliest of nine classes, with the probability of each from the intervals of both figures: district_type; limits:
--           typology_limit, names: typology_class
--           | la plus probable de neuf classes, avec la probabilité de chacune d'après les intervalles des deux chiffres, calculée par
--           district_type ; seuils : typology_limit, noms : typology_class
-- source:   the tables district_type, typology_limit and typology_class
--
-- dwelling_type            class, class, short dwt_type | Housing vacancy against footfall | Vacance des logements et fréquentation
-- dwelling_type_text_en    text, sentence, short dwt_txten | In words (English) | En clair (anglais)
-- dwelling_type_text_fr    text, sentence, short dwt_txtfr | In words (French) | En clair (français)
-- dwelling_type_pct        index, %, short dwt_prob     | Housing vacancy against footfall: how likely | Vacance des logements et fréquentation : probabilité
-- dwelling_type_11_pct     index, %, short dwt_11       | Class 11: vacancy low, footfall low | Classe 11 : vacance faible, fréquentation faible
-- dwelling_type_12_pct     index, %, short dwt_12       | Class 12: vacancy low, footfall middle | Classe 12 : vacance faible, fréquentation moyenne
-- dwelling_type_13_pct     index, %, short dwt_13       | Class 13: vacancy low, footfall high | Classe 13 : vacance faible, fréquentation forte
-- dwelling_type_21_pct     index, %, short dwt_21       | Class 21: vacancy middle, footfall low | Classe 21 : vacance moyenne, fréquentation faible
-- dwelling_type_22_pct     index, %, short dwt_22       | Class 22: vacancy middle, footfall middle | Classe 22 : vacance moyenne, fréquentation moyenne
-- dwelling_type_23_pct     index, %, short dwt_23       | Class 23: vacancy middle, footfall high | Classe 23 : vacance moyenne, fréquentation forte
-- dwelling_type_31_pct     index, %, short dwt_31       | Class 31: vacancy high, footfall low | Classe 31 : vacance forte, fréquentation faible
-- dwelling_type_32_pct     index, %, short dwt_32       | Class 32: vacancy high, footfall middle | Classe 32 : vacance forte, fréquentation moyenne
-- dwelling_type_33_pct     index, %, short dwt_33       | Class 33: vacancy high, footfall high | Classe 33 : vacance forte, fréquentation forte
SELECT district_id,
       class AS dwelling_type,
       status AS dwelling_type_status,
       100 * odds AS dwelling_type_pct,
       100 * v1 * f1 AS dwelling_type_11_pct,
       100 * v1 * f2 AS dwelling_type_12_pct,
       100 * v1 * f3 AS dwelling_type_13_pct,
       100 * v2 * f1 AS dwelling_type_21_pct,
       100 * v2 * f2 AS dwelling_type_22_pct,
       100 * v2 * f3 AS dwelling_type_23_pct,
       100 * v3 * f1 AS dwelling_type_31_pct,
       100 * v3 * f2 AS dwelling_type_32_pct,
       100 * v3 * f3 AS dwelling_type_33_pct,
       sentence_en AS dwelling_type_text_en,
       sentence_fr AS dwelling_type_text_fr
FROM district_type
WHERE subject = 'dwelling';
