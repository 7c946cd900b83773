-- Ties of a cluster's members, with each other and with others.
-- grain:   one row per tie
-- params:  cluster (text)
-- columns: from_kind, from_id, to_kind, to_id, kind, weight, source and the edition's own
with own as (
    select member_kind, member_id from members where cluster_id = $cluster
)
select linkages.*
from linkages
where
    exists (
        select 1 from own
        where own.member_kind = linkages.from_kind and own.member_id = linkages.from_id
    )
    or exists (
        select 1 from own
        where own.member_kind = linkages.to_kind and own.member_id = linkages.to_id
    )
order by linkages.kind, linkages.from_kind, linkages.from_id, linkages.to_kind, linkages.to_id
