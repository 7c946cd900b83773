-- The recorded firms under every industry that they belong to and the region of a level that they
-- stand in, with the persons they employ.
-- grain:   one row per firm and industry above or at its own
-- params:  level (int), year (int; firms without a year count in every one)
-- columns: industry_code, region_code, employment
select industry_paths.ancestor_code as industry_code, regions.region_code, firms.employment
from firms
join industry_paths on industry_paths.descendant_code = firms.industry_code
join region_paths on region_paths.descendant_code = firms.region_code
join regions on regions.region_code = region_paths.ancestor_code
where regions.level = $level
and (firms.year is null or firms.year = $year)
order by industry_paths.ancestor_code, regions.region_code, firms.firm_id
