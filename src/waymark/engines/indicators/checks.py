"""Judges rows: number, period, area, range, duplicate; what passes becomes observations, the rest becomes rejects.

Nothing is decided row by row in Python. Texts are coded: every distinct text is judged once, and the verdict is carried
to the rows by Arrow. Rows read are always rows stored plus rows rejected.
"""

from collections import Counter
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.coded import Pool, combined, pairs, sorted_order
from waymark.engines.indicators.outcome import Checked
from waymark.engines.indicators.rows import Column, Refused, Rows, relabel
from waymark.engines.indicators.schema import OBSERVATIONS, REJECTS
from waymark.engines.indicators.values import Value, decimal_of, parse_value
from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.indicators import disaggregation, for_series, unit_code, unit_range
from waymark.gcm.periods import parse_period
from waymark.gcm.places import Area, counts_as_country, find, resolve_area

_PLAIN = r"^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?$"
_TEXTS = ("series", "place", "disagg", "unit", "nature", "period", "qualifier", "detail", "member", "column")
_KEY = ("series", "place", "disagg", "unit", "nature", "period")


class Checker:
    """Takes batches of rows of one dataset and gives back observations and rejects; about 60 bytes of memory a row."""

    def __init__(self, *, dataset: str, file: str) -> None:
        self._dataset, self._file = dataset, file
        self._pools = {name: Pool() for name in _TEXTS}
        self._areas: dict[tuple[str, str], tuple[str, str]] = {}
        self._kinds: dict[str, str] = {}
        self._years: dict[str, int] = {}
        self._kept: list[pa.RecordBatch] = []
        self._rejects: list[pa.Table] = []
        self._outside: Counter[str] = Counter()
        self.rows_read = 0

    def add(self, rows: Rows) -> None:
        """Judge a batch."""
        count = rows.length
        if not count:
            return
        number, qualifier, bound, reason = self._values(rows)
        series = self._pools["series"].encode(rows.series, count, lambda text: (text, "" if text else "no-series"))
        place = self._pools["place"].encode(rows.place, count, partial(self._area, rows.scheme))
        period = self._pools["period"].encode(rows.period, count, self._period)
        unit = self._pools["unit"].encode(units_of(rows), count)
        for coded in (series, place, period):
            if coded.reason is not None:
                reason = (
                    coded.reason if reason is None else pc.if_else(pc.equal(coded.reason, ""), reason, coded.reason)
                )
        reason = self._ranged(reason, number, *pairs(series.codes, unit.codes), rows.strict_units)
        batch = pa.RecordBatch.from_pydict(
            {
                "series": series.codes,
                "place": place.codes,
                "disagg": self._disagg(rows),
                "unit": unit.codes,
                "nature": self._pools["nature"].encode(rows.nature, count).codes,
                "period": period.codes,
                "qualifier": qualifier,
                "detail": self._pools["detail"].encode(rows.detail, count).codes,
                "member": self._pools["member"].encode(rows.member, count).codes,
                "column": self._pools["column"].encode(rows.column, count).codes,
                "value": number,
                "bound": bound,
                "broken": _flags(rows.broken, count),
                "row": rows.row.cast(pa.int32()),
                "weight": pa.repeat(pa.scalar(1, pa.int32()), count) if rows.summed is None else rows.summed,
            }
        )
        self.rows_read += pc.sum(batch.column("weight")).as_py()
        self._split(batch, reason, rows)

    def refuse(self, refused: Refused) -> None:
        """Take note of rows the reader itself could not use."""
        self.rows_read += len(refused.row)
        self._reject(refused.member, refused.row, refused.column, refused.value, refused.reason)

    def finish(self) -> Checked:
        """Sort, find duplicates and contradictions, and build both tables."""
        stored = pa.Table.from_batches(self._kept, schema=self._kept[0].schema) if self._kept else None
        if stored is not None:
            stored = self._without_doubles(stored.combine_chunks())
        rejects = pa.concat_tables(self._rejects) if self._rejects else REJECTS.empty_table()
        rejects = rejects.sort_by([("member", "ascending"), ("row", "ascending"), ("column", "ascending")])
        keys = pc.split_pattern(rejects.column("reason"), ":", max_splits=1)
        by_reason = Counter(pc.list_element(keys, 0).to_pylist()) if rejects.num_rows else Counter()
        return Checked(
            self._observations(stored) if stored is not None else OBSERVATIONS.empty_table(),
            rejects,
            self.rows_read,
            pc.sum(stored.column("weight")).as_py() or 0 if stored is not None else 0,
            dict(sorted(by_reason.items())),
            dict(sorted(self._outside.items())),
        )

    def _values(self, rows: Rows) -> tuple[pa.Array, pa.Array, pa.Array, pa.Array | None]:
        """Number, code of qualifier, bound and reason of each cell; the reason is None when all are plain numbers."""
        empty = self._pools["qualifier"].code("")
        none = pa.nulls(rows.length, pa.float64())
        plain = pc.match_substring_regex(rows.value, _PLAIN)
        if rows.decimal == "." and pc.all(plain).as_py():
            return self._powered(rows.value.cast(pa.float64()), rows), _constant(empty, rows.length), none, None
        coded = rows.value.dictionary_encode()
        texts = coded.dictionary.to_pylist()
        decimal = rows.decimal or decimal_of(texts)
        found: list[Value] = [parse_value(text, decimal) for text in texts]
        codes = [self._pools["qualifier"].code(value.qualifier) for value in found]
        return (
            self._powered(pa.array([value.number for value in found], pa.float64()).take(coded.indices), rows),
            pa.array(codes, pa.int32()).take(coded.indices),
            self._powered(pa.array([value.bound for value in found], pa.float64()).take(coded.indices), rows),
            pa.array([value.reason for value in found], pa.string()).take(coded.indices),
        )

    @staticmethod
    def _powered(number: pa.Array, rows: Rows) -> pa.Array:
        """Values times the source's power of ten, where it gives one."""
        if isinstance(rows.power, str):
            return number if rows.power in ("", "0") else pc.multiply(number, 10.0 ** int(rows.power))
        coded = rows.power if pa.types.is_dictionary(rows.power.type) else rows.power.dictionary_encode()
        factors = [10.0 ** int(text) if text.lstrip("-").isdigit() else 1.0 for text in coded.dictionary.to_pylist()]
        return (
            number
            if set(factors) <= {1.0}
            else pc.multiply(number, pa.array(factors, pa.float64()).take(coded.indices))
        )

    def _area(self, scheme: str, text: str) -> tuple[str, str]:
        """The place code and the reason, when there is none; worked out once per code."""
        verdict = self._areas.get((scheme, text))
        if verdict is None:
            verdict = self._areas[scheme, text] = self._judged_area(scheme, text)
        return verdict

    def _judged_area(self, scheme: str, text: str) -> tuple[str, str]:
        """See `_area`; the kind of place is noted."""
        if not text.strip():
            return "", "no-area"
        area = any_area(text) if scheme == "any" else resolve_area(text, scheme=scheme)
        if area is None:
            return "", "unknown-area"
        self._kinds[area.code] = area.kind
        return area.code, ""

    def _period(self, text: str) -> tuple[str, str]:
        """The period in canonical form and the reason, when it is none."""
        if not text.strip():
            return "", "no-period"
        try:
            period = parse_period(text)
        except InputError:
            return "", "unknown-period"
        self._years[period.text] = period.start_year
        return period.text, ""

    def _disagg(self, rows: Rows) -> pa.Array:
        """The code of the disaggregation of each row, composed once per distinct combination."""
        names = sorted(rows.disagg)
        codes, combinations = combined([rows.disagg[name] for name in names], rows.length)
        texts = [_disaggregation(names, texts) for texts in combinations]
        return pa.array([self._pools["disagg"].code(text) for text in texts], pa.int32()).take(codes)

    def _ranged(
        self, reason: pa.Array | None, number: pa.Array, code: pa.Array, distinct: list[tuple[int, int]], strict: bool
    ) -> pa.Array | None:
        """The reasons with `out-of-range` added where a number lies outside the range of its series and unit."""
        words: list[str] = []
        low: list[float | None] = []
        high: list[float | None] = []
        for series, unit in distinct:
            bottom, top = unit_range(self._pools["series"].texts[series], self._pools["unit"].texts[unit], strict)
            if bottom is None and top is None:
                self._look_outside(
                    number if len(distinct) == 1 else number.filter(pc.equal(code, len(low))), series, unit
                )
            low.append(bottom)
            high.append(top)
            words.append(f"out-of-range:{range_words(bottom, top)}")
        if not any(limit is not None for limit in (*low, *high)):
            return reason
        under = pc.less(number, pa.array(low, pa.float64()).take(code))
        over = pc.greater(number, pa.array(high, pa.float64()).take(code))
        outside = pc.or_(pc.fill_null(under, False), pc.fill_null(over, False))
        if not pc.any(outside).as_py():
            return reason
        ranged = pc.if_else(outside, pa.array(words, pa.string()).take(code), "")
        return ranged if reason is None else pc.if_else(pc.equal(reason, ""), ranged, reason)

    def _look_outside(self, number: pa.Array, series: int, unit: int) -> None:
        """Count the values outside the usual range of their unit, in a series without a definition."""
        name = self._pools["series"].texts[series]
        bottom, top = unit_range(name, self._pools["unit"].texts[unit], True)
        extent = pc.min_max(number).as_py()
        if extent["min"] is None or for_series(name) is not None:
            return
        for limit, reached, beyond in ((bottom, extent["min"], pc.less), (top, extent["max"], pc.greater)):
            if limit is not None and beyond(reached, limit).as_py():
                self._outside[name] += pc.sum(beyond(number, limit)).as_py()

    def _split(self, batch: pa.RecordBatch, reason: pa.Array | None, rows: Rows) -> None:
        """Keep what has no reason against it, reject the rest."""
        good = None if reason is None else pc.equal(reason, "")
        if good is None or pc.all(good).as_py():
            self._kept.append(batch)
            return
        assert reason is not None, "there is a reason against some row"
        bad = pc.invert(good)
        self._kept.append(batch.filter(good))
        row, value, why = rows.row.filter(bad), rows.value.filter(bad), reason.filter(bad)
        if rows.summed is not None:
            times = rows.summed.filter(bad).to_pylist()
            at = pa.array([index for index, count in enumerate(times) for _ in range(count)], pa.int32())
            row, value, why = row.take(at), value.take(at), why.take(at)
        self._reject(rows.member, row, rows.column, value, why)

    def _reject(self, member: str, row: pa.Array, column: str, value: pa.Array, reason: str | pa.Array) -> None:
        """Add to the rejects."""
        count = len(row)
        texts = {"file": self._file, "member": member, "column": column}
        columns = {name: pa.repeat(text, count) for name, text in texts.items()}
        columns |= {"row": row.cast(pa.int32()), "value": value.cast(pa.string())}
        columns["reason"] = pa.repeat(reason, count) if isinstance(reason, str) else reason
        self._rejects.append(pa.table([columns[name] for name in REJECTS.names], schema=REJECTS))

    def _without_doubles(self, stored: pa.Table) -> pa.Table:
        """The rows in order of their key, the first of each key kept, the others rejected."""
        ranks = {name: self._pools[name].ranks() for name in _KEY}
        order, same = sorted_order([ranks[name].take(one_array(stored, name)) for name in _KEY])
        stored = stored.take(order)
        if not pc.any(same).as_py():
            return stored
        position = pa.arange(0, stored.num_rows)
        first = pc.cumulative_max(pc.if_else(same, 0, position))
        equal = None
        for name in ("value", "qualifier", "bound"):
            column = one_array(stored, name)
            here = pc.equal(pc.fill_null(column, 0), pc.fill_null(column.take(first), 0))
            here = pc.and_(here, pc.equal(pc.is_null(column), pc.is_null(column.take(first))))
            equal = here if equal is None else pc.and_(equal, here)
        key = pc.if_else(equal, "duplicate", "contradicts")
        row, member = one_array(stored, "row"), one_array(stored, "member")
        other = pc.not_equal(member, member.take(first))
        names = pa.array(self._pools["member"].texts, pa.string())
        where = pc.if_else(other, pc.binary_join_element_wise("", "in", names.take(member.take(first)), " "), "")
        reason = pc.binary_join_element_wise(
            key, pc.binary_join_element_wise(row.take(first).cast(pa.string()), where, ""), ":"
        )
        self._reject_stored(stored.append_column("reason", reason).filter(same))
        return stored.filter(pc.invert(same))

    def _reject_stored(self, doubles: pa.Table) -> None:
        """Rejects of rows that had already been coded; their value is written anew from the number.

        A sum is rejected as often as it stands for rows of the source: a total that stands for none, not at all.
        """
        weights = one_array(doubles, "weight").to_pylist()
        doubles = doubles.take(pa.array([at for at, times in enumerate(weights) for _ in range(times)], pa.int64()))
        sign = pa.array(self._pools["qualifier"].texts, pa.string()).take(one_array(doubles, "qualifier"))
        number = pc.coalesce(one_array(doubles, "value"), one_array(doubles, "bound")).cast(pa.string())
        value = pc.binary_join_element_wise(sign, pc.fill_null(number, ""), "")
        columns = {
            name: self._pools[name].coded(one_array(doubles, name)).dictionary_decode() for name in ("member", "column")
        }
        columns |= {"file": pa.repeat(self._file, doubles.num_rows), "row": one_array(doubles, "row"), "value": value}
        columns["reason"] = one_array(doubles, "reason")
        self._rejects.append(pa.table([columns[name] for name in REJECTS.names], schema=REJECTS))

    def _observations(self, stored: pa.Table) -> pa.Table:
        """The stored rows in the order of the schema, texts as dictionaries (plain strings once in a Parquet file)."""
        texts = {name: self._pools[name].coded(one_array(stored, name)) for name in _TEXTS if name != "column"}
        kinds = pa.array(
            [self._kinds.get(text, "") for text in self._pools["place"].texts], pa.string()
        ).dictionary_encode()
        years = pa.array([self._years.get(text, 0) for text in self._pools["period"].texts], pa.int16())
        columns = texts | {
            "dataset": pa.DictionaryArray.from_arrays(_constant(0, stored.num_rows), [self._dataset]),
            "place_kind": pa.DictionaryArray.from_arrays(
                kinds.indices.take(one_array(stored, "place")), kinds.dictionary
            ),
            "year": years.take(one_array(stored, "period")),
            "value": one_array(stored, "value"),
            "bound": one_array(stored, "bound"),
            "break_before": one_array(stored, "broken"),
            "row": one_array(stored, "row"),
        }
        fields = [pa.field(f.name, columns[f.name].type, f.nullable) for f in OBSERVATIONS]
        return pa.table([columns[field.name] for field in fields], schema=pa.schema(fields))


