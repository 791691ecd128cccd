"""National figures in a review: for each audience what it may read, each with its source, in the same bytes."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.indicators import YEARBOOK, entered, indicator, office
from tests.factories.networks import network
from tests.factories.people import OPERATOR
from tests.queries.world import World
from waymark.actions.indicators import PaperValue, ValueFacts, enter_values
from waymark.papers.files import review_json
from waymark.papers.review import review_document
from waymark.queries.indicators.national import NationalRows, national_read
from waymark.queries.indicators.reading import figures_of
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.reviews.views import ReviewData
from waymark.records.viewers import PUBLIC, network_viewer

DAY = date(2026, 5, 8)


def built(folder: Path, audience: str = "public") -> ReviewData:
    scope = review_scope("QOR", "imrf-2026", audience=audience)  # type: ignore[arg-type]
    return review_data(scope, folder=folder / "datasets", kept=folder / "assessments")


def words(data: ReviewData) -> str:
    return repr(review_document(data, "0" * 64))


@pytest.fixture
def national(record: World) -> None:
    entered("2019", value=30)
    entered("2022", empty_reason="not_collected", value=None)
    entered("2024", value=45)


@pytest.mark.usefixtures("national")
def test_it_stands_under_its_objective_with_source_target_and_what_is_missing(tmp_path: Path) -> None:
    data = built(tmp_path)
    (statistic,) = [one for one in data.objectives[0].statistics if one.indicator == "qor-counselling"]
    assert statistic.assessment is not None
    assert (statistic.assessment.improving, statistic.objectives) == (True, (1,))
    (period, reason, key) = statistic.missing[0]
    assert (period, reason) == ("2022", "not collected")
    assert key == statistic.source
    assert "An indicator of this country, defined by its network." in words(data)
    (source,) = [one for one in data.sources if one.key == key]
    assert source.locator == "entered from Yearbook 2025 of the statistical office, 2026-02-01"
    assert review_json(data) == review_json(built(tmp_path)) == review_json(built(tmp_path / "elsewhere"))


@pytest.mark.usefixtures("national")
def test_what_is_for_the_network_changes_nothing_for_the_public(tmp_path: Path) -> None:
    before = review_json(built(tmp_path))
    entered("2025", value=99, classification="network")
    indicator("qor-inner", classification="network", title="zqinner")
    assert review_json(built(tmp_path)) == before
    seen = built(tmp_path, "network")
    (statistic,) = [one for one in seen.objectives[0].statistics if one.indicator == "qor-counselling"]
    assert statistic.observations[-1].value == 99
    assert "zqinner" in seen.objectives[0].without_data
    assert "zqinner" not in words(built(tmp_path))


@pytest.mark.usefixtures("national")
def test_a_network_of_another_place_reads_the_public_ones_only() -> None:
    entered("2025", value=99, classification="network")
    assert len(national_read("QOR", network_viewer("far")).values) == 3
    assert len(national_read("QOR", network_viewer("qor-network")).values) == 4
    assert national_read("GEO", PUBLIC) == NationalRows()


def test_a_value_of_the_catalogue_stands_beside_what_another_source_says(record: World, tmp_path: Path) -> None:
    facts = ValueFacts(period="2023", value=3.0)
    enter_values(by=OPERATOR, network=network(), entries=[PaperValue("si_pov_day1", office(), facts, YEARBOOK, DAY)])
    data = built(tmp_path)
    statistic = data.statistics["si_pov_day1"]
    assert [(one.year, one.value) for one in statistic.observations] == [(2023, 3.0)]
    sources = {one.key: one for one in data.sources}
    assert sources[statistic.source].publisher == "Body stat-office"


def test_a_series_about_refugees_is_context(record: World, tmp_path: Path) -> None:
    row = indicator("qor-shelter", outside_compact=True)
    entered("2023", of=row, value=20)
    entered("2024", of=row, value=30)
    (statistic,) = [one for one in built(tmp_path).objectives[0].statistics if one.indicator == "qor-shelter"]
    assert (statistic.context, statistic.assessed) == ("outside the Compact", False)


def test_a_place_without_typed_figures_is_read_as_before(record: World, tmp_path: Path) -> None:
    figures = figures_of("QOR", tmp_path, days=[DAY])
    assert figures.on(DAY) == figures.up_to[figures.edition.year(DAY)].series
    assert national_read("QOR", PUBLIC).added() is None
