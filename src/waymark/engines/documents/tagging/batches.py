"""Tagging as a function from Arrow batches to Arrow batches, with no state of its own, ready for a cluster."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from waymark.engines.documents.tagging.passages import PASSAGES
from waymark.engines.documents.tagging.results import columns, strings, tags_schema
from waymark.engines.documents.tagging.settings import Tier
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import InputError

AT_ONCE = 100
"""So many passages are tagged before their tags become Arrow columns."""


@lru_cache(maxsize=4)
def tagger(tier: Tier = "best", learned: Path | None = None) -> Tagger:
    """The tagger of this process: loaded at the first call, the same object afterwards."""
    return Tagger.load(tier, learned)


def tag_batch(batch: pa.RecordBatch, tier: Tier = "best", learned: Path | None = None) -> pa.RecordBatch:
    """The batch with the columns of TAG_FIELDS added, row for row in the same order.

    `batch` holds at least the columns of PASSAGES; further ones are passed by. A null text counts as empty, a null or
    empty language is told from the text and filled in. Raises InputError when a column is missing or is no text.
    """
    for field in PASSAGES:
        at = batch.schema.get_field_index(field.name)
        if at < 0 or not _is_text(batch.schema.field(at).type):
            raise InputError(
                "the batch of passages",
                f"it has no column of text called {field.name}",
                expected=f"the columns {', '.join(PASSAGES.names)}",
                todo="Add the column",
            )
    using = tagger(tier, learned)
    parts, told = [], list[str]()
    # By the hundred, so that memory does not grow with the batch.
    for start in range(0, max(1, len(batch)), AT_ONCE):
        part = batch.slice(start, AT_ONCE)
        texts, languages = part.column("text").to_pylist(), part.column("language").to_pylist()
        tagged = [using.tag_one(text or "", language or "") for text, language in zip(texts, languages, strict=True)]
        told += [given or row.language for given, row in zip(languages, tagged, strict=True)]
        parts.append(columns(tagged))
    schema = tags_schema(batch.schema)
    added = {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]}
    added["language"] = strings(told).cast(batch.schema.field("language").type)
    return pa.RecordBatch.from_arrays(
        [added[field.name] if field.name in added else batch.column(field.name) for field in schema], schema=schema
    )


def tag_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The default tier over a stream of batches, in the shape that Spark's `mapInArrow` takes."""
    return (tag_batch(batch) for batch in batches)


def _is_text(kind: pa.DataType) -> bool:
    return kind in (pa.string(), pa.large_string(), pa.string_view())
