-- The cube of a table of firms: each of its rows counted once, in the cell whose codes it bears.
-- grain:   one row per region, industry and year of the table; rows that lack a code are not left
--          out, but make cells without that code
-- params:  path (text; a Parquet file with region_code, industry_code, year, employment, turnover)
-- columns: region_code, industry_code, year, employment, establishments (rows), turnover (sums of
--          what is known, empty where nothing is)
select
    region_code,
    industry_code,
    year,
    sum(employment)::bigint as employment,
    count(*) as establishments,
    sum(turnover)::bigint as turnover
from read_parquet($path)
group by region_code, industry_code, year
order by region_code, industry_code, year
