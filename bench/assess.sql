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
        max(before, 2) as early_years, arg_max(value, before, 2) as early_values,
        count(since) as points, count(zero) as zeros, max(met) as last_met_year,
        count(unmeasured) as censored, bool_or(spans) as ranges
    from (
        select series, place, disagg, unit, nature, value,
            case when value between -1e300 and 1e300 then year::int end as used,
            case when value between -1e300 and 1e300 and year >= baseline_year then year::int end as since,
            case when value between -1e300 and 1e300 and year < baseline_year then year::int end as before,
            case when value = 0 and year >= baseline_year then 1 end as zero,
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
        max(before, 2) as early_years, arg_max(value, before, 2) as early_values,
        count(since) as points, count(zero) as zeros, max(met) as last_met_year,
        count(unmeasured) as censored, bool_or(spans) as ranges,
        max(break_year) as break_year, bool_or(false) as key_changed,
        case when coalesce(max(first_positive), 0) > coalesce(max(break_year), 0) then 0
             else count(measured) - count(used) end as before_break,
        case when coalesce(max(first_positive), 0) > coalesce(max(break_year), 0)
             then count(measured) - count(used) else 0 end as leading_zeros
    from (
        select series, place, disagg, unit, nature, value, break_year, first_positive, spans,
            case when measured and kept then year::int end as used,
            case when measured and kept and recent then year::int end as since,
            case when measured and kept and recent is false then year::int end as before,
            case when value = 0 and kept and recent then 1 end as zero,
            case when measured and kept and value between met_from and met_to then year end as met,
            case when recent and measured is not true then 1 end as unmeasured,
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
    select *, null::smallint as break_year, false as key_changed, 0::bigint as before_break, 0::bigint as leading_zeros
    from whole anti join restarts using (series, place, disagg, unit, nature)
    union all by name
    select * from short
),
placed as (
    select * replace (
            case when early then early_years[nth] else base_year end as base_year,
            case when early then early_values[nth] else base_value end as base_value)
    from (
        select *, coalesce(points < 2 and early_years[nth] is not null, false) as early
        from (select *, case when points = 1 then 1 else 2 end as nth from stats)
    )
),
aimed as (
    select * replace (case when of_baseline then target * base_value else target end as target),
        case when direction <> 'parity' then base_value when even is not null then even + abs(base_value - even)
             when base_value > 0 then greatest(base_value, 1 / base_value) end as y0,
        case when direction <> 'parity' then latest_value when even is not null then even + abs(latest_value - even)
             when latest_value > 0 then greatest(latest_value, 1 / latest_value) end as y,
        coalesce(base_year < latest_year, false) as two
    from placed join rules using (series)
),
prepared as (
    select * replace (
            case when of_baseline and two and wanted_sign * (y - target) >= 0 then latest_year else last_met_year end
            as last_met_year),
        coalesce(two and base_value between limit_from and limit_to and latest_value between limit_from and limit_to,
            false) as at_limit
    from aimed
),
judged as (
    select *, coalesce(last_met_year = latest_year, false) as met,
        "binary" or coalesce(wanted_sign * (target - y0) <= 0 and last_met_year is distinct from latest_year, false)
        as worst
    from prepared
),
reasoned as (
    select *,
        case
            when direction = 'none' then 'direction none'
            when growth_rate then 'growth rate needs expert judgement'
            when met or ("binary" and latest_year is not null) then null
            when not two and (before_break > 0 or key_changed) then 'break'
            when not two and (censored > 0 or latest_year is null) then 'censored'
            when not two then 'one point'
            when worst then null
            when categorical then 'steps without a rate'
            when y0 is null or y is null then 'ratio not above zero'
            when y0 = 0 then 'baseline zero'
            when y0 * y < 0 then 'sign changes'
            when target is not null and target_year <= base_year then 'target year before baseline'
        end as reason
    from judged
),
measured as (
    select *,
        case
            when reason is not null or worst or not two then null
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
    latest_year::smallint as latest_year, latest_value, points, early, of_baseline, at_limit, zeros, last_met_year,
    censored, ranges, break_year, before_break, leading_zeros,
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
