"""Who owes a report on a period, by the days of the commitment and of the part in it."""

from datetime import date
from typing import NamedTuple

import pytest

from waymark.records.duties import Running, carries_until

FIRST, LAST = date(2024, 1, 1), date(2024, 6, 30)


class Step(NamedTuple):
    """One change of state."""

    date: date | None
    to_state: str


AGREED = [Step(date(2021, 12, 1), "proposed"), Step(date(2022, 1, 1), "agreed")]


@pytest.mark.parametrize(
    ("start", "runs"), [(date(2024, 6, 30), True), (date(2024, 7, 1), False), (date(2020, 1, 1), True), (None, True)]
)
def test_it_runs_from_the_period_in_which_it_began(start: date | None, runs: bool) -> None:
    assert Running.of(start, AGREED).within(FIRST, LAST) is runs


@pytest.mark.parametrize(
    ("ended", "runs"), [(date(2024, 1, 1), True), (date(2023, 12, 31), False), (date(2025, 1, 1), True), (None, True)]
)
@pytest.mark.parametrize("state", ["completed", "dropped", "superseded"])
def test_it_runs_to_the_period_in_which_it_ended(state: str, ended: date | None, runs: bool) -> None:
    assert Running.of(None, [*AGREED, Step(ended, state)]).within(FIRST, LAST) is runs


def test_what_is_reopened_runs_on() -> None:
    steps = [*AGREED, Step(date(2023, 1, 1), "completed"), Step(date(2024, 9, 1), "under_way")]
    assert Running.of(None, steps).within(FIRST, LAST)


@pytest.mark.parametrize(
    ("agreed", "runs"), [(date(2024, 6, 30), True), (date(2024, 7, 1), False), (date(2020, 1, 1), True), (None, True)]
)
def test_it_runs_from_the_period_in_which_it_was_agreed(agreed: date | None, runs: bool) -> None:
    steps = [Step(date(2019, 1, 1), "proposed"), Step(agreed, "agreed")]
    assert Running.of(None, steps).within(FIRST, LAST) is runs


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step(None, "proposed")],
        [Step(None, "proposed"), Step(date(2024, 3, 1), "dropped")],
        [Step(None, "proposed"), Step(date(2024, 3, 1), "superseded")],
    ],
)
def test_what_was_never_agreed_never_runs(steps: list[Step]) -> None:
    assert not Running.of(date(2020, 1, 1), steps).within(FIRST, LAST)


def test_what_is_proposed_again_runs_as_long_as_it_was_agreed() -> None:
    again = [*AGREED, Step(date(2023, 3, 1), "dropped"), Step(date(2023, 9, 1), "proposed")]
    assert Running.of(None, again).within(date(2023, 1, 1), date(2023, 6, 30))
    assert not Running.of(None, again).within(FIRST, LAST)
    assert Running.of(None, [*again, Step(date(2024, 6, 30), "agreed")]).within(FIRST, LAST)
    assert not Running.of(None, [*again, Step(date(2024, 7, 1), "agreed")]).within(FIRST, LAST)


def test_what_starts_after_it_was_agreed_runs_once() -> None:
    assert Running.of(None, [*AGREED, Step(date(2024, 2, 1), "under_way")]).agreed == ((date(2022, 1, 1), None),)


@pytest.mark.parametrize(
    ("from_date", "to_date", "carries"),
    [
        (None, None, True),
        (LAST, None, True),
        (date(2024, 7, 1), None, False),
        (None, LAST, True),
        (None, date(2024, 6, 29), False),
    ],
)
def test_a_part_covers_the_last_day(from_date: date | None, to_date: date | None, carries: bool) -> None:
    assert carries_until(LAST, from_date, to_date, end_unknown=False) is carries
    assert not carries_until(LAST, from_date, to_date, end_unknown=True)
