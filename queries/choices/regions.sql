-- All regions of the release with every column that the edition gives.
-- grain:   one row per region, parents before children
-- columns: region_code, parent_code, level, name_en, population, area_km2 and the edition's own
select * from regions order by level, region_code
