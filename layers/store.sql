-- title:  What every store holds beside its layers | Ce que contient toute base
-- reject: duplicate | an earlier row has the same id | une ligne précédente a le même identifiant
-- reject: duplicate_of_other_file | an earlier file has the same id | un fichier précédent a le même identifiant
-- reject: id_too_long | an id of more than 512 bytes: is a quote left open, or the column wrong? | un identifiant de plus de 512 octets : un guillemet resté ouvert, ou la mauvaise colonne ?
-- reject: ragged_row | more or fewer cells than the header | plus ou moins de cellules que l'en-tête
-- reject: nul_byte | a NUL byte in the row | un octet nul dans la ligne
-- reject: geometry_missing | no geometry | pas de géométrie
-- reject: geometry_unreadable | the geometry cannot be read | géométrie illisible
-- reject: geometry_without_area | the polygon has no area | polygone sans surface
-- reject: geometry_of_other_type | not the kind of geometry this layer holds | géométrie d'un autre type que celui de la couche
-- reject: geometry_collection | a collection of geometries | une collection de géométries
-- reject: coordinate_not_finite | a coordinate is no number, or outside the map projection | coordonnée invalide, ou hors de la projection
-- reject: no_geometry | no geometry | pas de géométrie
-- reject: metres_as_degrees | coordinates too great for degrees: metres? save the layer again with its CRS | coordonnées trop grandes pour des degrés : des mètres ? enregistrez à nouveau la couche avec son SCR
-- reject: degrees_as_metres | degrees, where the file's CRS says metres; save the layer again with its CRS | des degrés, alors que le SCR du fichier est en mètres ; enregistrez à nouveau la couche avec son SCR
-- reject: implausible | set aside as not plausible, see the table fault | écartée comme invraisemblable, voir la table fault
-- reject: points_to_excluded | belongs to a row set aside as not plausible | appartient à une ligne écartée comme invraisemblable
CREATE TABLE store (
    srid      INTEGER NOT NULL, -- EPSG code of the one metric CRS of all geometries
    time_zone TEXT NOT NULL,    -- IANA name: local days are days there
    period    INTEGER,          -- the year the data speak of; NULL until computed
    version   TEXT NOT NULL,    -- of the ilot that made it
    changes   INTEGER NOT NULL DEFAULT 0, -- that `run` made to this file; another number in its header: somebody wrote since
    access    TEXT NOT NULL DEFAULT 'open' -- internal: a file of restricted access was read into it
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
    vintage    INTEGER,          -- the year its rows, or else its name, speak of
    rows_read  INTEGER NOT NULL, -- = rows_loaded + rows_rejected
    rows_loaded   INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    rows_repaired INTEGER NOT NULL,
    west_m  REAL, -- extent of the rows loaded, in the store's CRS; NULL without geometry
    south_m REAL,
    east_m  REAL,
    north_m REAL
);

-- What was said of a file while it was loaded.
CREATE TABLE source_note (
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    position       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    PRIMARY KEY (source_file_id, position)
) WITHOUT ROWID;

-- Of what each table was made: two stores with one digest hold the same rows under that name. The next run takes them
-- over.
CREATE TABLE made_of (
    name   TEXT PRIMARY KEY, -- of a table, a topic, a file of checks; 'the result' as a whole
    sha256 TEXT NOT NULL     -- of the program, the SQL, and the files it depends on; empty: not to be taken over
) WITHOUT ROWID;

