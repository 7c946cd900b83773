-- What the cell metrics are computed from: each cell beside the totals it is measured against.
-- grain:   one row per measure, industry, year and region that has a cell
-- columns: measure, industry_code, year, region_code, level, region_industry, region_industry_status,
--          region_base, region_base_status, region_total, region_total_status, root_industry,
--          root_industry_status, root_base, root_base_status, region_industry_before,
--          region_industry_before_status, establishments, establishments_status,
--          root_establishments, root_establishments_status, region_area,
--          region_area_status, root_area, root_area_status, region_population,
--          region_population_status, root_population, root_population_status (for each term its
--          figure and status)
create view terms as
select
    cell.measure,
    cell.industry_code,
    cell.year,
    cell.region_code,
    regions.level,
    cell.value as region_industry,
    cell.status as region_industry_status,
    region_base.value as region_base,
    coalesce(region_base.status, 'missing') as region_base_status,
    region_total.value as region_total,
    coalesce(region_total.status, 'missing') as region_total_status,
    root_industry.value as root_industry,
    coalesce(root_industry.status, 'missing') as root_industry_status,
    root_base.value as root_base,
    coalesce(root_base.status, 'missing') as root_base_status,
    before.value as region_industry_before,
    coalesce(before.status, 'missing') as region_industry_before_status,
    establishments.value as establishments,
    coalesce(establishments.status, 'missing') as establishments_status,
    root_establishments.value as root_establishments,
    coalesce(root_establishments.status, 'missing') as root_establishments_status,
    here.area as region_area,
    here.area_status as region_area_status,
    root.area as root_area,
    root.area_status as root_area_status,
    here.population as region_population,
    here.population_status as region_population_status,
    root.population as root_population,
    root.population_status as root_population_status
from cells as cell
cross join settings
join regions on regions.region_code = cell.region_code
join region_sizes as here on here.region_code = cell.region_code
join region_sizes as root on root.region_code = settings.root_region
join industry_bases on industry_bases.industry_code = cell.industry_code
left join cells as region_base
    on region_base.region_code = cell.region_code
    and region_base.industry_code = industry_bases.base_code
    and region_base.year = cell.year
    and region_base.measure = cell.measure
left join cells as region_total
    on region_total.region_code = cell.region_code
    and region_total.industry_code = settings.root_industry
    and region_total.year = cell.year
    and region_total.measure = cell.measure
left join cells as root_industry
    on root_industry.region_code = settings.root_region
    and root_industry.industry_code = cell.industry_code
    and root_industry.year = cell.year
    and root_industry.measure = cell.measure
left join cells as root_base
    on root_base.region_code = settings.root_region
    and root_base.industry_code = industry_bases.base_code
    and root_base.year = cell.year
    and root_base.measure = cell.measure
left join cells as before
    on before.region_code = cell.region_code
    and before.industry_code = cell.industry_code
    and before.year = cell.year - settings.span
    and before.measure = cell.measure
left join cells as establishments
    on establishments.region_code = cell.region_code
    and establishments.industry_code = cell.industry_code
    and establishments.year = cell.year
    and establishments.measure = 'establishments'
left join cells as root_establishments
    on root_establishments.region_code = settings.root_region
    and root_establishments.industry_code = cell.industry_code
    and root_establishments.year = cell.year
    and root_establishments.measure = 'establishments'
order by cell.measure, cell.industry_code, cell.year, cell.region_code
