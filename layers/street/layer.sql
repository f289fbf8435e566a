-- layer:  street
-- title:  Streets | Voies
-- order:  6
-- table:  street, geometry multilinestring, place geom, export streets
-- get:    highways of OpenStreetMap (overpass-turbo.eu, geofabrik.de); or TRONCON_DE_ROUTE of BD TOPO, IGN
--         | voies d'OpenStreetMap (overpass-turbo.eu, geofabrik.de) ; ou TRONCON_DE_ROUTE de la BD TOPO, IGN
--
-- code              text, short code         | Street | Voie
-- name              text, short name         | Name | Nom
-- road_class        text, short class        | Class | Classe
-- is_pedestrian     integer, short is_ped    | For people on foot | Réservée aux piétons
-- speed_limit_km_h  integer, short speed     | Speed limit (km/h) | Vitesse limite (km/h)
-- length_m          real, short length_m     | Length (m) | Longueur (m)
CREATE TABLE street (
    street_id        INTEGER PRIMARY KEY,
    code             TEXT NOT NULL, -- the source's own id
    name             TEXT,
    road_class       TEXT,          -- as the source says it
    is_pedestrian    INTEGER,       -- 1 for people on foot only, or first; 0; NULL unknown
    speed_limit_km_h INTEGER,       -- NULL where the source says none
    is_cycle         INTEGER,       -- 1 made or marked for bicycles; 0; NULL unknown
    counter_code     TEXT,          -- of the pedestrian counter on it, where a network says so
    length_m         REAL NOT NULL, -- planar, in the store's CRS
    on_surface_x_m   REAL NOT NULL, -- a point on it: where the street is at home
    on_surface_y_m   REAL NOT NULL,
    source_file_id   INTEGER NOT NULL REFERENCES source_file,
    source_row       INTEGER NOT NULL,
    geom             BLOB NOT NULL
);
