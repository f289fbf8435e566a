-- title:  One row a project | Une ligne par projet
-- after:  programme_commune
-- makes:  programme
-- order:  10
-- note:   SELECT count(*) FROM programme WHERE programme IN (SELECT programme FROM programme_commune WHERE source_file_id = :source_file_id)
--         | project(s) in these communes | projet(s) dans ces communes
INSERT INTO programme (programme, code, name, communes)
SELECT programme, coalesce(project_code, code), group_concat(name, ', '), count(*)
FROM programme_commune
GROUP BY programme, coalesce(project_code, code)
ORDER BY 1, 2;
