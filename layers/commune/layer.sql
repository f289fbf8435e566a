-- layer:  commune
-- title:  Communes and their changes (COG) | Communes et leurs changements (COG)
-- order:  0
-- table:  commune
-- table:  commune_move
-- table:  commune_now
-- get:    communes and mouvements des communes, code officiel géographique, INSEE
--         | communes et mouvements des communes, code officiel géographique, INSEE
CREATE TABLE commune (
    commune_id     INTEGER PRIMARY KEY,
    code           TEXT NOT NULL,
    kind           TEXT NOT NULL, -- COM, ARM (arrondissement), COMD and COMA (of a merged commune)
    name           TEXT NOT NULL,
    parent_code    TEXT,          -- of an arrondissement or a part: the commune it is in
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL
);

CREATE TABLE commune_move (
    commune_move_id INTEGER PRIMARY KEY,
    kind            TEXT NOT NULL, -- MOD of the COG: 32 new commune, 31 and 33 merger, 41 change of code, 21 split ...
    move_date       TEXT NOT NULL,
    from_kind       TEXT,
    from_code       TEXT,
    to_kind         TEXT,
    to_code         TEXT,
    source_file_id  INTEGER NOT NULL REFERENCES source_file,
    source_row      INTEGER NOT NULL
);

-- What each code that is no commune any more has become: one code, the latest.
CREATE TABLE commune_now (
    code     TEXT PRIMARY KEY,
    now_code TEXT NOT NULL
) WITHOUT ROWID;
