-- layer:  district
-- title:  Districts | Quartiers
-- order:  1
-- table:  district, geometry multipolygon
-- get:    IRIS contours, IGN and INSEE, geoservices.ign.fr; or a layer of your own with a code and a name
--         | Contours IRIS, IGN et INSEE, geoservices.ign.fr ; ou une couche à vous avec un code et un nom
CREATE TABLE district (
    district_id    INTEGER PRIMARY KEY,
    grain          TEXT NOT NULL, -- iris, qpv, quarter, commune, or the layer's own name
    code           TEXT NOT NULL, -- unique in its grain
    name           TEXT NOT NULL,
    area_m2        REAL NOT NULL, -- planar, in the store's CRS
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL,
    geom           BLOB NOT NULL
);
