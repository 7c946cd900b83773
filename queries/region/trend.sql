-- One industry of one region through the years: every metric.
-- grain:   one row per metric and year with a figure
-- params:  region (text), measure (text), industry (text)
-- columns: metric, year, value
select metric, year, value
from figures
where region_code = $region and measure = $measure and industry_code = $industry
order by metric, year
