-- table:   estimate_error
-- title:   How far off the estimates of footfall are | De combien les estimations de fréquentation se trompent
-- needs:   site_left_out
-- key:     method
-- method:  each counter left out in turn: the median of the relative errors, and the root mean square of their logarithms, with
--          the relative error that is
-- source:  the table site_left_out
SELECT method,
       count(*)                                                       AS sites,
       median(100 * abs(estimate - people) / people)                  AS median_error_pct,
       sqrt(avg(log_error * log_error))                               AS log_rmse,
       100 * (exp(sqrt(avg(log_error * log_error))) - 1)              AS error_pct,
       avg(log_error)                                                 AS log_bias
FROM site_left_out
GROUP BY method;
