-- Firms whose id was there before, from the file of firms that came in.
-- grain:   one row per firm that repeats an id
-- columns: line, value, first
select line, firm_id as value, first
from (
    select
        "line in the file" as line,
        firm_id,
        min("line in the file") over (partition by firm_id) as first
    from firms
    where firm_id is not null
)
where line > first
order by line
