-- Where each measure has figures.
-- grain:   one row per measure, industry and year with a figure in at least one region
-- columns: measure, industry_code, year, regions
select measure, industry_code, year, regions from measured order by measure, industry_code, year
