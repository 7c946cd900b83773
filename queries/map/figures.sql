-- One industry as the map and what stands beside it show it: the figure that is drawn in all years,
-- others in two years, the amount in one region (the country) in all years, the year's turnover.
-- grain:   one row per metric, measure, year and region with a figure or a reason for none
-- params:  metric (text), metrics (text[]), measure (text), industry (text), year (int), since (int),
--          region (text)
-- columns: metric, measure, year, region_code, value, status
select metric, measure, year, region_code, value, status
from figures
where
    industry_code = $industry
    and (
        (
            measure = $measure
            and (
                metric = $metric
                or (year in ($year, $since) and list_contains($metrics, metric))
                or (metric = 'amount' and region_code = $region)
            )
        )
        or (measure = 'turnover' and metric = 'amount' and year = $year)
    )
order by metric, measure, year, region_code
