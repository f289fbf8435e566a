-- layer:  footfall
-- title:  Pedestrian counts | Comptages de piétons
-- order:  3
-- table:  footfall_site, geometry point, place geom, export footfall_sites
-- table:  footfall_channel
-- table:  footfall_count
-- table:  footfall_count_row
-- table:  footfall_slot_row
-- table:  footfall_slot
-- table:  footfall_zone_count
-- get:    the counts of your town in the national schema (site, channel, measure: schema.data.gouv.fr),
--         or sites with sensor_id and a point, and counts with sensor_id, timestamp, count
--         | les comptages de votre ville au schéma national (site, channel, measure : schema.data.gouv.fr),
--         ou des sites avec sensor_id et un point, et des comptages avec sensor_id, timestamp, count
--
-- code  text, short code  | Site | Site
-- name  text, short name  | Name | Nom
CREATE TABLE footfall_site (
    footfall_site_id INTEGER PRIMARY KEY,
    code             TEXT NOT NULL,
    name             TEXT,
    x_m              REAL NOT NULL, -- in the store's CRS
    y_m              REAL NOT NULL,
    source_file_id   INTEGER NOT NULL REFERENCES source_file,
    source_row       INTEGER NOT NULL,
    geom             BLOB NOT NULL
);

CREATE TABLE footfall_channel (
    footfall_channel_id INTEGER PRIMARY KEY, -- one direction of one site
    code                TEXT NOT NULL,
    footfall_site_id    INTEGER NOT NULL REFERENCES footfall_site,
    source_file_id      INTEGER NOT NULL REFERENCES source_file,
    source_row          INTEGER NOT NULL
);

CREATE TABLE footfall_count (
    footfall_site_id    INTEGER NOT NULL,
    day                 INTEGER NOT NULL, -- local, YYYYMMDD
    start_s             INTEGER NOT NULL, -- instant the measure begins, seconds since 1970-01-01T00:00Z
    footfall_channel_id INTEGER NOT NULL, -- 0 where a site has no channels
    count               REAL NOT NULL,    -- people; 0 = nobody passed
    source_file_id      INTEGER NOT NULL REFERENCES source_file,
    source_row          INTEGER NOT NULL,
    PRIMARY KEY (footfall_site_id, day, start_s, footfall_channel_id)
) WITHOUT ROWID;

CREATE TABLE footfall_count_row (
    footfall_count_row_id INTEGER PRIMARY KEY, -- a row of a table of counts that carries positions
    site_code        TEXT NOT NULL,
    day              INTEGER NOT NULL, -- local, YYYYMMDD
    start_s          INTEGER NOT NULL, -- instant the measure begins, seconds since 1970-01-01T00:00Z
    people           REAL NOT NULL,
    lon_deg          REAL,             -- as the row says; NULL when it says nothing, or 0, 0
    lat_deg          REAL,
    footfall_site_id INTEGER,          -- NULL when nothing says where the site is
    away_m           REAL,             -- from the site's place to the row's; NULL when the row has none
    is_used          INTEGER NOT NULL, -- 1: it is a count of its site
    source_file_id   INTEGER NOT NULL REFERENCES source_file,
    source_row       INTEGER NOT NULL
);

CREATE TABLE footfall_slot_row (
    footfall_slot_row_id INTEGER PRIMARY KEY, -- a row of a table of manual counts: a site
    code                 TEXT NOT NULL,
    thursday_7_9         REAL, -- mean people in the two hours
    thursday_11_13       REAL,
    thursday_17_19       REAL,
    saturday_7_9         REAL,
    saturday_11_13       REAL,
    saturday_17_19       REAL,
    source_file_id       INTEGER NOT NULL REFERENCES source_file,
    source_row           INTEGER NOT NULL
);

-- Means of a time slot of a kind of day: no calendar day, so no mean per day can be made of them.
CREATE TABLE footfall_slot (
    footfall_slot_id INTEGER PRIMARY KEY,
    site_code        TEXT NOT NULL,
    footfall_site_id INTEGER,       -- NULL when nothing says where the site is
    weekday          INTEGER NOT NULL, -- 1 Monday to 7 Sunday
    from_hour        INTEGER NOT NULL,
    to_hour          INTEGER NOT NULL,
    people           REAL           -- NULL not measured
);

-- Counts that are known only for a zone (mobile phones, Wi-Fi): small ones are hidden.
CREATE TABLE footfall_zone_count (
    footfall_zone_count_id INTEGER PRIMARY KEY,
    zone_code              TEXT NOT NULL,
    district_id            INTEGER,       -- the district of this code or name
    day                    INTEGER NOT NULL, -- local, YYYYMMDD
    start_s                INTEGER,       -- NULL for a whole day
    people                 REAL,
    status                 TEXT NOT NULL, -- ok, secret, missing
    source_file_id         INTEGER NOT NULL REFERENCES source_file,
    source_row             INTEGER NOT NULL
);
