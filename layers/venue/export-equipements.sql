-- export:  equipements.csv
-- title:   Public venues, national schema (SCDL) | Équipements, schéma national (SCDL)
-- schema:  https://schema.data.gouv.fr/scdl/equipements/
-- version: 0.1.5
-- method:  a theme is given only in the schema's own words; what ilot does not know (SIRET, address) is left empty and said: the
--          town completes it
--
-- COLL_NOM         string, required | Local authority | Collectivité
-- COLL_SIRET       string, required | SIRET | SIRET
-- EQUIP_UID        string, required | Venue | Équipement
-- EQUIP_THEME      string, required | Theme | Thème
-- EQUIP_CODE       string, required | Code | Code
-- EQUIP_TYPE       string, required | Type | Type
-- EQUIP_NOM        string, required | Name | Nom
-- ADR_NUMERO       string, required | Number | Numéro
-- ADR_NOMVOIE      string, required | Street | Voie
-- ADR_CODEPOSTAL   string, required | Postal code | Code postal
-- ADR_COMMUNE      string, required | Commune | Commune
-- ADR_CLE_INTEROP  string | Address id | Clé d'interopérabilité
-- ERP_ID           string | Public building | ERP
-- ERP_TYPE         string | Type of public building | Type d'ERP
-- ERP_CATEGORIE    integer | Category of public building | Catégorie d'ERP
-- EQUIP_LAT        number, required | Latitude | Latitude
-- EQUIP_LONG       number, required | Longitude | Longitude
-- EQUIP_OUVERTURE  string | Opening hours | Horaires
-- EQUIP_TEL        string | Telephone | Téléphone
-- EQUIP_EMAIL      string | E-mail | Courriel
-- EQUIP_WEB        string | Site | Site
SELECT NULL AS COLL_NOM,
       NULL AS COLL_SIRET,
       code AS EQUIP_UID,
       CASE WHEN theme IN ('Equipement administratif', 'Equipement de justice', 'Equipement sanitaire', 'Equipement social et d''animation', 'Equipement sportif et de loisirs', 'Equipement d''enseignement', 'Equipement cultuel', 'Equipement culturel', 'Equipement de mobilité', 'Autre équipement') THEN theme WHEN is_culture THEN 'Equipement culturel' END AS EQUIP_THEME,
       CASE WHEN code LIKE '_____-________-___' THEN substr(code, 7) END AS EQUIP_CODE,
       venue_type AS EQUIP_TYPE,
       name AS EQUIP_NOM,
       NULL AS ADR_NUMERO,
       NULL AS ADR_NOMVOIE,
       NULL AS ADR_CODEPOSTAL,
       NULL AS ADR_COMMUNE,
       NULL AS ADR_CLE_INTEROP,
       NULL AS ERP_ID,
       NULL AS ERP_TYPE,
       NULL AS ERP_CATEGORIE,
       round(lat_deg(x_m, y_m), 7) AS EQUIP_LAT,
       round(lon_deg(x_m, y_m), 7) AS EQUIP_LONG,
       NULL AS EQUIP_OUVERTURE,
       NULL AS EQUIP_TEL,
       NULL AS EQUIP_EMAIL,
       NULL AS EQUIP_WEB
FROM venue
ORDER BY venue_id;
