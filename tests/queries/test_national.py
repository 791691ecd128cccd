"""National figures in a review: for each audience what it may read, each with its source, in the same bytes."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.indicators import YEARBOOK, entered, indicator, office
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import OPERATOR
from tests.queries.world import World
from waymark.actions.indicators import PaperValue, ValueFacts, enter_values
from waymark.engines.printing.blocks import Figure, Paragraph, Table
from waymark.engines.printing.reading import stacked
from waymark.papers.files import review_json
from waymark.papers.objectives import statistics
from waymark.papers.review import review_paper
from waymark.papers.statistics import statistic_blocks
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.national import NationalRows, national_read
from waymark.queries.indicators.reading import figures_of
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.reviews.views import ReviewData
from waymark.records.viewers import PUBLIC, network_viewer

DAY = date(2026, 5, 8)


def built(folder: Path, audience: str = "public") -> ReviewData:
    scope = review_scope("QOR", "imrf-2026", audience=audience)  # type: ignore[arg-type]
    return review_data(scope, folder=folder / "datasets", kept=folder / "assessments")


def words(data: ReviewData) -> str:
    return repr(review_paper(data, "0" * 64))


def counselling(data: ReviewData) -> StatisticView:
    (statistic,) = [one for one in data.objectives[0].statistics if one.indicator == "qor-counselling"]
    return statistic


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
    assert figures.on(DAY) == figures.up_to[figures.version.year(DAY)].series
    assert national_read("QOR", PUBLIC).added() is None


def test_no_part_of_a_year_takes_the_place_of_the_whole(record: World, tmp_path: Path) -> None:
    periods = ("2020-2021", "2020Q3", "2022Q1", "2022Q2", "2023Q4", "2023S1", "2023S2", "2024", "2024S1", "2024-12")
    for number, period in enumerate(periods):
        entered(period, value=10 + number)
    shown = [(one.period, one.value) for one in counselling(built(tmp_path)).observations]
    assert shown == [("2020-2021", 10), ("2022Q2", 13), ("2023S2", 16), ("2024", 17)]


def test_a_part_of_a_year_stands_where_another_group_or_body_gave_the_whole(record: World) -> None:
    row = indicator(disaggregations=["sex"])
    entered("2024", value=40, disaggregation="sex=female")
    entered("2024S1", value=30)
    facts = ValueFacts(period="2024Q1", value=20)
    enter_values(
        by=OPERATOR, network=network(), entries=[PaperValue(row, organisation("border-police"), facts, YEARBOOK, DAY)]
    )
    added = national_read("QOR", PUBLIC).added()
    assert added is not None
    assert {(one.period, one.disagg) for one in added.rows} == {("2024", "sex=female"), ("2024S1", ""), ("2024Q1", "")}
    assert set(added.released) == {one.dataset for one in added.rows}


@pytest.mark.usefixtures("record")
def test_why_there_is_no_value_is_said_of_years_that_show_none_by_the_day(tmp_path: Path) -> None:
    row = indicator(disaggregations=["sex"])
    none = {"of": row, "value": None}
    entered("2021", **none, empty_reason="not_collected", disaggregation="sex=female")
    entered("2022", **none, empty_reason="not_collected")
    entered("2023", of=row, value=None, qualifier="<", bound=5)
    entered("2023S2", **none, empty_reason="confidential")
    entered("2024", of=row, value=45)
    entered("2024S1", **none, empty_reason="confidential")
    entered("2026S1", **none, empty_reason="not_yet_due")
    entered("2026S2", **none, empty_reason="not_yet_due")
    entered("2027", **none, empty_reason="not_yet_due")
    data = built(tmp_path)
    assert [(period, why) for period, why, _ in counselling(data).missing] == [
        ("2022", "not collected"), ("2026S1", "not yet due"),
    ]  # fmt: skip
    early = review_scope("QOR", "imrf-2026", as_of=date(2023, 12, 31))
    then = counselling(review_data(early, folder=tmp_path / "datasets"))
    assert [period for period, *_ in then.missing] == ["2022"]


@pytest.mark.usefixtures("record")
def test_an_indicator_without_any_figure_says_why(tmp_path: Path) -> None:
    row = indicator("qor-silent", title="Silent journeys")
    entered("2024", of=row, value=None, empty_reason="confidential")
    entered("2027", of=row, value=None, empty_reason="not_yet_due")
    data = built(tmp_path)
    assert [one[:3] for one in data.objectives[0].no_value] == [("Silent journeys", "2024", "confidential")]
    (key,) = [one[3] for one in data.objectives[0].no_value]
    assert key in {source.key for source in data.sources}
    (said,) = [
        text
        for one in statistics(Writer(data), data.objectives[0])
        if isinstance(one, Paragraph) and "no value" in (text := plain(one.runs))
    ]
    assert said == "Silent journeys: no value for 2024, confidential."


@pytest.mark.usefixtures("national")
def test_a_bound_of_a_group_is_in_the_table_and_has_no_bar(tmp_path: Path) -> None:
    row = indicator()
    row.disaggregations = ["sex"]
    row.save()
    low = {"value": None, "qualifier": "<", "bound": 5.0}
    entered("2024", of=row, disaggregation="sex=female", **low)
    (block,) = groups(built(tmp_path))
    assert isinstance(block, Table)
    assert [[plain(cell) for cell in line] for line in block.rows] == [["Female", "<5"]]

    entered("2024", of=row, disaggregation="sex=male", value=50)
    data = built(tmp_path)
    found = [(one[0], one[1], one[2], *one[4:]) for one in counselling(data).breakdown]
    assert found == [("sex=female", 2024, None, "<", 5.0), ("sex=male", 2024, 50.0, "", None)]
    (block,) = groups(data)
    assert isinstance(block, Figure)
    assert block.table is not None
    assert [plain(line[1]) for line in block.table.rows] == ["<5", "50"]
    assert ("Female" in block.svg, ">Male" in block.svg) == (False, True)


def groups(data: ReviewData) -> list[Figure | Table]:
    blocks = stacked(statistic_blocks(Writer(data), counselling(data)))
    return [one for one in blocks if isinstance(one, Figure | Table) and one.anchor == "groups-qor-counselling"]
