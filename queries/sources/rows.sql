-- How many observations each measure has, and over which years.
-- grain:   one row per measure
-- columns: measure, figures, first_year, last_year
select
    measure,
    count(*) as figures,
    cast(min(year) as integer) as first_year,
    cast(max(year) as integer) as last_year
from stated
where value is not null and status in ('published', 'estimated')
group by measure
order by measure
