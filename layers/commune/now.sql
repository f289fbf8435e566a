-- title:  What old commune codes have become | Ce que sont devenus les anciens codes de communes
-- after:  commune_move
-- makes:  commune_now
-- order:  1
-- note:   SELECT count(*) FROM commune_now
--         | old commune code(s) can be followed to a commune of today | ancien(s) code(s) de commune suivi(s) jusqu'à une commune actuelle

-- A commune that merged or changed code goes to the commune it is in now; one that split stays itself. A code is followed as
-- long as it left the list of communes: the last move away from it counts.
INSERT INTO commune_now (code, now_code)
WITH RECURSIVE away AS (
    SELECT from_code, to_code, max(move_date) AS move_date
    FROM commune_move
    WHERE kind IN ('31', '32', '33', '41', '50') AND from_kind = 'COM' AND to_kind = 'COM' AND from_code <> to_code
    GROUP BY from_code
), gone AS (
    SELECT a.from_code, a.to_code, a.move_date
    FROM away AS a
    WHERE NOT EXISTS (SELECT 1 FROM commune_move AS back
                      WHERE back.to_code = a.from_code AND back.to_kind = 'COM' AND back.move_date > a.move_date)
), chain(code, now_code, steps) AS (
    SELECT from_code, to_code, 1 FROM gone
    UNION ALL
    SELECT c.code, g.to_code, c.steps + 1
    FROM chain AS c JOIN gone AS g ON g.from_code = c.now_code
    WHERE c.steps < 20
)
SELECT code, now_code FROM (SELECT code, now_code, max(steps) FROM chain GROUP BY code);
