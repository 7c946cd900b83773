-- One industry as the map and what stands beside it show it: some metrics in all years, others in
-- some years, the amount in one region (the country) in all years, turnover in those years.
-- grain:   one row per metric, measure, year and region with a figure or a reason for none
-- params:  measure (text), industry (text), metrics (text[]), beside (text[]), years (int[]),
--          region (text or null: none)
-- columns: metric, measure, year, region_code, value, status
select metric, measure, year, region_code, value, status
from figures
where
    industry_code = $industry
    and (
        (
            measure = $measure
            and (
                list_contains($metrics, metric)
                or (list_contains($years, year) and list_contains($beside, metric))
                or (metric = 'amount' and region_code = $region)
            )
        )
        or (measure = 'turnover' and metric = 'amount' and list_contains($years, year))
    )
order by metric, measure, year, region_code
