-- Every figure of an edition, its totals added up, with the line of the file it stands in.
-- grain:   one row per region, industry, year and measure with a figure
-- columns: region_code, industry_code, year, measure, value, status, row (empty for a sum)
select
    cells.region_code,
    cells.industry_code,
    cells.year,
    cells.measure,
    cells.value,
    cells.status,
    observations.row
from cells
left join observations using (region_code, industry_code, year, measure)
where cells.value is not null
order by cells.measure, cells.year, cells.region_code, cells.industry_code
