"""The rules that choose what matters first, each with its ties."""

import math
from typing import Any

import pytest

from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.papers import choosing
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import ClaimView, ConflictView, RecommendationView


@pytest.mark.parametrize(
    ("given", "values", "change"),
    [
        ({}, (80.0, 85.0, 90.0), 0.25),
        ({}, (80.0, 70.0), -0.5),
        ({"direction": "down", "valid_min": None}, (8.0, 6.0), 0.25),
        ({"direction": "down", "valid_min": 4.0}, (8.0, 6.0), 0.5),
        ({"direction": "parity", "valid_min": None}, (0.5, 1.0), 1.0),
        ({"direction": "parity", "valid_min": None}, (2.0, 1.5), 0.5),
        ({}, (100.0, 90.0), -math.inf),
        ({}, (100.0, 100.0), None),
        ({"valid_max": None}, (1.0, 2.0), None),
        ({"direction": "none"}, (1.0, 2.0), None),
        ({"direction": "parity"}, (0.0, 1.0), None),
        ({}, (80.0,), None),
        ({"improving": None}, (80.0, 90.0), None),
    ],
)
def test_a_change_is_the_share_of_the_way_to_the_best_value_per_year(
    given: dict[str, Any], values: tuple[float, ...], change: float | None
) -> None:
    found = choosing.yearly_change(statistic("a", *values, **given))
    assert found == change if change is None or math.isinf(change) else found == pytest.approx(change)


def chosen(better: bool, *statistics: StatisticView) -> str | None:
    rule = choosing.most_for_better if better else choosing.most_for_worse
    found = rule(review(statistics=statistics))
    return found.series if found else None


def test_the_largest_change_is_chosen_and_what_a_method_calls_worse_is_no_better() -> None:
    assert chosen(True, statistic("a", 10, 20), statistic("b", 80, 90)) == "b"
    assert chosen(False, statistic("a", 20, 10, improving=False), statistic("b", 90, 80, improving=False)) == "b"
    assert chosen(True, statistic("a", 10, 20, improving=False)) is None
    assert chosen(False, statistic("a", 20, 10, improving=True)) is None
    assert chosen(False, statistic("a", 20, 19, improving=False), statistic("b", 100, 99, improving=False)) == "b"


def test_ties_go_to_the_newer_year_then_the_lower_objective_then_the_series() -> None:
    longer = statistic("z", 80, 85, 90)
    assert chosen(True, statistic("a", 80, 85), longer) == "z"
    assert chosen(True, statistic("a", 80, 90, objectives=(2,)), statistic("b", 80, 90, objectives=(1, 5))) == "b"
    assert chosen(True, statistic("b", 80, 90), statistic("a", 80, 90)) == "a"


def test_least_reported_counts_only_what_is_agreed_or_under_way() -> None:
    proposed = commitment("P", state="proposed", reports_missing=9)
    later, earlier = (
        commitment(code, reports_missing=2, due=due) for code, due in (("A", "2027-01-01"), ("B", "2026-01-01"))
    )
    data = review(objective(1, proposed, later), objective(2, earlier, commitment("C", reports_missing=1)))
    assert choosing.least_reported(data) == earlier
    assert choosing.least_reported(review(objective(1, proposed))) is None


def test_what_is_due_stands_day_by_day_all_of_a_day() -> None:
    due = [commitment(code, due="2026-06-30") for code in "DCBA"]
    past, later = commitment("X", due="2026-05-07"), commitment("Y", due="2026-07-01")
    today = commitment("T", due="2026-05-08")
    found = choosing.next_due(review(objective(1, *due, past, later)))
    assert [(day, [one.code for one in items]) for day, items in found] == [
        ("2026-06-30", ["A", "B", "C", "D"]), ("2026-07-01", ["Y"]),
    ]  # fmt: skip
    assert choosing.next_due(review(objective(1, *due, today)))[0] == ("2026-05-08", [today])
    assert choosing.next_due(review(objective(1, past))) == []


def rated(code: str, lead: float, society: float, *more: Any) -> Any:
    return commitment(code, report(lead), report(society, "civil_society", "Society"), *more)


def test_society_sees_less_where_its_last_rating_lies_below_that_of_the_lead() -> None:
    first = objective(1, rated("A", 0.75, 0.5), rated("B", 0.75, 0.75), rated("C", 0.5, 0.75))
    second = objective(2, rated("D", 0.75, 0.5), commitment("E", report(0.75)))
    found = choosing.divides(review(first, second))
    assert [(one.objective.number, len(one.lower), len(one.rated)) for one in found] == [(2, 1, 1), (1, 1, 3)]
    assert choosing.divides(review(objective(1, rated("B", 0.75, 0.75)))) == []


def test_a_series_that_sources_dispute_is_no_best_news() -> None:
    own, other = statistic("own", 10, 90, indicator="qor-own"), statistic("other", 10, 50)
    subject = "urn:waymark:local:national-indicator:qor-own"
    left, settled = (
        view(ConflictView, subject=subject, claims=(view(ClaimView, chosen=chosen), view(ClaimView, chosen=False)))
        for chosen in (False, True)
    )
    for conflicts, best in (((), own), ((settled,), own), ((left,), other)):
        assert choosing.most_for_better(review(statistics=(own, other), conflicts=conflicts)) == best


