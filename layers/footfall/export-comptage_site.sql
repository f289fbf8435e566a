-- export:  comptage-site.csv
-- title:   Counting sites, national schema | Sites de comptage, schéma national
-- schema:  https://schema.data.gouv.fr/etalab/schema-comptage-mobilites-site/
-- version: 0.2.5
--
-- site_id              string, required | Site | Site
-- parent_site_id       string | Site it belongs to | Site de rattachement
-- site_name            string, required | Name | Nom
-- fr_insee_code        string | Commune | Commune
-- xlong                number, required | Longitude | Longitude
-- ylat                 number, required | Latitude | Latitude
-- external_ids         string | Other ids | Autres identifiants
-- infrastructure_type  string | Kind of way | Type de voie
SELECT code                           AS site_id,
       NULL                           AS parent_site_id,
       coalesce(nullif(name, ''), code) AS site_name,
       NULL                           AS fr_insee_code,
       round(lon_deg(x_m, y_m), 7)    AS xlong,
       round(lat_deg(x_m, y_m), 7)    AS ylat,
       NULL                           AS external_ids,
       NULL                           AS infrastructure_type
FROM footfall_site
ORDER BY footfall_site_id;
