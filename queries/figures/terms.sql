-- The terms of all cells of a measure in a year: what the release's figures are computed from.
-- grain:   one row per industry and region that has a cell
-- params:  measure (text), year (int)
-- columns: measure, industry_code, year, region_code, level, region_industry, region_industry_status,
--          region_base, region_base_status, region_total, region_total_status, root_industry,
--          root_industry_status, root_base, root_base_status, region_industry_before,
--          region_industry_before_status, establishments, establishments_status,
--          root_establishments, root_establishments_status, region_area,
--          region_area_status, root_area, root_area_status, region_population,
--          region_population_status, root_population, root_population_status (for each term its
--          figure and status)
select *
from terms
where measure = $measure and year = $year
order by industry_code, region_code
