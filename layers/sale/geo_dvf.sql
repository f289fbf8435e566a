-- title:     Property sales (geo-dvf) | Ventes immobilières (DVF géolocalisées)
-- into:      sale_row
-- publisher: DGFiP, Etalab
-- licence:   Licence Ouverte 2.0, sans réidentification
-- access:    open
-- geometry:  none
-- key:       code, row_number
-- latest:    max(whole(substr(sale_date, 1, 4)))
-- method:    a sale is an id_mutation, not a row: sale.sql puts its rows together
-- reject:    code_missing | no id of the sale | pas d'identifiant de mutation
--
-- code          = id_mutation
-- sale_date     = date_mutation
-- nature        = nature_mutation
-- price_eur     = valeur_fonciere
-- parcel_code   = id_parcelle
-- local_type    = type_local
-- lon           = longitude
-- lat           = latitude
-- disposition   ? numero_disposition
-- built_area_m2 ? surface_reelle_bati
-- culture       ? code_nature_culture
-- special       ? code_nature_culture_speciale
-- land_area_m2  ? surface_terrain
SELECT nullif(trim(code), '')              AS code,
       source_row                          AS row_number,
       substr(sale_date, 1, 10)            AS sale_date,
       nature,
       decimal(price_eur)                  AS price_eur,
       disposition,
       nullif(trim(parcel_code), '')       AS parcel_code,
       nullif(trim(local_type), '')        AS local_type,
       decimal(built_area_m2)              AS built_area_m2,
       coalesce(culture, '') || '/' || coalesce(special, '') || '/' || coalesce(land_area_m2, '') AS land_use,
       decimal(land_area_m2)               AS land_area_m2,
       decimal(lon)                        AS lon,
       decimal(lat)                        AS lat,
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing' END AS rejected
FROM source;
