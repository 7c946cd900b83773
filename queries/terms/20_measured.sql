-- Where each measure has figures, so that choices offer nothing empty.
-- grain:   one row per measure, industry and year with a figure in at least one region
-- columns: measure, industry_code, year, regions (regions with a figure, the root left out)
create table measured as
select cells.measure, cells.industry_code, cells.year, count(*) as regions
from cells
cross join settings
where cells.value is not null and cells.region_code <> settings.root_region
group by cells.measure, cells.industry_code, cells.year
order by cells.measure, cells.industry_code, cells.year
