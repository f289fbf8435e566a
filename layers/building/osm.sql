-- title:     OpenStreetMap buildings | Bâtiments d'OpenStreetMap
-- into:      building
-- publisher: OpenStreetMap
-- licence:   ODbL 1.0
-- access:    open
-- geometry:  polygon
-- named:     *building*, *batiment*, *buildings*
-- key:       code
-- method:    building_use is the tag's value where it says more than yes
-- reject:    code_missing | no id | pas d'identifiant
--
-- code   = osm_id, full_id, @id
-- kind   = building, fclass
-- type   ? type
-- levels ? building:levels
-- height ? height
-- year   ? start_date
SELECT insee(code, 1)                                        AS code,
       coalesce(nullif(trim(type), ''), nullif(nullif(kind, 'yes'), 'building')) AS building_use,
       whole(levels)                                         AS floors,
       decimal(height)                                       AS height_m,
       year_in(year)                                         AS construction_year,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END        AS rejected
FROM source;
