-- Firms and institutions that have a point.
-- grain:   one row per firm or institution
-- columns: kind (firm, institution), id, name, type (of institution), symbol (of firm), place,
--          region_code, lon, lat, location_precision, website, source
select
    'firm' as kind, firm_id as id, name, null as type, firms.symbol, place, region_code, lon, lat,
    location_precision, website, source
from firms
where lon is not null and lat is not null
union all
select
    'institution' as kind, institution_id as id, name, type, null as symbol, place, region_code, lon, lat,
    location_precision, website, source
from institutions
where lon is not null and lat is not null
order by kind, id
