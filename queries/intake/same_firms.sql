-- Firms that are like another one in all but their id, from the file of firms that came in.
-- grain:   one row per firm that repeats another
-- columns: line, value, first
select line, name as value, first
from (
    select
        "line in the file" as line,
        name,
        firm_id,
        min("line in the file") over same as first,
        first_value(firm_id) over (
            partition by lower(name), region_code, industry_code, place
            order by "line in the file"
        ) as first_id
    from firms
    where name is not null
    window same as (partition by lower(name), region_code, industry_code, place)
)
where line > first
and firm_id <> first_id
order by line
