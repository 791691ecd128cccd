"""Review cycles: known days only, which feeds which, round tables per forum."""

from collections import Counter
from datetime import date

import pytest

from waymark.gcm import cycles, frameworks, places, vocabulary
from waymark.gcm.errors import NotFoundError

EVERY = cycles.cycles()


def test_the_cycles_and_their_days() -> None:
    assert {one.code: (one.start, one.end) for one in EVERY} == {
        "imrf-2022": (date(2022, 5, 17), date(2022, 5, 20)),
        "imrf-2026": (date(2026, 5, 5), date(2026, 5, 8)),
        "imrf-2030": (None, None),
        "unece-2020": (date(2020, 11, 12), date(2020, 11, 13)),
        "unece-2024": (date(2024, 3, 11), date(2024, 3, 11)),
        "escwa-2021": (date(2021, 2, 24), date(2021, 2, 25)),
        "escwa-2024": (date(2024, 7, 3), date(2024, 7, 4)),
        "escap-2021": (date(2021, 3, 10), date(2021, 3, 12)),
        "escap-2025": (None, None),
        "eclac-2021": (None, None),
        "eclac-2025": (None, None),
        "eca-2021": (None, None),
        "eca-2024": (date(2024, 10, 9), date(2024, 10, 10)),
    }


def test_the_default_date_is_the_last_day_or_unknown() -> None:
    assert cycles.cycle("imrf-2026").as_of == date(2026, 5, 8)
    assert cycles.cycle("imrf-2030").as_of is None


def test_days_lie_in_the_year_and_unknown_ones_say_so() -> None:
    for one in EVERY:
        assert str(one.year) in one.code
        assert str(one.year) in one.dates_known
        if one.start and one.end:
            assert one.start <= one.end
            assert {one.start.year, one.end.year} == {one.year}
        else:
            assert "not known" in one.note


def test_regional_reviews_feed_the_next_forum() -> None:
    for one in EVERY:
        if one.level == "regional":
            (fed,) = one.feeds
            forum = cycles.cycle(fed)
            assert forum.level == "global"
            assert 0 < forum.year - one.year <= 2
        else:
            assert one.feeds == ()
    assert Counter(fed for one in EVERY for fed in one.feeds) == {"imrf-2022": 5, "imrf-2026": 5}


def test_the_cycle_before_is_of_the_same_area_and_earlier() -> None:
    for one in EVERY:
        before = cycles.previous_cycle(one.code)
        if before:
            assert (before.level, before.area) == (one.level, one.area)
            assert before.year < one.year
    assert [one.code for one in EVERY if not one.previous] == [
        "imrf-2022", "unece-2020", "escwa-2021", "escap-2021", "eclac-2021", "eca-2021",
    ]  # fmt: skip
    assert cycles.previous_cycle("imrf-2022") is None


def test_areas_are_places() -> None:
    for one in EVERY:
        assert places.place(one.area).code == one.area


def test_round_tables_share_out_the_23_objectives() -> None:
    for code in ("imrf-2022", "imrf-2026"):
        taken = [objective for cluster in cycles.cycle(code).clusters for objective in cluster.objectives]
        assert sorted(taken, key=int) == [one.code for one in frameworks.objectives()]
        assert [cluster.number for cluster in cycles.cycle(code).clusters] == [1, 2, 3, 4]
    assert cycles.cycle("unece-2024").clusters == ()


def test_round_tables_of_2026_are_not_confirmed() -> None:
    assert {cluster.mark for cluster in cycles.cycle("imrf-2022").clusters} == {"verified"}
    for cluster in cycles.cycle("imrf-2026").clusters:
        assert cluster.mark == "proposal"
        assert "not confirmed" in cluster.note
        assert cluster.background_note_by == ()


@pytest.mark.parametrize(("objective", "number"), [("18", 1), ("13", 2), ("20", 3), ("1", 4)])
def test_the_round_table_of_an_objective(objective: str, number: int) -> None:
    found = cycles.cluster_of("imrf-2022", objective)
    assert found is not None
    assert found.number == number
    assert cycles.cluster_of("imrf-2030", objective) is None


def test_milestones_lie_near_their_cycle() -> None:
    for one in EVERY:
        for milestone in one.milestones:
            assert milestone.kind in ("hearing", "endorsement")
            assert one.end is not None
            assert abs((milestone.date - one.end).days) < 31
    assert [milestone.date for milestone in cycles.cycle("imrf-2022").milestones] == [
        date(2022, 5, 16),
        date(2022, 6, 7),
    ]


def test_every_row_has_source_locator_and_mark() -> None:
    rows = [*EVERY, *(part for one in EVERY for part in (*one.clusters, *one.milestones))]
    assert len(rows) == 13 + 8 + 6
    for row in rows:
        assert row.locator, row
        assert row.mark in vocabulary.SHOWN, row
        assert vocabulary.sources(row.source), row
    assert {one.level for one in EVERY} <= {word.code for word in vocabulary.terms("levels")}


def test_an_unknown_cycle_is_refused() -> None:
    with pytest.raises(NotFoundError, match="one of imrf-2022, imrf-2026"):
        cycles.cycle("imrf-2025")
    with pytest.raises(NotFoundError):
        cycles.previous_cycle("imrf-2025")
