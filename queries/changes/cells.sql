-- Every cell of a release, with or without a figure, to be compared with another release's.
-- grain:   one row per region, industry, year and measure
-- columns: region_code, industry_code, year, measure, level, value, status
select
    cells.region_code,
    cells.industry_code,
    cells.year,
    cells.measure,
    cast(regions.level as integer) as level,
    cells.value,
    cells.status
from cells
inner join regions using (region_code)
order by cells.measure, cells.year, level, cells.region_code, cells.industry_code
