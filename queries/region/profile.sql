-- Every figure of one region in two years, over all industries.
-- grain:   one row per metric, industry and year with a figure
-- params:  region (text), measure (text), year (int), since (int)
-- columns: metric, industry_code, year, value, status
select metric, industry_code, year, value, status
from figures
where region_code = $region and measure = $measure and (year = $year or year = $since)
order by metric, industry_code, year
