-- The method unsd-progress-chart-2023 with every rule of ours, written by hand for DuckDB: the peer of the Ibis expression.
-- Two statements over the views `observations` and `rules`: the few keys that begin later are stored, then all is assessed.
create or replace temp table restarts as
select series, place, disagg, unit, nature, max(break_year) as break_year, max(first_positive) as first_positive
from (
    select series, place, disagg, unit, nature, year as break_year, null::smallint as first_positive
    from observations where break_before
    union all
    select series, place, disagg, unit, nature, null, min(year) filter (value > 0) as first_positive
    from observations semi join (select series from rules where stock) using (series)
    group by series, place, disagg, unit, nature
    having min(year) filter (value = 0) < min(year) filter (value > 0)
)
group by series, place, disagg, unit, nature;

with whole as (
    select series, place, disagg, unit, nature,
        min(since) as base_year, arg_min(value, since) as base_value,
        max(used) as latest_year, arg_max(value, used) as latest_value,
        count(since) as points, min(since_value) as least, max(since_value) as greatest,
        count(*) filter (since_value = 0) as zeros, max(met) as last_met_year,
        count(unmeasured) as censored, bool_or(spans) as ranges
    from (
        select series, place, disagg, unit, nature, value,
            case when value between -1e300 and 1e300 then year::int end as used,
            case when value between -1e300 and 1e300 and year >= baseline_year then year::int end as since,
            case when value between -1e300 and 1e300 and year >= baseline_year then value end as since_value,
            case when value between met_from and met_to then year end as met,
            case when year >= baseline_year and (value between -1e300 and 1e300) is not true then 1 end as unmeasured,
            contains(period, '-') as spans
        from observations join rules using (series)
    )
    group by series, place, disagg, unit, nature
),
short as (
    select series, place, disagg, unit, nature,
        min(since) as base_year, arg_min(value, since) as base_value,
        max(used) as latest_year, arg_max(value, used) as latest_value,
        count(since) as points, min(since_value) as least, max(since_value) as greatest,
        count(*) filter (since_value = 0) as zeros, max(met) as last_met_year,
        count(unmeasured) as censored, bool_or(spans) as ranges,
        max(break_year) as break_year,
        case when coalesce(max(first_positive), 0) > coalesce(max(break_year), 0) then 0
             else count(recent) - count(since) end as before_break,
        case when coalesce(max(first_positive), 0) > coalesce(max(break_year), 0)
             then count(measured) - count(used) else 0 end as leading_zeros
    from (
        select series, place, disagg, unit, nature, value, break_year, first_positive, spans,
            case when measured and kept then year::int end as used,
            case when measured and kept and recent then year::int end as since,
            case when measured and kept and recent then value end as since_value,
            case when measured and kept and value between met_from and met_to then year end as met,
            case when recent and measured is not true then 1 end as unmeasured,
            case when recent and measured then 1 end as recent,
            case when measured then 1 end as measured
        from (
            select *, value between -1e300 and 1e300 as measured, year >= baseline_year as recent,
                year >= greatest(coalesce(break_year, 0), coalesce(first_positive, 0)) as kept,
                contains(period, '-') as spans
            from observations join restarts using (series, place, disagg, unit, nature) join rules using (series)
        )
    )
    group by series, place, disagg, unit, nature
),
stats as (
    select *, null::smallint as break_year, 0::bigint as before_break, 0::bigint as leading_zeros
    from whole anti join restarts using (series, place, disagg, unit, nature)
    union all by name
    select * from short
),
prepared as (
    select *,
        case when direction = 'parity'
             then case when base_value > 0 then greatest(base_value, 1 / base_value) end else base_value end as y0,
        case when direction = 'parity'
             then case when latest_value > 0 then greatest(latest_value, 1 / latest_value) end else latest_value end as y,
        case
            when direction = 'none' then 'direction none'
            when growth_rate then 'growth rate needs expert judgement'
            when points < 2 and before_break > 0 then 'break'
            when points < 2 and censored > 0 then 'censored'
            when points = 0 then 'no baseline from 2015'
            when points < 2 then 'one point'
            when latest_year < $as_of - 5 then 'too old'
        end as hindrance,
        coalesce(last_met_year = latest_year, false) as met
    from stats join rules using (series)
),
reasoned as (
    select *,
        "binary" or coalesce(wanted_sign * (target - y0) < 0 and not met, false) as worst,
        case
            when hindrance is not null then hindrance
            when met or "binary" then null
            when base_value between limit_from and limit_to and latest_value between limit_from and limit_to
                then 'at its limit'
            when categorical then 'steps without a rate'
            when direction = 'parity' and least <= 0 then 'ratio not above zero'
            when target = y0 then 'no distance to cover'
            when y0 = 0 then 'baseline zero'
            when least < 0 and greatest > 0 then 'sign changes'
            when target is not null and target_year <= base_year then 'target year before baseline'
        end as reason
    from prepared
),
measured as (
    select *,
        case
            when reason is not null or worst then null
            when target is null then
                case when y0 < 0 then -wanted_sign else wanted_sign end
                * (case when y0 <> 0 and y / y0 >= 0 then pow(y / y0, 1.0 / (latest_year - base_year)) end - 1)
            when y0 <> 0 and y / y0 >= 0 and target <> y0 and target_year > base_year then
                (y0 * pow(least(y / y0, 1e8), (target_year - base_year)::double / (latest_year - base_year)) - y0)
                / (target - y0)
        end as measure
    from reasoned
)
select series, place, disagg, unit, nature, direction, target, target_year, base_year::smallint as base_year, base_value,
    latest_year::smallint as latest_year, latest_value, points, zeros, last_met_year, censored, ranges, break_year,
    before_break, leading_zeros,
    case
        when reason is not null then 'unable'
        when met then 'on track'
        when worst then 'stagnation'
        when measure >= case when target is null then 0.02 else 0.95 end - 1e-9 then 'on track'
        when measure >= case when target is null then 0.005 else 0.10 end - 1e-9 then 'fair'
        else 'stagnation'
    end as unsd_progress_chart_2023_category,
    reason as unsd_progress_chart_2023_reason, measure as unsd_progress_chart_2023_value,
    null::double as unsd_progress_chart_2023_score
from measured