-- Licences as publishers write them, and as data packages name them.
CREATE TABLE known_licence (
    pattern TEXT PRIMARY KEY, -- LIKE
    name    TEXT NOT NULL,
    title   TEXT NOT NULL,
    url     TEXT
) WITHOUT ROWID;
INSERT INTO known_licence VALUES
    ('Licence Ouverte%', 'etalab-2.0', 'Licence Ouverte 2.0', 'https://www.etalab.gouv.fr/licence-ouverte-open-licence'),
    ('ODbL%', 'ODbL-1.0', 'Open Database License 1.0', 'https://opendatacommons.org/licenses/odbl/1-0/'),
    ('OGL%', 'OGL-UK-3.0', 'Open Government Licence 3.0', 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/');

-- Where the French republic lies, in degrees, with some sea around: the checks of positions ask it.
CREATE TABLE territory (
    name      TEXT PRIMARY KEY,
    west_deg  REAL NOT NULL,
    south_deg REAL NOT NULL,
    east_deg  REAL NOT NULL,
    north_deg REAL NOT NULL
) WITHOUT ROWID;
INSERT INTO territory VALUES
    ('France métropolitaine', -5.5, 41.2, 9.8, 51.3),
    ('Guadeloupe, Martinique, Saint-Martin, Saint-Barthélemy', -63.3, 14.2, -60.6, 18.3),
    ('Guyane', -54.7, 2.0, -51.5, 6.0),
    ('La Réunion', 55.0, -21.5, 56.0, -20.7),
    ('Mayotte', 44.9, -13.1, 45.4, -12.5),
    ('Saint-Pierre-et-Miquelon', -56.6, 46.6, -56.0, 47.3);

CREATE TABLE rejected (
    rejected_id    INTEGER PRIMARY KEY,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL, -- as a spreadsheet counts for tables, from 1 for features
    reason         TEXT NOT NULL,
    row_text       TEXT              -- the columns read of it, as JSON; never others
);

-- Geometries loaded after a repair: a ring closed, or made valid by GEOS.
CREATE TABLE repaired (
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL,
    area_before_m2 REAL NOT NULL, -- as its rings gave it
    area_m2        REAL NOT NULL, -- of what is kept
    PRIMARY KEY (source_file_id, source_row)
) WITHOUT ROWID;

-- What a reason means, in both languages, as the source's header says.
CREATE TABLE reason (
    reason      TEXT PRIMARY KEY,
    en          TEXT NOT NULL,
    fr          TEXT NOT NULL,
    is_expected INTEGER NOT NULL -- 1: such rows belong in a sound file, they are only not for ilot
) WITHOUT ROWID;

-- Rows that were loaded but are not plausible, found before any join; layers/<layer>/check.sql.
CREATE TABLE fault (
    fault_id       INTEGER PRIMARY KEY,
    plausibility   TEXT NOT NULL REFERENCES plausibility,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER,          -- NULL: the whole file
    value          TEXT,             -- what stands there
    reference      TEXT,             -- what it was compared with
    is_excluded    INTEGER NOT NULL  -- 1: set aside, as --exclude-implausible asked
);

CREATE TABLE plausibility (
    plausibility TEXT PRIMARY KEY, -- name of the check
    in_table     TEXT NOT NULL,    -- whose rows it looks at
    severity     TEXT NOT NULL,    -- error: cannot be; warning: hardly can be; note: told, never excluded
    en           TEXT NOT NULL,
    fr           TEXT NOT NULL,
    reference_en TEXT NOT NULL,    -- what fault.reference is
    reference_fr TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE indicator (
    feature    TEXT NOT NULL,  -- what has it: district, parcel, footfall_site
    indicator  TEXT NOT NULL,
    short_name TEXT NOT NULL,  -- ten bytes at most, for shapefiles
    topic      TEXT NOT NULL,
    theme      TEXT NOT NULL,  -- the folder of the topic
    title_en   TEXT NOT NULL,
    title_fr   TEXT NOT NULL,
    unit       TEXT NOT NULL,
    kind       TEXT NOT NULL,  -- stock, rate, median, estimate, mean, share, index, class, rank, text
    formula    TEXT,
    method_en  TEXT,
    method_fr  TEXT,
    source     TEXT,
    rank       INTEGER NOT NULL, -- order in tables
    is_shown   INTEGER NOT NULL, -- in the table that commands print
    PRIMARY KEY (feature, indicator)
) WITHOUT ROWID;

CREATE TABLE indicator_value (
    indicator   TEXT NOT NULL,
    district_id INTEGER NOT NULL,
    period      INTEGER NOT NULL, -- year
    value       REAL,             -- NULL: nothing to measure, or known only between low and high; of a text, its words
    low         REAL,             -- of the 95 % interval of a rate or a median; where the status is secret or
    high        REAL,             -- bounds, or rows could not be placed, the least and the most it can be
    smoothed    REAL,             -- of a rate: drawn towards the mean of its grain (empirical Bayes)
    n           INTEGER,          -- units behind a rate or a median
    coverage    REAL,             -- part of the rows that could be placed in the grain, 0 to 1
    status      TEXT NOT NULL,    -- ok; few: n under the threshold; unsure: a class not likelier than the others
                                  -- together; secret: in the source; bounds: known only between low and high;
                                  -- none: nothing to measure
    criterion   TEXT NOT NULL,    -- definition and versions it was computed under
    PRIMARY KEY (indicator, district_id, period)
) WITHOUT ROWID;

-- Few or none: what the columns below are chosen by.
CREATE INDEX indicator_value_told ON indicator_value (indicator, status) WHERE status IN ('secret', 'bounds', 'unsure');

-- The columns in which an indicator is handed over: its value, and beside a rate, a median or what is known only
-- between bounds its low and high end, its number of units and its status. Ten bytes hold every short name.
CREATE VIEW indicator_column AS
SELECT i.feature,
       i.indicator,
       p.part,
       i.indicator || p.suffix AS name,
       CASE WHEN p.part = 'value' THEN i.short_name ELSE substr(i.short_name, 1, 8) || p.short END AS short_name,
       CASE WHEN p.part = 'status' OR i.kind = 'text' THEN 'text'
            WHEN p.part = 'n' OR i.kind = 'rank' OR i.kind = 'stock' AND i.unit = 'count' THEN 'integer' ELSE 'real' END AS type,
       i.title_en || p.en AS title_en,
       i.title_fr || p.fr AS title_fr,
       CASE WHEN p.part IN ('n', 'status') OR i.kind = 'text' OR i.kind = 'stock' AND i.unit = 'count' THEN ''
            ELSE i.unit END AS unit,
       i.rank * 8 + p.rank AS rank
FROM indicator AS i
JOIN (SELECT column1 AS part, column2 AS suffix, column3 AS short, column4 AS rank, column5 AS en, column6 AS fr
      FROM (VALUES ('value', '', '', 0, '', ''),
                   ('low', '_low', '_l', 1, ', low end', ', borne basse'),
                   ('high', '_high', '_h', 2, ', high end', ', borne haute'),
                   ('n', '_n', '_n', 3, ', number of units', ', effectif'),
                   ('status', '_status', '_s', 4, ', status', ', statut'))) AS p
WHERE p.part = 'value'
   OR i.feature = 'district' AND i.kind IN ('rate', 'median', 'estimate')
   OR i.feature = 'district' AND p.part <> 'n'
      AND EXISTS (SELECT 1 FROM indicator_value AS v
                  WHERE v.indicator = i.indicator
                    AND v.status IN ('secret', 'bounds', 'unsure') AND (v.status <> 'unsure' OR p.part = 'status'));

-- Years whose tables stand here as <table>@<period>, beside that of the store itself.
CREATE TABLE vintage (
    period INTEGER PRIMARY KEY
);

-- Files that `run` wrote beside this store: the next run into the folder replaces them, and no others.
CREATE TABLE handed_over (
    path   TEXT PRIMARY KEY, -- from the folder of the store
    sha256 TEXT              -- NULL of this store, and of territory.gpkg, which bears a mark
) WITHOUT ROWID;

-- Where rows of territory.gpkg beside this store stand, which the next run takes over when they would come out the same.
CREATE TABLE handed_layer (
    layer      TEXT PRIMARY KEY,
    first_page INTEGER NOT NULL, -- of its rows and their R-tree
    n_pages    INTEGER NOT NULL,
    n_rows     INTEGER NOT NULL,
    min_x      REAL,             -- in the store's CRS; NULL when no row has a place
    min_y      REAL,
    max_x      REAL,
    max_y      REAL
) WITHOUT ROWID;

-- Tables made by `compute`, which it may drop and make anew.
CREATE TABLE made_table (
    name TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Features that lie in no district: of a grain, or (grain '') of any, or that point to no feature.
CREATE TABLE unplaced (
    feature TEXT NOT NULL,
    grain   TEXT NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (feature, grain)
) WITHOUT ROWID;

-- Codes that stand in a cell instead of a value: secret and missing are two things, and neither is zero.
CREATE TABLE value_code (
    code   TEXT PRIMARY KEY, -- lower case
    status TEXT NOT NULL     -- secret: known and hidden; missing: not known, or not worth knowing
) WITHOUT ROWID;
INSERT INTO value_code VALUES
    ('s', 'secret'), ('c', 'secret'), ('secret', 'secret'),
    ('ns', 'missing'), ('n/s', 'missing'), -- not significant: too few to be shown
    ('nd', 'missing'), ('n/d', 'missing'), ('[nd]', 'missing'), ('na', 'missing'), ('n/a', 'missing'), ('n.d.', 'missing'),
    ('null', 'missing'), ('-', 'missing'), ('', 'missing');
