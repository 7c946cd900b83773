-- What the edition states: a figure, or that the figure is suppressed. An empty cell states nothing.
-- grain:   one row per region, industry, year and measure
-- columns: region_code, industry_code, year, measure, value (empty where suppressed), status
create table stated as
select
    region_code,
    industry_code,
    year,
    measure,
    case when status = 'suppressed' then null else value end as value,
    case when status is null or status = '' then 'published' else status end as status
from observations
where value is not null or status = 'suppressed'
order by measure, industry_code, year, region_code
