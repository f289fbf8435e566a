-- criterion: day_part
-- title:     Parts of the day | Tranches de la journée
-- source:    the six parts read in the reports of French pedestrian counters (Eco-Compteur); night 20:00 to 6:00 as in the
--            street profiles of Dijon (Eco-Compteur); morning and midday as in Miranda-Moreno and others 2013,
--            Classification of bicycle traffic patterns in five North American cities (AMI: 7-9 over 11-13)
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS part,
       column5 AS start_minute, -- after local midnight
       column6 AS end_minute    -- not included; before the start: of the next day
FROM (VALUES ('six_parts', 0, 9999, '07_10',    420,  600),
             ('six_parts', 0, 9999, '10_12',    600,  720),
             ('six_parts', 0, 9999, '12_14',    720,  840),
             ('six_parts', 0, 9999, '14_17',    840, 1020),
             ('six_parts', 0, 9999, '17_20',   1020, 1200),
             ('six_parts', 0, 9999, '20_07',   1200,  420),
             ('six_parts', 0, 9999, 'night',   1200,  360),
             ('six_parts', 0, 9999, 'morning',  420,  540),
             ('six_parts', 0, 9999, 'midday',   660,  780));
