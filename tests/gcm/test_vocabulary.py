"""Closed lists of words, the six steps, and the registry of sources."""

from collections import Counter

import pytest

from waymark.gcm import vocabulary
from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table
from waymark.records.states import COMMITMENT, ENDED, state_label

LISTS = {
    "marks": ["verified", "secondary", "recalled", "proposal"],
    "empty-values": ["not_collected", "not_applicable", "not_yet_due", "confidential"],
    "stances": [
        "voted_for", "voted_against", "abstained", "absent", "adopted",
        "supported", "supported_in_part", "noted", "reserved", "withdrawn",
    ],
    "commitment-states": ["proposed", "agreed", "under_way", "completed", "dropped", "superseded"],
    "commitment-kinds": ["pledge", "measure", "activity", "follow_up"],
    "pledge-kinds": ["financial", "human_resources", "process", "policy"],
    "pledge-ways": ["individual", "common", "partnership", "matching"],
    "mptf-areas": ["1", "2", "3", "4", "5"],
    "levels": ["local", "national", "regional", "global"],
    "relations": ["relevant", "as-printed", "as-worded", "concerns"],
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_closed_lists_hold_exactly_these(name: str) -> None:
    assert [word.code for word in vocabulary.terms(name)] == LISTS[name]


@pytest.mark.parametrize("name", vocabulary.HELD)
def test_a_list_of_the_record_stands_once_with_its_words(name: str) -> None:
    held = vocabulary.HELD[name]
    rows = [row for row in read_table("vocabulary", "terms.csv") if row["vocabulary"] == name]
    assert [row["code"] for row in rows] == list(held.values)
    assert {row["label"] for row in rows} == {""}
    assert [(word.code, word.label) for word in vocabulary.terms(name)] == held.choices


def test_only_lists_of_the_record_leave_their_words_to_it() -> None:
    unnamed = {row["vocabulary"] for row in read_table("vocabulary", "terms.csv") if not row["label"]}
    assert unnamed == {*vocabulary.HELD, "commitment-states"}
    assert vocabulary.label("commitment-states", "under_way") == state_label("under_way").words()


def test_the_states_of_a_commitment_are_those_of_the_record() -> None:
    words = vocabulary.terms("commitment-states")
    assert {word.code for word in words} == set(COMMITMENT)
    assert {word.code for word in words if word.group == "closed"} == set(ENDED)


def test_marks_are_the_closed_list() -> None:
    assert [word.code for word in vocabulary.terms("marks")] == list(vocabulary.MARKS)
    shown = [word.code for word in vocabulary.terms("marks") if word.group == "shown"]
    assert shown == list(vocabulary.SHOWN)
    assert vocabulary.as_mark("secondary") == "secondary"
    with pytest.raises(NotFoundError, match="one of verified, secondary, recalled, proposal"):
        vocabulary.as_mark("sure")


def test_stakeholders_of_principle_j_and_the_two_we_add() -> None:
    named = {word.code: word for word in vocabulary.terms("stakeholders")}
    principle_j = {
        "migrants", "diasporas", "local_communities", "civil_society", "academia", "private_sector", "parliamentarians",
        "trade_unions", "human_rights_institutions", "media", "other",
    }  # fmt: skip
    assert {code for code, word in named.items() if "principle (j)" in word.locator} == principle_j
    assert {code for code, word in named.items() if word.locator.startswith("paragraph 44")} == {
        "migrant_organisations", "faith_organisations", "local_authorities", "icrc",
    }  # fmt: skip
    assert {code for code, word in named.items() if word.mark == "proposal"} == {"governments", "un_entities"}


def test_every_stakeholder_is_recorded_as_a_kind_of_organisation() -> None:
    kinds = {word.code: word for word in vocabulary.terms("organisation-kinds")}
    for word in vocabulary.terms("stakeholders"):
        assert word.group in kinds, word
    assert {word.group for word in kinds.values()} == {
        "whole-of-government", "whole-of-society", "united-nations", "international",
    }  # fmt: skip


def test_terms_are_numbered_and_unique_in_their_list() -> None:
    for name in vocabulary.vocabularies():
        words = vocabulary.terms(name)
        assert [word.order for word in words] == list(range(1, len(words) + 1))
        assert max(Counter(word.code for word in words).values()) == 1
        assert max(Counter(word.label for word in words).values()) == 1


def test_every_row_has_source_locator_and_mark() -> None:
    words = [word for name in vocabulary.vocabularies() for word in vocabulary.terms(name)]
    for row in [*words, *vocabulary.steps()]:
        assert row.locator, row
        assert row.mark in vocabulary.SHOWN, row
        assert vocabulary.sources(row.source), row


def test_the_six_steps() -> None:
    steps = vocabulary.steps()
    assert [(step.order, step.code, step.page) for step in steps] == [
        (1, "kick-off", 83),
        (2, "needs-assessment", 103),
        (3, "design", 123),
        (4, "implementation", 157),
        (5, "monitoring", 177),
        (6, "reporting", 199),
    ]
    assert [len(step.actions) for step in steps] == [4, 2, 5, 3, 3, 2]
    for step, following in zip(steps, [*(later.page for later in steps[1:]), 226], strict=True):
        assert all(step.page <= page < following for _, page in step.tools)
    tools = [name.split(":")[0] for step in steps for name, _ in step.tools if name.startswith("Tool ")]
    assert tools == [f"Tool {number}" for number in range(1, 12)]


def test_labels_and_unknown_words() -> None:
    assert vocabulary.label("stances", "supported_in_part") == "supported in part"
    with pytest.raises(NotFoundError, match="one of financial, human_resources, process, policy"):
        vocabulary.term("pledge-kinds", "in-kind")
    with pytest.raises(NotFoundError, match="there is no such list"):
        vocabulary.terms("colours")


def test_sources() -> None:
    assert vocabulary.source("IOM-GEO").address.startswith("https://georgia.iom.int/")
    assert [one.key for one in vocabulary.sources("UNMM CAM")] == ["UNMM", "CAM"]
    with pytest.raises(NotFoundError, match="no such key"):
        vocabulary.sources("UNMM NOWHERE")
    keys = [row["key"] for row in read_table("frameworks", "sources.csv")]
    assert keys == sorted(set(keys))
