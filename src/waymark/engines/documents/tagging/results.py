"""What tagging says about a passage: plain values, the Arrow schema they travel in, and the rows of a JSON file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from waymark.engines.documents.model import Scored
from waymark.engines.documents.tagging.passages import PASSAGES

LEAST_SCORE = 0.005
"""A ranking goes on as long as scores are at least this,"""
LEAST_LONG = 5
"""and holds at least so many codes."""

MOST_REASONS = 6
"""So many words or phrases are given as reasons for one code."""

_SCORED = pa.list_(
    pa.struct(
        [
            ("code", pa.string()),
            ("score", pa.float64()),
            ("reasons", pa.list_(pa.string())),
        ]
    )
)

RANKINGS = ("objectives", "below", "targets", "principles", "topics")
"""The columns that hold a ranking."""

TAG_FIELDS = (
    pa.field("objectives", _SCORED),
    pa.field("below", _SCORED),
    pa.field("targets", _SCORED),
    pa.field("principles", _SCORED),
    pa.field("topics", _SCORED),
    pa.field("none", pa.struct([("score", pa.float64()), ("answer", pa.bool_())])),
    pa.field("measured", pa.bool_()),
)
"""The columns that tagging adds. `below` is the ranking when "none of them" is the answer, else empty."""

TAGS = pa.schema([*PASSAGES, *TAG_FIELDS])
"""What the tagger gives for a batch of exactly the columns of PASSAGES: one row a passage, in the same order."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What one passage speaks to. Every ranking has the highest score first; codes are those of the catalogue.

    `objectives` are the 23 objectives ("1" to "23"), `targets` those of the Sustainable Development Goals, `principles`
    the Compact's, `topics` those of the Progress Declaration of 2022. A score of an objective is the share of such
    passages whose publisher gave this label; other scores order, and are no shares. `none` is the score of "none of
    them" and `nothing` whether that is the answer; then `objectives` is empty and `below` keeps the ranking. `measured`
    says whether the errors were measured for passages of this `language`.
    """

    language: str
    objectives: tuple[Scored, ...]
    targets: tuple[Scored, ...] = ()
    principles: tuple[Scored, ...] = ()
    topics: tuple[Scored, ...] = ()
    none: float = 0.0
    nothing: bool = False
    below: tuple[Scored, ...] = ()
    measured: bool = False


def tags_schema(given: pa.Schema) -> pa.Schema:
    """The schema of the answer to a batch of schema `given`: its columns (language last known first), then the tags."""
    tags = {field.name for field in TAG_FIELDS}
    return pa.schema([*(field for field in given if field.name not in tags), *TAG_FIELDS])


def columns(tagged: Sequence[Tagged]) -> dict[str, pa.Array]:
    """The columns of TAG_FIELDS for passages in order."""
    none = [_numbers([row.none for row in tagged]), _flags([row.nothing for row in tagged])]
    return {
        **{name: _rankings([getattr(row, name) for row in tagged]) for name in RANKINGS},
        "none": pa.StructArray.from_arrays(none, ["score", "answer"]),
        "measured": _flags([row.measured for row in tagged]),
    }


def _rankings(ranked: Sequence[tuple[Scored, ...]]) -> pa.Array:
    """Rankings as one column. Its parts are laid flat first: ten times faster than nested lists of dictionaries."""
    flat = [one for row in ranked for one in row]
    reasons = strings([reason.text for one in flat for reason in one.reasons])
    parts = [
        strings([one.code for one in flat]),
        _numbers([one.score for one in flat]),
        pa.ListArray.from_arrays(_offsets([len(one.reasons) for one in flat]), reasons),
    ]
    return pa.ListArray.from_arrays(
        _offsets([len(row) for row in ranked]), pa.StructArray.from_arrays(parts, ["code", "score", "reasons"])
    )


def strings(values: Sequence[str]) -> pa.Array:
    """Texts as an Arrow column, made from their bytes.

    `pa.array` would do the same, but loads pandas where that is installed, which takes 45 MiB and a third of a second.
    """
    encoded = [value.encode("utf-8", "surrogatepass") for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def _numbers(values: Sequence[float]) -> pa.Array:
    held = np.array(values, np.float64)
    return pa.Array.from_buffers(pa.float64(), len(held), [None, pa.py_buffer(held)])


def _flags(values: Sequence[bool]) -> pa.Array:
    bits = np.packbits(np.array(values, np.bool_), bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(bits)])


def _offsets(sizes: Sequence[int]) -> pa.Array:
    ends = np.cumsum([0, *sizes], dtype=np.int32)
    return pa.Array.from_buffers(pa.int32(), len(ends), [None, pa.py_buffer(ends)])


def rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows of a tagged batch for JSON, in order: id, text, language, page and the rankings.

    `page` is null where the batch has no such column. Codes of objectives are whole numbers from 1 to 23.
    """
    for row in batch.to_pylist():
        yield {
            "id": row["id"],
            "text": row["text"],
            "language": row["language"],
            "page": row.get("page"),
            "objectives": [_numbered(one) for one in row["objectives"]],
            "targets": row["targets"],
            "principles": row["principles"],
            "topics": row["topics"],
            "none": row["none"],
            "below": [_numbered(one) for one in row["below"]],
            "measured": row["measured"],
        }


def _numbered(scored: dict[str, Any]) -> dict[str, Any]:
    return {**scored, "code": int(scored["code"])}
