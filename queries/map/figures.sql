-- Some figures of one industry in two years, and its turnover: what the map and its table show.
-- grain:   one row per metric, measure, year and region with a figure or a reason for none
-- params:  metrics (text[]), measure (text), industry (text), year (int), since (int)
-- columns: metric, measure, year, region_code, value, status
select metric, measure, year, region_code, value, status
from figures
where
    industry_code = $industry
    and (year = $year or year = $since)
    and (
        (measure = $measure and list_contains($metrics, metric))
        or (measure = 'turnover' and metric = 'amount')
    )
order by metric, measure, year, region_code
