from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.states import page
from waymark.gcm.errors import RefusedError
from waymark.records.states import TABLES, choices, may_follow, next_state

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Thing:
    state: str
    code: str = "M-1"
    noun: ClassVar[str] = "commitment"


ACTS = sorted({act for table in TABLES.values() for acts in table.values() for act in acts})


BEGINNING = {"appointment": {"waiting", "made"}}
"""Where a thing begins in one of several states."""


@pytest.mark.parametrize("name", TABLES)
def test_every_state_is_reached_and_known(name: str) -> None:
    table = TABLES[name]
    targets = {after for acts in table.values() for after in acts.values()}
    assert targets | BEGINNING.get(name, {next(iter(table))}) == set(table)


@given(st.sampled_from(sorted(TABLES)), st.sampled_from(ACTS), st.data())
def test_only_acts_of_the_table_lead_on(name: str, act: str, data: st.DataObject) -> None:
    table = TABLES[name]
    state = data.draw(st.sampled_from(sorted(table)))
    if may_follow(table, state, act):
        assert next_state(table, Thing(state), act) in table
    else:
        with pytest.raises(RefusedError, match="cannot"):
            next_state(table, Thing(state), act)


def test_refusal_names_state_and_what_is_possible() -> None:
    with pytest.raises(RefusedError) as refusal:
        next_state(TABLES["commitment"], Thing("under_way"), "agree")
    assert str(refusal.value) == (
        "The commitment M-1 is under way, so one cannot agree it. Possible now: complete, drop, supersede."
    )
    with pytest.raises(RefusedError, match="nothing; this state is final"):
        next_state(TABLES["commitment"], Thing("superseded"), "agree")


def test_choices_are_the_states() -> None:
    assert ("under_way", "under way") in choices(TABLES["commitment"])


def test_page_of_states_is_not_stale() -> None:
    assert (ROOT / "docs" / "reference" / "states.md").read_text(encoding="utf-8") == page()
