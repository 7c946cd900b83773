-- All clusters with what is counted of them.
-- grain:   one row per cluster, in the order of the published rank
-- columns: cluster_id, name_en, product_en, region_code, stage, rank, cmo_id, symbol, vision,
--          action_plan_url, source, firms, institutions (members of either kind)
--          and the edition's own
with counted as (
    select
        cluster_id,
        count(*) filter (where member_kind = 'firm') as firms,
        count(*) filter (where member_kind = 'institution') as institutions
    from members
    group by cluster_id
)
select
    clusters.*,
    coalesce(counted.firms, 0) as firms,
    coalesce(counted.institutions, 0) as institutions
from clusters
left join counted on counted.cluster_id = clusters.cluster_id
order by clusters.rank nulls last, clusters.cluster_id
