-- layer:  building
-- title:  Buildings | Bâtiments
-- order:  5
-- table:  building, geometry multipolygon, place geom, export buildings
-- get:    cadastre-<commune>-batiments.json.gz, cadastre.data.gouv.fr; or BATIMENT of BD TOPO, IGN; or BDNB, CSTB
--         | cadastre-<commune>-batiments.json.gz, cadastre.data.gouv.fr ; ou BATIMENT de la BD TOPO, IGN ; ou BDNB, CSTB
--
-- code               text, short code         | Building | Bâtiment
-- building_use       text, short use          | Use | Usage
-- floors             integer, short floors    | Floors | Étages
-- height_m           real, short height_m     | Height (m) | Hauteur (m)
-- dwellings          integer, short dwellings | Dwellings | Logements
-- construction_year  integer, short year      | Year of construction | Année de construction
-- area_m2            real, short area_m2      | Ground area (m²) | Emprise (m²)
CREATE TABLE building (
    building_id       INTEGER PRIMARY KEY,
    code              TEXT NOT NULL, -- the source's id, or file and row where it has none
    parcel_id         INTEGER,       -- where the source names one; a building may cross several
    parcel_code       TEXT,
    building_use      TEXT,          -- in the source's words
    is_light          INTEGER,       -- 1 a light building (shed, carport), 0 hard, NULL unknown
    floors            INTEGER,
    height_m          REAL,
    dwellings         INTEGER,
    construction_year INTEGER,
    area_m2           REAL NOT NULL, -- planar, in the store's CRS
    centroid_x_m      REAL NOT NULL,
    centroid_y_m      REAL NOT NULL,
    on_surface_x_m    REAL NOT NULL, -- a point inside: where the building is at home
    on_surface_y_m    REAL NOT NULL,
    source_file_id    INTEGER NOT NULL REFERENCES source_file,
    source_row        INTEGER NOT NULL,
    geom              BLOB NOT NULL
);
