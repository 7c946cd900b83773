-- Every figure of one industry in two years: what the map, its table and its panel show.
-- grain:   one row per metric, measure, year and region with a figure or a reason for none
-- params:  industry (text), year (int), since (int)
-- columns: metric, measure, year, region_code, value, status
select metric, measure, year, region_code, value, status
from figures
where industry_code = $industry and (year = $year or year = $since)
order by metric, measure, year, region_code
