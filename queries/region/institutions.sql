-- Institutions known of the clusters of each region, by their kind.
-- grain:   one row per region and kind of institution
-- columns: region_code, type, institutions (their number)
select
    clusters.region_code,
    institutions.type,
    count(distinct institutions.institution_id) as institutions
from clusters
join members on members.cluster_id = clusters.cluster_id and members.member_kind = 'institution'
join institutions on institutions.institution_id = members.member_id
where institutions.type is not null
group by clusters.region_code, institutions.type
order by clusters.region_code, institutions.type
