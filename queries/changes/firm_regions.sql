-- How many firms of each region there are, in a release or in a file that comes in.
-- grain:   one row per region with a firm
-- columns: region_code, firms
select region_code, count(*) as firms
from firms
where region_code is not null
group by region_code
order by region_code
