-- One metric for every cell of a level, missing cells included.
-- grain:   one row per region, industry and year; years and industries (unless one is asked for)
--          are those in which the measure has any figure
-- params:  metric (text), measure (text), level (int or null: all), region (text or null: all),
--          industry (text or null: all), year (int or null: all)
-- columns: region_code, industry_code, year, value, status
with cells_wanted as (
    select regions.region_code, wanted.industry_code, wanted.year
    from regions
    cross join (
        select industries.industry_code, years.year
        from industries
        cross join (select distinct year from measured where measure = $measure) as years
        where ($year is null or years.year = $year)
        and (
            industries.industry_code = $industry
            or ($industry is null and industries.industry_code in (
                select industry_code from measured where measure = $measure
            ))
        )
    ) as wanted
    where ($level is null or regions.level = $level)
    and ($region is null or regions.region_code = $region)
)
select
    cells_wanted.region_code,
    cells_wanted.industry_code,
    cells_wanted.year,
    figures.value,
    coalesce(figures.status, 'missing') as status
from cells_wanted
left join figures
    on figures.metric = $metric
    and figures.measure = $measure
    and figures.industry_code = cells_wanted.industry_code
    and figures.year = cells_wanted.year
    and figures.region_code = cells_wanted.region_code
order by cells_wanted.industry_code, cells_wanted.year, cells_wanted.region_code
