-- layer:  parking
-- title:  Car parks and paid parking | Stationnement
-- order:  9
-- table:  parking, geometry point, place geom, export parkings
-- get:    stationnement of the town in the national schema (schema.data.gouv.fr, transport.data.gouv.fr)
--         | stationnement de la collectivité au schéma national (schema.data.gouv.fr, transport.data.gouv.fr)
--
-- code            text, short code        | Car park | Parc
-- name            text, short name        | Name | Nom
-- spaces          integer, short spaces   | Spaces | Places
-- disabled_spaces integer, short disabled | Spaces for disabled people | Places PMR
-- is_free         integer, short is_free  | Free of charge | Gratuit
-- parking_type    text, short type        | Type | Type
CREATE TABLE parking (
    parking_id      INTEGER PRIMARY KEY,
    code            TEXT NOT NULL,
    name            TEXT,
    spaces          INTEGER,       -- NULL where the source counts none: a zone, a street
    disabled_spaces INTEGER,
    is_free         INTEGER,       -- 1, 0, NULL unknown
    parking_type    TEXT,          -- in the source's words; zone or street when it only has a shape
    x_m             REAL,          -- in the store's CRS
    y_m             REAL,
    source_file_id  INTEGER NOT NULL REFERENCES source_file,
    source_row      INTEGER NOT NULL,
    geom            BLOB NOT NULL  -- a point on the surface or on the line
);
