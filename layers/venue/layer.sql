-- layer:  venue
-- title:  Public venues | Équipements
-- order:  8
-- table:  venue_type
-- table:  venue, geometry point, place geom, export venues
-- get:    équipements of the town (SCDL, schema.data.gouv.fr); or Base permanente des équipements, INSEE
--         | équipements de la collectivité (SCDL, schema.data.gouv.fr) ; ou Base permanente des équipements, INSEE
--
-- code        text, short code      | Venue | Équipement
-- name        text, short name      | Name | Nom
-- venue_type  text, short type      | Type | Type
-- theme       text, short theme     | Theme | Thème
-- is_culture  integer, short culture | Culture | Culture
CREATE TABLE venue_type (
    venue_type_id  INTEGER PRIMARY KEY,
    code           TEXT NOT NULL, -- TYPEQU of the BPE
    name           TEXT NOT NULL,
    theme          TEXT,          -- the sub-domain's words
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL
);

CREATE TABLE venue (
    venue_id       INTEGER PRIMARY KEY,
    code           TEXT NOT NULL,
    name           TEXT,
    venue_type     TEXT,          -- in the source's words; of the BPE the code TYPEQU
    theme          TEXT,
    is_culture     INTEGER,       -- 1, 0, NULL unknown
    x_m            REAL,          -- in the store's CRS
    y_m            REAL,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL,
    geom           BLOB NOT NULL
);
