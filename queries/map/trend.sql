-- One figure of one industry through the years.
-- grain:   one row per region and year with a figure
-- params:  metric (text), measure (text), industry (text)
-- columns: region_code, year, value
select region_code, year, value
from figures
where metric = $metric and measure = $measure and industry_code = $industry and value is not null
order by region_code, year
