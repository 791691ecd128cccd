"""Scales and what their steps say on one another."""

import pytest

from waymark.gcm import scales, vocabulary
from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table

EVERY = scales.scales()
STEPS = [(one.code, value.code) for one in EVERY for value in one.values]


def test_the_scales_and_their_steps() -> None:
    assert {one.code: [value.code for value in one.values] for one in EVERY} == {
        "completion-5": ["not-started", "begun", "partly-done", "mostly-done", "completed", "no-evidence"],
        "georgia-5": ["not-done", "in-process", "partly-done", "mostly-done", "fully-done"],
        "network-3": ["yet-to-start", "ongoing", "completed"],
    }


def test_steps_are_ordered_and_outside_values_are_not() -> None:
    for one in EVERY:
        assert [step.order for step in one.steps] == list(range(1, len(one.steps) + 1))
    (outside,) = scales.scale("completion-5").outside
    assert (outside.order, outside.share, outside.label()) == (None, None, "No evidence available")


def test_only_a_scale_that_defines_shares_has_them() -> None:
    assert [step.share for step in scales.scale("completion-5").steps] == [0, 0.25, 0.5, 0.75, 1]
    for code in ("georgia-5", "network-3"):
        assert {step.share for step in scales.scale(code).values} == {None}


@pytest.mark.parametrize(
    ("code", "first"), [("completion-5", "mostly-done"), ("georgia-5", "mostly-done"), ("network-3", "completed")]
)
def test_evidence_is_required_from_one_step_upwards(code: str, first: str) -> None:
    steps = scales.scale(code).steps
    needed = [step.evidence_required for step in steps]
    assert needed == sorted(needed)
    assert next(step.code for step in steps if step.evidence_required) == first
    assert not any(value.evidence_required for value in scales.scale(code).outside)


def test_labels_by_language() -> None:
    step = scales.scale("georgia-5").step("fully-done")
    assert step.label("ka") == "სრულად შესრულდა"
    assert step.label("fr") == step.label() == "Fully done"


@pytest.mark.parametrize(("code", "step"), STEPS)
@pytest.mark.parametrize("target", [one.code for one in EVERY])
def test_every_step_has_an_answer_on_every_scale(code: str, step: str, target: str) -> None:
    found = scales.mapping(code, step, target)
    assert (found.from_scale, found.from_step, found.to_scale) == (code, step, target)
    if found.to_step is None:
        assert found.note.startswith("not comparable: ")
    else:
        assert scales.scale(target).step(found.to_step)
    if code == target:
        assert found.to_step == step
    else:
        assert found.mark == "proposal"


@pytest.mark.parametrize("code", [one.code for one in EVERY])
@pytest.mark.parametrize("target", [one.code for one in EVERY])
def test_mappings_never_turn_the_order_around(code: str, target: str) -> None:
    orders = []
    for step in scales.scale(code).steps:
        to_step = scales.mapping(code, step.code, target).to_step
        if to_step is not None:
            orders.append(scales.scale(target).step(to_step).order)
    assert orders == sorted(orders)  # type: ignore[type-var]  # steps always have an order


def test_what_is_not_comparable() -> None:
    rows = [scales.mapping(code, step, one.code) for code, step in STEPS for one in EVERY]
    assert {(row.from_scale, row.from_step, row.to_scale) for row in rows if row.to_step is None} == {
        ("completion-5", "no-evidence", "georgia-5"),
        ("completion-5", "no-evidence", "network-3"),
        ("georgia-5", "not-done", "completion-5"),
        ("georgia-5", "in-process", "completion-5"),
        ("georgia-5", "not-done", "network-3"),
        ("georgia-5", "partly-done", "network-3"),
        ("georgia-5", "mostly-done", "network-3"),
        ("network-3", "ongoing", "completion-5"),
    }
    assert [row for row in rows if row.to_step is not None and "not comparable" in row.note] == []


def test_mapping_rows_are_all_reachable_and_sourced() -> None:
    rows = list(read_table("scales", "mappings.csv"))
    assert len(rows) == 28
    for row in rows:
        found = scales.mapping(row["from_scale"], row["from_step"], row["to_scale"])
        assert (found.to_step or "", found.note) == (row["to_step"], row["note"])
        assert vocabulary.sources(found.source)
        assert found.locator


def test_every_scale_has_source_locator_and_mark() -> None:
    for one in EVERY:
        assert vocabulary.sources(one.source)
        assert one.locator
        assert one.mark in vocabulary.SHOWN


def test_unknown_scales_and_steps_are_refused() -> None:
    with pytest.raises(NotFoundError, match="one of completion-5, georgia-5, network-3"):
        scales.scale("stars")
    with pytest.raises(NotFoundError, match="one of yet-to-start, ongoing, completed"):
        scales.mapping("network-3", "done", "georgia-5")
    with pytest.raises(NotFoundError):
        scales.mapping("network-3", "ongoing", "stars")
