-- Every figure that a release gives, published or added up.
-- grain:   one row per region, industry, year and measure with a figure
-- columns: region_code, industry_code, year, measure, value
select region_code, industry_code, year, measure, value
from cells
where value is not null
order by measure, year, region_code, industry_code