def one_array(table: pa.Table, name: str) -> pa.Array:
    """A column as one array."""
    return table.column(name).combine_chunks()


def units_of(rows: Rows) -> Column:
    """The unit of each row in its one written form; where a row names none, that of its series' definition."""
    if isinstance(rows.unit, str):
        return unit_code(rows.unit) if rows.unit else relabel(rows.series, unit_of)
    said = relabel(rows.unit, unit_code)
    texts = _plain_texts(said)
    unsaid = pc.equal(texts, "")
    if not pc.any(unsaid).as_py():
        return said
    return pc.if_else(unsaid, _plain_texts(relabel(rows.series, unit_of)), texts)


def _plain_texts(column: Column) -> Column:
    return column if isinstance(column, str) else column.dictionary_decode()


def unit_of(series: str) -> str:
    """The unit of a series whose source names none: that of its definition, "" when there is none."""
    definition = for_series(series)
    return definition.unit if definition else ""


def _disaggregation(names: list[str], texts: tuple[str, ...]) -> str:
    """The text of the column `disagg`; a dimension without a name holds such a text already."""
    pairs = []
    for name, text in zip(names, texts, strict=True):
        parts = [part.partition("=") for part in text.split("|")] if not name else [(name, "", text)]
        pairs += [(dimension, value) for dimension, _, value in parts]
    return disaggregation(pairs)


def any_area(text: str) -> Area | None:
    """The area that a code or name stands for, whatever its scheme; None when nothing is called so."""
    try:
        known = find(text)
    except NotFoundError:
        return None
    return Area(known.code, "country" if counts_as_country(known) else "aggregate", known.name)


def range_words(low: float | None, high: float | None) -> str:
    """A range in words: "0 to 100", "0 or more", "100 or less"."""
    if low is None:
        return "any" if high is None else f"{high:g} or less"
    return f"{low:g} or more" if high is None else f"{low:g} to {high:g}"


def _constant(code: int, count: int) -> pa.Array:
    """One code for all rows."""
    return pa.repeat(pa.scalar(code, pa.int32()), count)


def _flags(column: str | pa.Array, count: int) -> pa.Array:
    """True where the text is "B", the SDMX code of a break in the series."""
    if isinstance(column, str):
        return pa.repeat(column == "B", count)
    return pc.equal(column.cast(pa.string()), "B")
