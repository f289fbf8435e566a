-- export:  stationnement.csv
-- title:   Car parks, national schema | Lieux de stationnement, schéma national
-- schema:  https://schema.data.gouv.fr/etalab/schema-stationnement/
-- version: 0.1.5
-- method:  zones and streets of paid parking are no car parks and stay out; what ilot does not know (SIRET, height, users) is left
--          empty and said: the town completes it
--
-- id                       string, required | Car park | Parc
-- nom                      string, required | Name | Nom
-- insee                    string, required | Commune | Commune
-- adresse                  string | Address | Adresse
-- url                      string | Page | Page
-- type_usagers             string, required | Users | Usagers
-- gratuit                  boolean, required | Free of charge | Gratuit
-- nb_places                integer, required | Spaces | Places
-- nb_pr                    integer | Park and ride | Places P+R
-- nb_pmr                   integer | Spaces for disabled people | Places PMR
-- nb_voitures_electriques  integer | Electric cars | Voitures électriques
-- nb_velo                  integer | Bicycles | Vélos
-- nb_2r_el                 integer | Electric two-wheelers | Deux-roues électriques
-- nb_autopartage           integer | Shared cars | Autopartage
-- nb_2_rm                  integer | Motorcycles | Deux-roues motorisés
-- nb_covoit                integer | Car pooling | Covoiturage
-- hauteur_max              string, required | Greatest height (cm) | Hauteur maximale (cm)
-- num_siret                string, required | SIRET | SIRET
-- Xlong                    number, required | Longitude | Longitude
-- Ylat                     number, required | Latitude | Latitude
-- tarif_pmr                string | Fee for disabled people | Tarif PMR
-- tarif_1h                 number | Fee, 1 h | Tarif 1 h
-- tarif_2h                 number | Fee, 2 h | Tarif 2 h
-- tarif_3h                 number | Fee, 3 h | Tarif 3 h
-- tarif_4h                 number | Fee, 4 h | Tarif 4 h
-- tarif_24h                number | Fee, 24 h | Tarif 24 h
-- abo_resident             number | Season ticket, residents | Abonnement résident
-- abo_non_resident         number | Season ticket, others | Abonnement non résident
-- type_ouvrage             string | Kind | Type d'ouvrage
-- info                     string | Information | Information
SELECT code                                                                             AS id,
       upper(name)                                                                      AS nom,
       CASE WHEN code LIKE '_____-P-___' THEN substr(code, 1, 5) END                    AS insee,
       NULL                                                                             AS adresse,
       NULL                                                                             AS url,
       NULL                                                                             AS type_usagers,
       CASE is_free WHEN 1 THEN 'true' WHEN 0 THEN 'false' END                          AS gratuit,
       spaces                                                                           AS nb_places,
       NULL                                                                             AS nb_pr,
       disabled_spaces                                                                  AS nb_pmr,
       NULL                                                                             AS nb_voitures_electriques,
       NULL                                                                             AS nb_velo,
       NULL                                                                             AS nb_2r_el,
       NULL                                                                             AS nb_autopartage,
       NULL                                                                             AS nb_2_rm,
       NULL                                                                             AS nb_covoit,
       NULL                                                                             AS hauteur_max,
       NULL                                                                             AS num_siret,
       round(lon_deg(x_m, y_m), 7)                                                      AS Xlong,
       round(lat_deg(x_m, y_m), 7)                                                      AS Ylat,
       NULL                                                                             AS tarif_pmr,
       NULL                                                                             AS tarif_1h,
       NULL                                                                             AS tarif_2h,
       NULL                                                                             AS tarif_3h,
       NULL                                                                             AS tarif_4h,
       NULL                                                                             AS tarif_24h,
       NULL                                                                             AS abo_resident,
       NULL                                                                             AS abo_non_resident,
       CASE WHEN parking_type IN ('enclos_en_surface', 'ouvrage') THEN parking_type END AS type_ouvrage,
       NULL                                                                             AS info
FROM parking
WHERE spaces IS NOT NULL
ORDER BY parking_id;
