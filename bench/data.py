"""The table that the assessment benchmark reads: 4 514 904 observations in our schema, real or of the same shape.

Real: the long tables of the UN Statistics Division's SDG database of October 2020 (the DDF zip), with every column that
is neither area, nature, unit, year nor value gathered in `disagg`, copied four times under other series codes with
scaled values. Without the zip a table of the same size is generated: the same number of series, areas and keys, a
similar number of years per key, fixed seed. Both mark a break in one row of 1 500, so that the rule has work to do.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from waymark.engines.indicators.assess import SeriesRule
from waymark.engines.indicators.schema import OBSERVATIONS

COPIES = 4
ROWS = 4_514_904
SERIES, AREAS, KEYS = 472, 337, 157_643
"""Of one copy of the real table."""
BREAK_EVERY = 1_500
ROW_GROUP = 122_880
FIXED = ("geo_area", "nature", "units", "year")


def build(target: Path, ddf: Path | None = None) -> Path:
    """Write the table as Parquet (zstd, sorted by key and year) unless it is there; return its path."""
    if target.exists():
        return target
    tables = list(_real(ddf) if ddf else _generated())
    once = pa.concat_tables(tables).combine_chunks()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with pq.ParquetWriter(part, OBSERVATIONS, compression="zstd") as writer:
        for copy in range(COPIES):
            writer.write_table(_copied(once, copy), row_group_size=ROW_GROUP)
    part.replace(target)
    return target


def rules(table: Path) -> list[SeriesRule]:
    """One made-up rule per series: four in five have a target, half go each way, one in forty is a stock."""
    columns = pq.read_table(table, columns=["series", "unit", "value"])
    facts = [("value", "approximate_median"), ("unit", "min")]
    grouped = columns.group_by("series", use_threads=False).aggregate(facts)
    found = []
    for series, median, unit in zip(*(grouped.column(name).to_pylist() for name in grouped.column_names), strict=True):
        draw = zlib.crc32(series.encode())
        direction = "up" if draw % 2 else "down"
        target = None if draw % 10 < 2 or median is None else round(median * (1.5 if draw % 2 else 0.5), 6)
        found.append(
            SeriesRule(series, direction, target, percent=unit == "percent", stock=draw % 40 == 7)
            if target is None or draw % 30
            else SeriesRule(series, direction, 100.0 if draw % 2 else 0.0, percent=unit == "percent")
        )
    return sorted(found, key=lambda rule: rule.series)


def _real(ddf: Path) -> Iterator[pa.Table]:
    """One table per file of data points in the zip."""
    with zipfile.ZipFile(ddf) as archive:
        for name in sorted(n for n in archive.namelist() if n.startswith("ddf--datapoints--")):
            code = name.split("--")[2]
            with archive.open(name) as member:
                text = {**dict.fromkeys(_header(archive, name), pa.string()), "year": pa.int16()}
                options = pacsv.ConvertOptions(column_types=text, null_values=[""], strings_can_be_null=False)
                table = pacsv.read_csv(member, convert_options=options)
            others = sorted(set(table.column_names) - {*FIXED, code})
            parts = [pc.binary_join_element_wise(other, table[other], "=") for other in others]
            disagg = pc.binary_join_element_wise(*parts, "|") if parts else pa.array([""] * len(table))
            yield pa.table(
                {
                    "series": pa.array([f"unsd:{code.upper()}"] * len(table)),
                    "place": pc.utf8_lpad(table["geo_area"], 3, "0"),
                    "disagg": disagg,
                    "unit": table["units"],
                    "nature": pc.utf8_upper(table["nature"]),
                    "year": table["year"],
                    "value": _numbers(table[code]),
                    "qualifier": _qualifiers(table[code]),
                    "member": pa.array([name] * len(table)),
                }
            )


def _numbers(written: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as numbers; null where the source writes `<5`, `>95`, `N` or nothing."""
    numeric = pc.match_substring_regex(written, r"^-?[0-9.]+([eE][-+]?[0-9]+)?$")
    return pc.cast(pc.if_else(numeric, written, None), pa.float64())


