"""A file that was added: each point keeps its own source, the line shows where they join, coverage is the review's."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.indicators import YEARBOOK, entered, indicator
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import OPERATOR
from tests.queries.world import World
from waymark.actions.indicators import PaperValue, ValueFacts, enter_values
from waymark.engines.charts.line import BREAK_DASHES
from waymark.engines.indicators.coverage import coverage
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.place_facts import DECIDED
from waymark.engines.indicators.store import Store
from waymark.engines.printing.blocks import Figure, Paragraph
from waymark.engines.printing.reading import stacked
from waymark.gcm.indicators import indicators
from waymark.papers.statistics import statistic_blocks
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.national import definition_of, national_read
from waymark.queries.indicators.reading import figures_of
from waymark.queries.reviews.data import METHODS, review_data, review_scope
from waymark.queries.reviews.views import ReviewData
from waymark.records.viewers import PUBLIC

DAY = date(2026, 5, 8)
HEAD = "series,place,year,value,unit,age,nature\n"
NEET = "unsd:SL_TLF_NEET,QOR,{},{},percent,15-24,{}\n"


def added(folder: Path, name: str, rows: str, **facts: str) -> None:
    path = folder / f"{name}.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    add(path, store=Store(folder / "datasets"), **facts)


def built(folder: Path) -> ReviewData:
    return review_data(review_scope("QOR", "imrf-2026"), folder=folder / "datasets")


def two_files(folder: Path, newest: str = "2024") -> None:
    early = "".join(NEET.format(year, year - 1990, "C") for year in range(2015, 2020))
    late = "".join(NEET.format(year, year - 1980, "C") for year in range(2018, 2024) if year != 2019)
    added(folder, "early", early, publisher="Office A", released="2020")
    added(folder, "late", late, publisher="Office B", released=newest)


@pytest.mark.usefixtures("record")
def test_each_point_has_its_source_and_the_newer_release_is_chosen_year_by_year(tmp_path: Path) -> None:
    two_files(tmp_path)
    data = built(tmp_path)
    statistic = data.statistics["sl_tlf_neet"]
    sources = {one.key: one for one in data.sources}
    shown = [(one.year, sources[one.source].publisher[-1]) for one in statistic.observations]
    assert shown == [
        (2015, "A"), (2016, "A"), (2017, "A"), (2018, "B"), (2019, "A"), (2020, "B"), (2021, "B"), (2022, "B"),
        (2023, "B"),
    ]  # fmt: skip
    assert statistic.joins == (2018, 2019, 2020)
    assert [(one.year, one.value, one.decided) for one in statistic.alternatives] == [(2018, 28.0, DECIDED["release"])]


@pytest.mark.usefixtures("record")
def test_an_unknown_release_loses_and_gives_the_years_that_it_alone_has(tmp_path: Path) -> None:
    two_files(tmp_path, newest="unknown")
    data = built(tmp_path)
    sources = {one.key: one for one in data.sources}
    shown = {one.year: sources[one.source].publisher for one in data.statistics["sl_tlf_neet"].observations}
    assert shown[2018] == "Office A"
    assert shown[2021] == "Office B"


@pytest.mark.usefixtures("record")
def test_the_chart_shows_the_break_and_its_table_cites_each_point(tmp_path: Path) -> None:
    two_files(tmp_path)
    data = built(tmp_path)
    blocks = stacked(statistic_blocks(Writer(data), data.statistics["sl_tlf_neet"]))
    (figure,) = [one for one in blocks if isinstance(one, Figure) and one.anchor == "chart-sl_tlf_neet"]
    assert figure.svg.count(f'stroke-dasharray="{BREAK_DASHES}"') == 3
    assert "from another source from 2018, 2019, 2020 on (dotted mark)" in plain(figure.caption)
    assert figure.table is not None
    cited = {row[0][0].value: row[1][0].cites for row in figure.table.rows}
    assert len({cited["2017"], cited["2018"]}) == 2
    assert cited["2019"] == cited["2017"]
    assert {number for run in figure.caption for number in run.cites} == {*cited["2017"], *cited["2018"]}


@pytest.mark.usefixtures("record")
def test_figures_of_one_file_have_no_break(tmp_path: Path) -> None:
    added(tmp_path, "one", "".join(NEET.format(year, 5, "C") for year in (2015, 2018, 2022)), released="2024")
    assert built(tmp_path).statistics["sl_tlf_neet"].joins == ()


@pytest.mark.usefixtures("record")
def test_one_later_figure_that_a_body_typed_stands_after_the_line(tmp_path: Path) -> None:
    added(tmp_path, "agency", "".join(NEET.format(year, year - 1990, "E") for year in range(2015, 2023)))
    before = built(tmp_path).statistics["sl_tlf_neet"]
    entered("2024", of="sl_tlf_neet", value=12, disaggregation="age=15-24")
    data = built(tmp_path)
    after = data.statistics["sl_tlf_neet"]
    assert after.assessed
    assert [one.value for one in after.observations] == [one.value for one in before.observations]
    assert [(one.year, one.value) for one in after.after_break] == [(2024, 12)]
    said = [plain(one.runs) for one in stacked(statistic_blocks(Writer(data), after)) if isinstance(one, Paragraph)]
    assert any(text.startswith("Later, counted another way and not compared: 12") for text in said)
    assert after.after_break[0].source in {one.key for one in data.sources}


def test_coverage_counts_what_the_review_counts(record: World, tmp_path: Path) -> None:
    two_files(tmp_path)
    row = indicator()
    for year in (2019, 2024):
        entered(str(year), of=row, value=year - 1990)
    national = national_read("QOR", PUBLIC)
    known = (*indicators(), *(definition_of(one) for one in national.indicators))
    figures = figures_of("QOR", tmp_path / "datasets", days=[DAY], added=national.added())
    rows = coverage(figures.on(DAY), known, DAY, METHODS[0])
    data = built(tmp_path)
    assert {one.indicator for one in rows if one.assessable} == {"sl_tlf_neet", "qor-counselling"}
    for objective in data.objectives:
        own = [one for one in rows if one.objective == objective.number]
        assert sum(one.assessable for one in own) == sum(one.assessed for one in objective.statistics), objective.number
        assert {one.indicator for one in own if one.status != "no figures"} == {
            one.indicator for one in objective.statistics
        }


def test_a_file_feeds_a_national_indicator_by_its_series(record: World, tmp_path: Path) -> None:
    row = indicator()
    path = tmp_path / "own.csv"
    path.write_text(
        f"series,place,year,value,unit\n{row.series},QOR,2019,30,percent\n{row.series},QOR,2024,45,percent\n"
    )
    add(path, store=Store(tmp_path / "datasets"))
    statistic = built(tmp_path).statistics["qor-counselling"]
    assert [one.value for one in statistic.observations] == [30, 45]
    entered("2024", of=row, value=50)
    assert [one.value for one in built(tmp_path).statistics["qor-counselling"].observations] == [30, 45]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("kind", "nature"), [("government", "C"), ("un", "NA"), ("civil_society", "NA")])
def test_only_a_body_of_the_state_gives_country_data(kind: str, nature: str, tmp_path: Path) -> None:
    body = organisation(f"body-{kind}", kind=kind)
    entry = PaperValue("si_pov_day1", body, ValueFacts(period="2023", value=3.0), YEARBOOK, DAY)
    enter_values(by=OPERATOR, network=network(), entries=[entry])
    assert [one.nature for one in built(tmp_path).statistics["si_pov_day1"].observations] == [nature]
