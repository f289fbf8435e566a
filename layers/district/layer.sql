-- layer:  district
-- title:  Districts | Quartiers
-- order:  1
-- table:  district, geometry multipolygon
-- table:  grid_population
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

CREATE TABLE grid_population (
    grid_population_id INTEGER PRIMARY KEY,
    code               TEXT NOT NULL, -- of the square: CRS3035RES200mN...E...
    district_id        INTEGER,       -- of the grain grid200m
    commune_codes      TEXT,          -- several written one behind the other
    people             REAL,          -- sums, estimated by INSEE: with decimals
    households         REAL,
    poor_households    REAL,
    income_sum_eur     REAL,          -- sum of winsorised standards of living: divide by people
    social_dwellings   REAL,
    people_under_18    REAL,
    people_65_or_more  REAL,
    is_imputed         INTEGER,       -- 1 imputed for secrecy
    area_m2            REAL NOT NULL, -- planar; squares may be cut at a commune's edge
    geom               BLOB,          -- handed on to the district, then NULL
    source_file_id     INTEGER NOT NULL REFERENCES source_file,
    source_row         INTEGER NOT NULL
);
