-- title:  What every store holds beside its layers | Ce que contient toute base
-- reject: duplicate | an earlier row has the same id | une ligne précédente a le même identifiant
-- reject: duplicate_of_other_file | an earlier file has the same id | un fichier précédent a le même identifiant
-- reject: ragged_row | more or fewer cells than the header | plus ou moins de cellules que l'en-tête
-- reject: nul_byte | a NUL byte in the row | un octet nul dans la ligne
-- reject: geometry_missing | no geometry | pas de géométrie
-- reject: geometry_unreadable | the geometry cannot be read | géométrie illisible
-- reject: geometry_without_area | the polygon has no area | polygone sans surface
-- reject: geometry_of_other_type | not the kind of geometry this layer holds | géométrie d'un autre type que celui de la couche
-- reject: geometry_collection | a collection of geometries | une collection de géométries
-- reject: coordinate_not_finite | a coordinate is no number, or outside the map projection | coordonnée invalide, ou hors de la projection
-- reject: no_geometry | no geometry | pas de géométrie
CREATE TABLE store (
    srid      INTEGER NOT NULL, -- EPSG code of the one metric CRS of all geometries
    time_zone TEXT NOT NULL,    -- IANA name: local days are days there
    period    INTEGER,          -- the year the data speak of; NULL until computed
    version   TEXT NOT NULL     -- of the ilot that made it
);

CREATE TABLE source_file (
    source_file_id INTEGER PRIMARY KEY,
    path       TEXT NOT NULL,    -- file name, without its folder
    file_layer TEXT,             -- layer inside the file
    sha256     TEXT NOT NULL,    -- of the file as downloaded
    layer      TEXT NOT NULL,    -- recognised as
    source     TEXT NOT NULL,
    into_table TEXT NOT NULL,
    publisher  TEXT,
    licence    TEXT,
    access     TEXT NOT NULL,    -- open or restricted
    crs        TEXT,             -- of the file
    encoding   TEXT,
    rows_read  INTEGER NOT NULL, -- = rows_loaded + rows_rejected
    rows_loaded   INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    rows_repaired INTEGER NOT NULL
);

CREATE TABLE rejected (
    rejected_id    INTEGER PRIMARY KEY,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL, -- as a spreadsheet counts for tables, from 1 for features
    reason         TEXT NOT NULL,
    row_text       TEXT              -- the columns read of it, as JSON; never others
);

-- What a reason means, in both languages, as the source's header says.
CREATE TABLE reason (
    reason TEXT PRIMARY KEY,
    en     TEXT NOT NULL,
    fr     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE indicator (
    feature    TEXT NOT NULL,  -- what has it: district, parcel, footfall_site
    indicator  TEXT NOT NULL,
    short_name TEXT NOT NULL,  -- ten bytes at most, for shapefiles
    topic      TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    title_fr   TEXT NOT NULL,
    unit       TEXT NOT NULL,
    kind       TEXT NOT NULL,  -- stock, rate, median, mean
    formula    TEXT,
    method     TEXT,
    source     TEXT,
    rank       INTEGER NOT NULL, -- order in tables
    PRIMARY KEY (feature, indicator)
) WITHOUT ROWID;

CREATE TABLE indicator_value (
    indicator   TEXT NOT NULL,
    district_id INTEGER NOT NULL,
    period      INTEGER NOT NULL, -- year
    value       REAL,             -- NULL: nothing to measure
    n           INTEGER,          -- what a rate is a share of
    status      TEXT NOT NULL,    -- ok, or none: nothing to measure
    PRIMARY KEY (indicator, district_id, period)
) WITHOUT ROWID;

-- Features that lie in no district: of a grain, or (grain '') of any, or that point to no feature.
CREATE TABLE unplaced (
    feature TEXT NOT NULL,
    grain   TEXT NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (feature, grain)
) WITHOUT ROWID;
