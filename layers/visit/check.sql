-- check:     visit_date_unreadable
-- table:     visit
-- title:     the date of a visit is none | la date d'une visite n'en est pas une
-- severity:  warning
-- reference: dates are written so | les dates s'écrivent ainsi
SELECT source_file_id,
       source_row,
       visit_date                     AS value,
       'YYYY-MM-DD, dd/mm/yyyy'       AS reference
FROM visit
WHERE visit_date IS NOT NULL AND date(visit_date) IS NULL;
