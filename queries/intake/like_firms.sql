-- Firms whose name is nearly another's of the same region: alike once letter case, accents, signs
-- and legal forms are set aside, digits the same. Neighbours in the order of such names are
-- compared, so that the work grows with the number of firms and not with its square.
-- grain:   one row per firm that is nearly another
-- params:  forms (text), alike (double)
-- columns: line, value, other, first, score
with spoken as (
    select
        "line in the file" as line,
        firm_id,
        name,
        coalesce(region_code, '') as region,
        regexp_replace(replace(strip_accents(lower(name)), 'ı', 'i'), '[^\p{L}\p{N}\s]', '', 'g') as words
    from firms
    where name is not null
),
folded as (
    select
        *,
        regexp_replace(regexp_replace(words, $forms, ' ', 'g'), '\s+', '', 'g') as bare
    from spoken
),
beside as (
    select
        line,
        firm_id,
        name,
        bare,
        lag(line) over (partition by region order by bare, line) as first,
        lag(firm_id) over (partition by region order by bare, line) as first_id,
        lag(name) over (partition by region order by bare, line) as other,
        lag(bare) over (partition by region order by bare, line) as other_bare
    from folded
    where length(bare) > 3
),
compared as (
    select
        *,
        case when bare = other_bare then 1.0 else jaro_winkler_similarity(bare, other_bare) end as score
    from beside
    where other is not null
    and firm_id <> first_id
    and lower(name) <> lower(other)
    and regexp_replace(bare, '\D', '', 'g') = regexp_replace(other_bare, '\D', '', 'g')
)
select line, name as value, other, first, score
from compared
where score >= $alike
order by line
