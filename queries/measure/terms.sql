-- The terms of every cell of a measure, all regions of a level: what rules are computed from anew.
-- grain:   one row per industry, year and region that has a cell
-- params:  measure (text), level (int), industry (text or null: all), year (int or null: all)
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
where measure = $measure
and level = $level
and ($industry is null or industry_code = $industry)
and ($year is null or year = $year)
order by industry_code, year, region_code
