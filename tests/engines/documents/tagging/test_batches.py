"""Arrow in, Arrow out: the same answers as one by one, the same order, further columns passed by, rows for JSON."""

import json

import pyarrow as pa
import pytest

from waymark.engines.documents.tagging.batches import tag_batch, tag_batches, tagger
from waymark.engines.documents.tagging.passages import PASSAGES
from waymark.engines.documents.tagging.results import TAG_FIELDS, TAGS, rows, tags_schema
from waymark.gcm.errors import InputError

TEXTS = [
    ("b", "The cost of remittances fell for migrant workers.", "en"),
    ("a", "La rétention des mineurs migrants a pris fin.", ""),
    ("c", "", "es"),
    ("a", "Immigration detention of children ended.", None),
    ("d", None, "en"),
]


def batch(**more: list[object]) -> pa.RecordBatch:
    ids, texts, languages = (list(column) for column in zip(*TEXTS, strict=True))
    given = pa.record_batch([pa.array(ids), pa.array(texts, pa.string()), pa.array(languages)], schema=PASSAGES)
    for name, values in more.items():
        given = given.append_column(name, pa.array(values))
    return given


def test_rows_keep_their_order_and_further_columns() -> None:
    tagged = tag_batch(batch(page=[4, 5, 6, 7, 8], file=list("vwxyz")))
    assert tagged.schema == tags_schema(batch(page=[4] * 5, file=["v"] * 5).schema)
    assert tagged.column("id").to_pylist() == ["b", "a", "c", "a", "d"]
    assert tagged.column("file").to_pylist() == list("vwxyz")
    assert tagged.column("language").to_pylist() == ["en", "fr", "es", "en", "en"]
    assert [row["page"] for row in rows(tagged)] == [4, 5, 6, 7, 8]


def test_the_plain_schema_is_the_exported_one() -> None:
    assert tag_batch(batch()).schema == TAGS
    empty = pa.record_batch([pa.array([], field.type) for field in PASSAGES], schema=PASSAGES)
    assert tag_batch(empty).schema == TAGS


def test_a_batch_says_what_the_tagger_says_of_each_passage() -> None:
    using = tagger("best")
    for row in rows(tag_batch(batch())):
        one = using.tag_one(row["text"] or "", row["language"])
        assert row["objectives"] == [
            {"code": int(each.code), "score": each.score, "reasons": [reason.text for reason in each.reasons]}
            for each in one.objectives
        ]
        assert [each["code"] for each in row["targets"]] == [each.code for each in one.targets]
        assert row["none"] == {"score": one.none, "answer": one.nothing}
        assert row["measured"] == one.measured


def test_rows_are_json_with_whole_numbers_as_codes() -> None:
    first = json.loads(json.dumps(next(rows(tag_batch(batch())))))
    assert list(first) == [
        "id", "text", "language", "page", "objectives", "targets", "principles", "topics", "none", "below", "measured",
    ]  # fmt: skip
    assert first["page"] is None
    assert all(type(one["code"]) is int and 1 <= one["code"] <= 23 for one in first["objectives"])
    assert first["objectives"][0]["code"] == 20


def test_cutting_into_batches_changes_nothing() -> None:
    whole = tag_batch(batch())
    parts = list(tag_batches([batch().slice(0, 2), batch().slice(2)]))
    assert pa.Table.from_batches(parts).to_pylist() == pa.Table.from_batches([whole]).to_pylist()


def test_tagging_twice_replaces_the_tags() -> None:
    once = tag_batch(batch())
    assert tag_batch(once).to_pylist() == once.to_pylist()


@pytest.mark.parametrize(
    "given",
    [
        pa.record_batch({"id": ["a"], "language": ["en"]}),
        pa.record_batch({"id": ["a"], "text": [3], "language": ["en"]}),
    ],
)
def test_a_batch_without_texts_is_refused(given: pa.RecordBatch) -> None:
    with pytest.raises(InputError, match="no column of text called text"):
        tag_batch(given)


def test_one_tagger_a_process_and_tier() -> None:
    assert tagger("best") is tagger("best")
    assert tagger("lexicon") is not tagger("best")


def test_large_strings_are_taken() -> None:
    given = pa.record_batch([pa.array(["a"], pa.large_string()), pa.array(["remittances"], pa.large_string()),
                             pa.array(["en"], pa.large_string())], names=PASSAGES.names)  # fmt: skip
    assert tag_batch(given).schema.names == [*PASSAGES.names, *(field.name for field in TAG_FIELDS)]
