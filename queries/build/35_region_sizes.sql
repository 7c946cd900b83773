-- Area and population of every region: as stated, else the sum of the highest stated under it.
-- grain:   one row per region
-- columns: region_code, area, area_status, population, population_status (published, derived,
--          partial where a part is missing, missing)
create table region_sizes as
with stated as (
    select region_code, 'area' as quantity, area_km2::double as amount
    from regions
    where area_km2 is not null
    union all
    select region_code, 'population' as quantity, population::double as amount
    from regions
    where population is not null
),
quantities as (
    select unnest(['area', 'population']) as quantity
),
highest_stated as (
    select
        lowest.ancestor_code as region_code,
        quantities.quantity,
        lowest.descendant_code as lowest_code,
        arg_min(stated.region_code, way.distance) as stated_code
    from region_paths as lowest
    join region_heights
        on region_heights.region_code = lowest.descendant_code and region_heights.height = 0
    cross join quantities
    join region_paths as way on way.ancestor_code = lowest.ancestor_code
    join region_paths as rest
        on rest.ancestor_code = way.descendant_code and rest.descendant_code = lowest.descendant_code
    left join stated
        on stated.region_code = way.descendant_code and stated.quantity = quantities.quantity
    group by lowest.ancestor_code, quantities.quantity, lowest.descendant_code
),
wholes as (
    select region_code, quantity, count(*) = count(stated_code) as whole
    from highest_stated
    group by region_code, quantity
),
sums as (
    select parts.region_code, parts.quantity, sum(stated.amount) as amount
    from (select distinct region_code, quantity, stated_code from highest_stated) as parts
    join stated on stated.region_code = parts.stated_code and stated.quantity = parts.quantity
    group by parts.region_code, parts.quantity
),
sizes as (
    select
        wholes.region_code,
        wholes.quantity,
        sums.amount,
        case
            when own.amount is not null then 'published'
            when sums.amount is null then 'missing'
            when wholes.whole then 'derived'
            else 'partial'
        end as status
    from wholes
    left join sums on sums.region_code = wholes.region_code and sums.quantity = wholes.quantity
    left join stated as own
        on own.region_code = wholes.region_code and own.quantity = wholes.quantity
)
select
    area.region_code,
    area.amount as area,
    area.status as area_status,
    population.amount as population,
    population.status as population_status
from sizes as area
join sizes as population
    on population.region_code = area.region_code and population.quantity = 'population'
where area.quantity = 'area'
order by area.region_code