def test_who_only_helps_does_not_speak_for_the_lead_and_what_was_returned_does_not_count() -> None:
    item = commitment(
        "A", report(0.5), report(1.0, organisation="Helper", date="2026-02-02"),
        report(0.25, "civil_society", "Old", date="2025-01-01"), report(0.5, "civil_society", "New"),
        report(0.0, "civil_society", "Returned", state="returned", date="2026-03-01"),
        report(1.0, "civil_society", "New", state="submitted", date="2026-04-01", waits=True),
    )  # fmt: skip
    helped = commitment("B", report(1.0, organisation="Helper"), report(0.5, "civil_society", "Society"))
    assert choosing.voices(helped) is None, "a lead that is silent is not spoken for by who helps"
    told = choosing.voices(item)
    assert told is not None
    assert (told.lead.share, told.society.organisation, told.gap) == (0.5, "New", 0.0)


def test_the_widest_gap_then_more_voices_then_the_newer_word_of_society() -> None:
    three = rated("B", 0.75, 0.5, report(0.5, "secretariat", "Office"))
    newer = commitment("C", report(0.75), report(0.5, "civil_society", "Society", date="2026-02-01"))
    assert choosing.divides(review(objective(1, rated("A", 0.75, 0.5), newer, three)))[0].widest.commitment == three
    assert choosing.divides(review(objective(1, rated("A", 0.75, 0.5), newer)))[0].widest.commitment == newer
    wide = rated("Z", 1.0, 0.25)
    assert choosing.divides(review(objective(1, three, newer, wide)))[0].widest.commitment == wide


def test_a_conflict_with_none_chosen_comes_before_what_has_no_figure() -> None:
    settled = view(ConflictView, attribute="a", claims=(view(ClaimView, chosen=True), view(ClaimView)))
    left = view(ConflictView, attribute="b", claims=(view(ClaimView), view(ClaimView)))
    assert choosing.open_conflict(review(conflicts=(settled, left))) == left
    assert choosing.open_conflict(review(conflicts=(settled,))) is None
    data = review(
        objective(1, without_data=("x",)), objective(2, without_data=("x", "y")), objective(3, without_data=("x", "y"))
    )
    found = choosing.least_known(data)
    assert found
    assert found.number == 2
    assert choosing.least_known(review()) is None


def test_what_was_proposed_for_a_year_to_the_day_is_not_old_yet() -> None:
    items = [commitment(code, state="proposed", state_date=day)
             for code, day in (("A", "2025-05-08"), ("B", "2025-05-07"), ("C", ""), ("D", "2024-01-01"))]  # fmt: skip
    assert [one.code for one in choosing.long_proposed(review(objective(1, *items)))] == ["D", "B"]


def test_dropped_recommendations_stand_before_open_ones_and_others_are_left_out() -> None:
    named = [view(RecommendationView, code=code, status=status)
             for code, status in (("R2", "open"), ("R1", "acted on"), ("R3", "dropped"), ("R0", "open"))]  # fmt: skip
    assert [one.code for one in choosing.unanswered(review(recommendations=tuple(named)))] == ["R3", "R0", "R2"]


def test_what_grew_most_has_no_better_direction_and_a_figure_of_the_last_years() -> None:
    old = statistic("old", 1, 50, direction="none")
    some = statistic("some", 10, *range(11, 17), direction="none")
    most = statistic("most", 10, *range(11, 16), 40, direction="none")
    from_nothing = statistic("nothing", 0, *range(11, 17), direction="none")
    found = choosing.grown_most(
        review(statistics=(old, some, most, from_nothing, statistic("up", 1, 1, 1, 1, 1, 1, 90)))
    )
    assert found is not None
    assert (found[0].series, found[1], found[2]) == ("most", 0, 6)
    assert choosing.grown_most(review(statistics=(old,))) is None


def test_what_is_context_changed_most_only_where_nothing_else_did() -> None:
    outside = statistic("outside", 1, *range(2, 7), 90, direction="none", context="outside the Compact")
    inside = statistic("inside", 10, *range(11, 17), direction="none")
    found = choosing.grown_most(review(statistics=(outside, inside)))
    assert found is not None
    assert found[0] == inside
    found = choosing.grown_most(review(statistics=(outside,)))
    assert found is not None
    assert found[0] == outside


@pytest.mark.parametrize(
    ("values", "places"),
    [((10, 11, 90, 91), (1, 2)), ((90, 91, 11, 10), (1, 2)), ((10, 20, 30, 40), None), ((10, 90), None),
     ((10, 20, 10), None), ((10, 30, 50), None)],
)  # fmt: skip
def test_a_step_is_named_that_carries_most_of_a_change(
    values: tuple[float, ...], places: tuple[int, int] | None
) -> None:
    assert choosing.largest_step(statistic("a", *values), 0, len(values) - 1) == places
