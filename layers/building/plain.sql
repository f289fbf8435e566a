-- title:     Buildings, plain format | Bâtiments, format simple
-- into:      building
-- access:    open
-- geometry:  polygon
-- key:       code
-- reject:    code_missing | no id | pas d'identifiant
--
-- code              = building_id
-- parcel_code       ? parcel_id
-- building_use      ? building_use
-- floors            ? floors
-- height_m          ? height_m
-- dwellings         ? dwellings
-- construction_year ? construction_year
SELECT insee(code, 1)                                        AS code,
       key_of('parcel', parcel_code)                         AS parcel_id,
       parcel_code,
       building_use,
       whole(floors)                                         AS floors,
       decimal(height_m)                                     AS height_m,
       whole(dwellings)                                      AS dwellings,
       whole(construction_year)                              AS construction_year,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END        AS rejected
FROM source;