def _qualifiers(written: pa.ChunkedArray) -> pa.ChunkedArray:
    """What stands before a censored value; `NV` where there is no number."""
    first = pc.utf8_slice_codeunits(written, 0, 1)
    bounded = pc.is_in(first, value_set=pa.array(["<", ">"]))
    return pc.if_else(bounded, first, pc.if_else(pc.is_null(_numbers(written)), "NV", ""))


def _header(archive: zipfile.ZipFile, name: str) -> list[str]:
    """The column names of one file of data points."""
    with archive.open(name) as member:
        return member.readline().decode("utf-8").strip().split(",")


def _generated() -> Iterator[pa.Table]:
    """One copy of made-up observations with the shape of the real table."""
    draw = np.random.default_rng(2030)
    weights = draw.pareto(1.2, SERIES) + 0.2
    series = np.sort(draw.choice(SERIES, KEYS, p=weights / weights.sum()))
    lengths = np.minimum(1 + draw.geometric(1 / 6.6, KEYS), 40)
    rows = ROWS // COPIES
    lengths = _fitted(lengths, rows)
    key = np.repeat(np.arange(KEYS), lengths)
    step = np.arange(rows) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    last = draw.integers(2012, 2021, KEYS)
    year = (last - lengths + 1)[key] + step
    growth = draw.normal(0.005, 0.03, KEYS)[key]
    value = np.round(np.exp(draw.normal(3.0, 1.5, KEYS)[key] + growth * step), 4)
    value[draw.random(rows) < 0.03] = 0.0
    missing = draw.random(rows) < 0.004
    natures, units = np.array(["C", "CA", "E", "G", "M", "N"]), np.array(["percent", "number", "per_100000_pop"])
    yield pa.table(
        {
            "series": pa.array(np.char.add("made:SERIES_", series[key].astype(str))),
            "place": pa.array(np.char.zfill((np.arange(KEYS) % AREAS + 1).astype(str), 3)[key]),
            "disagg": pa.array(np.char.add("age=total|group=", (np.arange(KEYS) // AREAS).astype(str))[key]),
            "unit": pa.array(units[series % 3][key]),
            "nature": pa.array(natures[draw.integers(0, 6, KEYS)][key]),
            "year": pa.array(year.astype(np.int16)),
            "value": pa.array(value, mask=missing),
            "qualifier": pa.array(np.where(missing, "NV", "")),
            "member": pa.array(np.char.add("series-", series[key].astype(str))),
        }
    )


def _fitted(lengths: np.ndarray, rows: int) -> np.ndarray:
    """`lengths` changed by one where needed until they add up to `rows`."""
    while (gap := rows - int(lengths.sum())) != 0:
        change = np.flatnonzero(lengths < 40 if gap > 0 else lengths > 1)[: abs(gap)]
        lengths[change] += 1 if gap > 0 else -1
    return lengths


def _copied(once: pa.Table, copy: int) -> pa.Table:
    """One of the copies: other series codes, scaled values, the remaining columns of the schema."""
    count = len(once)
    series = pc.binary_join_element_wise(once["series"], str(copy), "_") if copy else once["series"]
    index = pa.array(np.arange(count))
    columns = {
        **{name: once[name] for name in ("place", "disagg", "unit", "nature", "year", "qualifier", "member")},
        "dataset": pa.array(["bench"] * count),
        "series": series,
        "place_kind": pa.array(["country"] * count),
        "period": pc.cast(once["year"], pa.string()),
        "value": pc.multiply(once["value"], 1.0 + copy / 10),
        "bound": pa.nulls(count, pa.float64()),
        "break_before": pa.array((np.arange(count) % BREAK_EVERY) == BREAK_EVERY // 2),
        "detail": pa.array([""] * count),
        "row": pc.cast(index, pa.int32()),
    }
    table = pa.table([columns[name] for name in OBSERVATIONS.names], schema=OBSERVATIONS)
    return table.sort_by([(name, "ascending") for name in ("series", "place", "disagg", "unit", "nature", "year")])
