"""The same method with the same rules, written by hand for each peer of the assessment benchmark.

Each function reads the Parquet file of observations and the small Parquet file of rules, and writes the result as
Parquet. All keep every rule of `unsd-progress-chart-2023`, so that the counts per category must agree.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

KEY = ["series", "place", "disagg", "unit", "nature"]
LARGEST = 1e300
STATEMENTS = Path(__file__).with_name("assess.sql")


def statements() -> tuple[str, str]:
    """The hand-written SQL: the statement that stores the restarts, and the one that assesses."""
    first, second = STATEMENTS.read_text(encoding="utf-8").split(";", 1)
    return first, second


def with_duckdb(source: Path, rules: Path, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Hand-written SQL on the same connection settings as ours."""
    connection.execute("set preserve_insertion_order = false")
    connection.read_parquet(str(source)).create_view("observations", replace=True)
    connection.register("rules", pq.read_table(rules))
    first, second = statements()
    connection.execute(first)
    connection.sql(second).write_parquet(str(target), compression="zstd", row_group_size=61_440)


def plan(source: Path, rules: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """DuckDB's plan of the second statement, with the time of each step."""
    connection.read_parquet(str(source)).create_view("observations", replace=True)
    connection.register("rules", pq.read_table(rules))
    first, second = statements()
    connection.execute(first)
    rows = connection.execute(f"explain analyze {second}").fetchall()
    return str(rows[0][1])


def with_polars(source: Path, rules: Path, target: Path) -> None:
    """Polars, lazy, streaming engine: one pass with the restarts joined in."""
    import polars as pl

    c = pl.col
    rows = pl.scan_parquet(source).select(*KEY, "year", "period", "value", "break_before")
    rule = pl.scan_parquet(rules)
    stocks = rule.filter("stock").select("series")
    zeros = (
        rows.join(stocks, on="series", how="semi")
        .group_by(KEY)
        .agg(first_positive=c("year").filter(c("value") > 0).min(), zero=c("year").filter(c("value") == 0).min())
        .filter(c("zero") < c("first_positive"))
        .drop("zero")
    )
    breaks = rows.filter("break_before").group_by(KEY).agg(break_year=c("year").max())
    later = breaks.join(zeros, on=KEY, how="full", coalesce=True).collect(engine="streaming").lazy()
    measured = c("value").is_between(-LARGEST, LARGEST).fill_null(value=False)
    kept = c("year") >= pl.max_horizontal("break_year", "first_positive").fill_null(0)
    recent = c("year") >= c("baseline_year")
    staged = rows.join(rule, on="series").join(later, on=KEY, how="left").select(
        *KEY, "value", "break_year", "first_positive",
        used=pl.when(measured & kept).then("year"),
        since=pl.when(measured & kept & recent).then("year"),
        before=pl.when(measured & kept & ~recent).then("year"),
        met=pl.when(measured & kept & c("value").is_between(c("met_from"), c("met_to"))).then("year"),
        unmeasured=recent & ~measured,
        measured=measured,
        spans=c("period").str.contains("-", literal=True),
    )  # fmt: skip
    later_zeros = c("first_positive").max().fill_null(0) > c("break_year").max().fill_null(0)
    since_value = c("value").filter(c("since").is_not_null())
    early_value = c("value").filter(c("before").is_not_null()).sort_by(c("before").drop_nulls(), descending=True)
    stats = staged.group_by(KEY).agg(
        base_year=c("since").min(),
        base_value=c("value").filter(c("since").is_not_null()).get(
            c("since").drop_nulls().arg_min(), null_on_oob=True
        ),
        latest_year=c("used").max(),
        latest_value=c("value").filter(c("used").is_not_null()).get(c("used").drop_nulls().arg_max(), null_on_oob=True),
        points=c("since").count(),
        early_years=c("before").drop_nulls().sort(descending=True).head(2),
        early_values=early_value.head(2),
        zeros=(since_value == 0).sum(),
        last_met_year=c("met").max(),
        censored=c("unmeasured").sum(),
        ranges=c("spans").any(),
        break_year=c("break_year").max(),
        before_break=pl.when(later_zeros).then(0).otherwise(c("measured").sum() - c("used").count()),
        leading_zeros=pl.when(later_zeros).then(c("measured").sum() - c("used").count()).otherwise(0),
    )  # fmt: skip
    _polars_classes(stats.join(rule, on="series")).sink_parquet(target, compression="zstd")


def _polars_classes(stats: Any) -> Any:
    """The method over the statistics, in Polars expressions."""
    import polars as pl

    c, lit = pl.col, pl.lit
    parity = c("direction") == "parity"

    def from_parity(name: str) -> Any:
        even = pl.when(c("even").is_not_null()).then(c("even") + (c(name) - c("even")).abs())
        return pl.when(~parity).then(name).otherwise(even.when(c(name) > 0).then(pl.max_horizontal(name, 1 / c(name))))

    nth = pl.when(c("points") == 1).then(0).otherwise(1)
    early_year, early_value = (c(name).list.get(nth, null_on_oob=True) for name in ("early_years", "early_values"))
    early = (c("points") < 2) & early_year.is_not_null()
    placed = stats.with_columns(
        early=early,
        base_year=pl.when(early).then(early_year).otherwise("base_year"),
        base_value=pl.when(early).then(early_value).otherwise("base_value"),
    )
    ends = (c("limit_from"), c("limit_to"))
    at_limit = c("base_value").is_between(*ends) & c("latest_value").is_between(*ends)
    aimed = placed.with_columns(
        target=pl.when("of_baseline").then(c("target") * c("base_value")).otherwise("target"),
        y0=from_parity("base_value"),
        y=from_parity("latest_value"),
        two=(c("base_year") < c("latest_year")).fill_null(value=False),
    ).with_columns(
        at_limit=(c("two") & at_limit).fill_null(value=False),
        last_met_year=pl.when(c("of_baseline") & c("two") & (c("wanted_sign") * (c("y") - c("target")) >= 0))
        .then("latest_year").otherwise("last_met_year"),
    ).with_columns(met=(c("last_met_year") == c("latest_year")).fill_null(value=False))  # fmt: skip
    few, nothing = ~c("two"), c("latest_year").is_null()
    reasoned = aimed.with_columns(
        worst=c("binary") | ((c("wanted_sign") * (c("target") - c("y0")) <= 0) & ~c("met")).fill_null(value=False),
    ).with_columns(
        reason=pl.when(c("direction") == "none").then(lit("direction none"))
        .when("growth_rate").then(lit("growth rate needs expert judgement"))
        .when(c("met") | (c("binary") & ~nothing)).then(lit(None))
        .when(few & (c("before_break") > 0)).then(lit("break"))
        .when(few & ((c("censored") > 0) | nothing)).then(lit("censored"))
        .when(few).then(lit("one point"))
        .when("worst").then(lit(None))
        .when("categorical").then(lit("steps without a rate"))
        .when(c("y0").is_null() | c("y").is_null()).then(lit("ratio not above zero"))
        .when(c("y0") == 0).then(lit("baseline zero"))
        .when(c("y0") * c("y") < 0).then(lit("sign changes"))
        .when(c("target").is_not_null() & (c("target_year") <= c("base_year")))
        .then(lit("target year before baseline")),
    )  # fmt: skip
    ratio = c("y") / c("y0")
    span = (c("latest_year") - c("base_year")).cast(pl.Float64)
    turn = pl.when(c("y0") < 0).then(-c("wanted_sign")).otherwise("wanted_sign")
    reached = c("y0") * ratio.clip(upper_bound=1e8).pow((c("target_year") - c("base_year")).cast(pl.Float64) / span)
    measured = reasoned.with_columns(
        measure=pl.when(c("reason").is_not_null() | c("worst") | few | (c("y0") == 0) | (ratio < 0)).then(None)
        .when(c("target").is_null()).then(turn * (ratio.pow(1 / span) - 1))
        .when((c("target") != c("y0")) & (c("target_year") > c("base_year")))
        .then((reached - c("y0")) / (c("target") - c("y0"))),
    )  # fmt: skip
    on_track = pl.when(c("target").is_null()).then(0.02).otherwise(0.95) - 1e-9
    fair = pl.when(c("target").is_null()).then(0.005).otherwise(0.10) - 1e-9
    return measured.select(
        *KEY, "direction", "target", "target_year", "base_year", "base_value", "latest_year", "latest_value", "points",
        "early", "of_baseline", "at_limit", "zeros", "last_met_year", "censored", "ranges", "break_year",
        "before_break", "leading_zeros",
        pl.when(c("reason").is_not_null()).then(lit("unable"))
        .when("met").then(lit("on track"))
        .when("worst").then(lit("stagnation"))
        .when(c("measure") >= on_track).then(lit("on track"))
        .when(c("measure") >= fair).then(lit("fair"))
        .otherwise(lit("stagnation")).alias("unsd_progress_chart_2023_category"),
        c("reason").alias("unsd_progress_chart_2023_reason"),
        c("measure").alias("unsd_progress_chart_2023_value"),
    )  # fmt: skip


def with_pandas(source: Path, rules: Path, target: Path) -> None:
    """pandas: keys as categories, one sort, then first and last rows per group."""
    import pandas as pd

    columns = [*KEY, "year", "period", "value", "break_before"]
    table = pq.read_table(source, columns=columns, read_dictionary=[*KEY, "period"])
    rows = table.to_pandas(self_destruct=True, split_blocks=True)
    del table
    rule = pd.read_parquet(rules)
    rows["key"] = rows.groupby(KEY, observed=True, sort=False).ngroup().astype("int32")
    keys = rows.drop_duplicates("key").set_index("key")[KEY].sort_index()
    facts = rule.set_index("series").reindex(rows["series"].cat.categories)
    code = rows["series"].cat.codes.to_numpy()
    frame = pd.DataFrame({"key": rows["key"], "year": rows["year"], "value": rows["value"]})
    frame["spans"] = pd.Series(rows["period"].cat.categories.str.contains("-", regex=False))[
        rows["period"].cat.codes.to_numpy()
    ].to_numpy()
    recent = frame["year"].to_numpy() >= facts["baseline_year"].to_numpy()[code]
    measured = frame["value"].between(-LARGEST, LARGEST).to_numpy()
    marked = frame.loc[rows["break_before"].to_numpy()].groupby("key")["year"].max()
    stock = frame.loc[facts["stock"].to_numpy()[code]]
    positive = stock[stock["value"] > 0].groupby("key")["year"].min()
    zero = stock[stock["value"] == 0].groupby("key")["year"].min()
    filled = positive[zero.reindex(positive.index) < positive]
    later = pd.concat([marked, filled]).groupby(level=0).max()
    kept = frame["year"].to_numpy() >= frame["key"].map(later).fillna(0).to_numpy()
    value = frame["value"]
    met = value.between(facts["met_from"].to_numpy()[code], facts["met_to"].to_numpy()[code]).to_numpy()
    del rows
    stats = pd.DataFrame(index=keys.index)
    ordered = frame.sort_values(["key", "year"], kind="stable")
    used = ordered[(measured & kept)[ordered.index]]
    since = used[recent[used.index]]
    last, first = used.drop_duplicates("key", keep="last"), since.drop_duplicates("key")
    stats[["base_year", "base_value"]] = first.set_index("key")[["year", "value"]]
    stats[["latest_year", "latest_value"]] = last.set_index("key")[["year", "value"]]
    stats["points"] = since.groupby("key").size()
    earlier = used[~recent[used.index]]
    for place, column in ((-1, "nearest"), (-2, "second")):
        found = earlier.groupby("key").nth(place).set_index("key")
        stats[[f"{column}_year", f"{column}_value"]] = found[["year", "value"]]
    stats["zeros"] = since[since["value"] == 0].groupby("key").size()
    stats["last_met_year"] = used[met[used.index]].groupby("key")["year"].max()
    stats["censored"] = frame[recent & ~measured].groupby("key").size()
    stats["ranges"] = frame.groupby("key")["spans"].any()
    stats["break_year"] = marked
    by_zeros = filled.reindex(stats.index).fillna(0) > marked.reindex(stats.index).fillna(0)
    out = frame[measured & ~kept].groupby("key").size().reindex(stats.index).fillna(0)
    stats["before_break"], stats["leading_zeros"] = out.where(~by_zeros, 0), out.where(by_zeros, 0)
    counts = ["points", "zeros", "censored"]
    stats[counts] = stats[counts].fillna(0)
    full = keys.join(stats).merge(rule, on="series")
    _pandas_classes(_pandas_baselines(full)).to_parquet(target, compression="zstd", index=False)


def _pandas_baselines(t: Any) -> Any:
    """An earlier baseline where fewer than two values follow the baseline year, and targets that are a part of it."""
    import numpy as np

    one = (t["points"] == 1).to_numpy()
    year = np.where(one, t["nearest_year"], t["second_year"])
    value = np.where(one, t["nearest_value"], t["second_value"])
    t["early"] = (t["points"] < 2).to_numpy() & ~np.isnan(year)
    t["base_year"] = np.where(t["early"], year, t["base_year"])
    t["base_value"] = np.where(t["early"], value, t["base_value"])
    t["target"] = np.where(t["of_baseline"], t["target"] * t["base_value"], t["target"])
    return t.drop(columns=["nearest_year", "nearest_value", "second_year", "second_value"])


def _pandas_classes(t: Any) -> Any:
    """The method over the statistics, in NumPy."""
    import numpy as np
    import pandas as pd

    parity = (t["direction"] == "parity").to_numpy()
    ends = (t["limit_from"], t["limit_to"])
    even = t["even"].to_numpy(dtype=float)
    with np.errstate(all="ignore"):
        y0, y = (
            np.where(
                parity,
                np.where(np.isnan(even), np.where(v > 0, np.maximum(v, 1 / v), np.nan), even + np.abs(v - even)),
                v,
            )
            for v in (t["base_value"].to_numpy(), t["latest_value"].to_numpy())
        )
        target = t["target"].to_numpy(dtype=float)
        sign = t["wanted_sign"].to_numpy()
        base = t["base_year"].to_numpy(dtype=float)
        years = t["target_year"].to_numpy() - base
        span = t["latest_year"].to_numpy(dtype=float) - base
        few = ~(span > 0)
        halved = t["of_baseline"].to_numpy() & ~few & (sign * (y - target) >= 0)
        t["last_met_year"] = np.where(halved, t["latest_year"], t["last_met_year"])
        met = (t["last_met_year"] == t["latest_year"]).to_numpy()
        binary = t["binary"].to_numpy(dtype=bool)
        worst = binary | ((sign * (target - y0) <= 0) & ~met)
        at_limit = t["base_value"].between(*ends).to_numpy() & t["latest_value"].between(*ends).to_numpy()
        t["at_limit"] = at_limit & ~few
        nothing = t["latest_year"].isna().to_numpy()
        reasons = (
            ("direction none", (t["direction"] == "none").to_numpy()),
            ("growth rate needs expert judgement", t["growth_rate"].to_numpy(dtype=bool)),
            ("", met | (binary & ~nothing)),
            ("break", few & (t["before_break"] > 0).to_numpy()),
            ("censored", few & ((t["censored"] > 0).to_numpy() | nothing)),
            ("one point", few),
            ("", worst),
            ("steps without a rate", t["categorical"].to_numpy(dtype=bool)),
            ("ratio not above zero", np.isnan(y0) | np.isnan(y)),
            ("baseline zero", y0 == 0),
            ("sign changes", y0 * y < 0),
            ("target year before baseline", ~np.isnan(target) & (years <= 0)),
        )
        names = list(dict.fromkeys(name for name, _ in reasons))
        codes = np.select([rows for _, rows in reasons], [names.index(n) for n, _ in reasons], names.index(""))
        reason = pd.Categorical.from_codes(codes, names)
        able = codes == names.index("")
        ratio = y / y0
        rate = np.where(y0 < 0, -sign, sign) * (ratio ** (1 / span) - 1)
        share = (y0 * np.minimum(ratio, 1e8) ** (years / span) - y0) / (target - y0)
        possible = able & ~worst & ~few & (y0 != 0) & (ratio >= 0) & (np.isnan(target) | ((target != y0) & (years > 0)))
        measure = np.where(possible, np.where(np.isnan(target), rate, share), np.nan)
        on_track, fair = np.where(np.isnan(target), 0.02, 0.95) - 1e-9, np.where(np.isnan(target), 0.005, 0.10) - 1e-9
    classes = ["unable", "on track", "stagnation", "fair"]
    chosen = np.select([~able, met, worst, measure >= on_track, measure >= fair], [0, 1, 2, 1, 3], default=2)
    t["unsd_progress_chart_2023_category"] = pd.Categorical.from_codes(chosen, classes)
    t["unsd_progress_chart_2023_reason"], t["unsd_progress_chart_2023_value"] = reason, measure
    return t


PEERS: dict[str, Callable[[Path, Path, Path], None]] = {"polars": with_polars, "pandas": with_pandas}
