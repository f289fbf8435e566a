-- layer:  shop
-- title:  Shops and business premises | Commerces et locaux d'activité
-- order:  7
-- table:  shop, geometry point, place geom, export shops
-- get:    a survey of the town (name, activity, vacant or not, lon, lat); or SIRENE establishments, INSEE, sirene.fr
--         | un relevé de la ville (nom, activité, vacant ou non, lon, lat) ; ou établissements SIRENE, INSEE, sirene.fr
--
-- code               text, short code        | Premises | Local
-- name               text, short name        | Name | Enseigne
-- activity           text, short activity    | Activity | Activité
-- is_vacant          integer, short vacant   | Vacant | Vacant
-- is_active          integer, short active   | Active | Actif
-- vacant_since_year  integer, short vac_year | Vacant since | Vacant depuis
CREATE TABLE shop (
    shop_id           INTEGER PRIMARY KEY,
    code              TEXT NOT NULL, -- SIRET, the id of the premises, or file and row
    name              TEXT,
    activity_code     TEXT,          -- APE (NAF), where the source has it
    activity          TEXT,          -- in the source's words
    is_vacant         INTEGER,       -- 1, 0, NULL unknown: a list of shops says nothing of empty premises
    is_active         INTEGER,       -- 1, 0 closed for good, NULL unknown
    vacant_since_year INTEGER,
    floor_area_m2     REAL,
    frontage_m        REAL,
    parcel_id         INTEGER,       -- NULL when the source names none or it is unknown
    parcel_code       TEXT,
    address_code      TEXT,          -- id of the address (BAN), where the source has it
    x_m               REAL,          -- in the store's CRS; of the parcel when the source has no point
    y_m               REAL,
    source_file_id    INTEGER NOT NULL REFERENCES source_file,
    source_row        INTEGER NOT NULL,
    geom              BLOB
);
