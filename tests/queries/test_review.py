"""The whole review of the small world: scope, data, figures, comparison, files."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.engines.printing.links import link_faults
from tests.engines.printing.numerals import unmarked_numerals
from tests.papers.test_front import view
from tests.queries.world import DAY, MARKING, Built, World, figures
from waymark.engines.files.tables_out import csv_table
from waymark.engines.indicators.place_facts import DECIDED
from waymark.gcm.cycles import cycle
from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.indicators import for_series
from waymark.papers.files import TABLES, commitment_rows, data_files, digest, manifest
from waymark.papers.missing import gaps
from waymark.papers.pages import review_starts, web_pages
from waymark.papers.review import review_paper
from waymark.papers.sdg import sdg_files
from waymark.papers.statistics import statistic_sentence
from waymark.papers.words import plain
from waymark.papers.writer import EMPTY_WORDS, VOICE_WORDS, Writer
from waymark.queries.indicators.reading import figures_of
from waymark.queries.reviews.data import comparison, review_data, review_scope
from waymark.queries.reviews.rows import rows_of
from waymark.queries.reviews.views import GapView, ReviewData
from waymark.records.networks import Network
from waymark.records.viewers import PUBLIC, Viewer

INDICATORS = {"unsd:SI_POV_DAY1", "undesa:MIGRANT_STOCK", "unsd:SL_EMP_INJUR"}


@pytest.fixture(scope="module")
def public(built: Built) -> ReviewData:
    return built.data["public"]


def table(built: Built, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(built.files["public"][f"data/{name}.csv"].decode())))


# scope


def test_the_default_day_is_the_last_of_the_event(db: None) -> None:
    scope = review_scope("Orvenia", "imrf-2026")
    assert (scope.place.code, scope.as_of, scope.viewer, scope.language) == ("QOR", DAY, PUBLIC, "en")
    assert review_scope("QOR", "imrf-2026", as_of=date(2025, 1, 1)).as_of == date(2025, 1, 1)


def test_the_audience_of_the_network_reads_its_papers_and_nothing_restricted(record: World) -> None:
    assert review_scope("QOR", "imrf-2026", audience="network").viewer == Viewer(networks=frozenset({"qor-network"}))


def test_unknown_place_and_cycle_and_a_cycle_without_a_day(db: None) -> None:
    with pytest.raises(NotFoundError):
        review_scope("Atlantis", "imrf-2026")
    with pytest.raises(NotFoundError):
        review_scope("QOR", "imrf-1999")
    with pytest.raises(InputError, match="Give the date"):
        review_scope("QOR", "imrf-2030")


# data


def test_all_objectives_in_order_with_their_own_things(public: ReviewData) -> None:
    assert [o.number for o in public.objectives] == list(range(1, 24))
    assert [[i.code for i in o.commitments] for o in public.objectives[:6]] == [
        ["qor-m-1", "qor-m-2", "qor-p-1"], ["qor-m-1"], ["qor-m-3", "qor-m-4"], ["qor-m-5"], [], ["qor-p-1", "qor-p-2"],
    ]  # fmt: skip
    assert (public.marking, public.publishing_body, public.previous_cycle) == (MARKING, "Body min-justice", "imrf-2022")
    assert all(o.asks and o.title and o.label for o in public.objectives)


def test_figures_are_those_of_the_file_and_the_estimate_stands_beside(public: ReviewData) -> None:
    poverty = next(s for s in public.statistics.values() if s.series == "unsd:SI_POV_DAY1")
    assert [(o.year, o.value, o.nature) for o in poverty.observations] == [
        (2015, 8.0, "C"),
        (2019, 6.0, "C"),
        (2023, 3.5, "C"),
    ]
    assert [(one.year, one.value, one.nature, one.decided) for one in poverty.alternatives] == [
        (2023, 3.9, "E", DECIDED["nature"])
    ], "one dataset has both: its release decided nothing"
    assert poverty.assessment is not None
    assert poverty.assessment.improving is True


def test_the_latest_year_by_group(public: ReviewData) -> None:
    victims = next(s for s in public.statistics.values() if s.series == "unsd:SL_EMP_INJUR")
    assert [(extra, year, value) for extra, year, value, *_ in victims.breakdown] == [
        ("sex=female", 2023, 1.1), ("sex=male", 2023, 2.7),
    ]  # fmt: skip


def test_vintage_counts_the_series(public: ReviewData) -> None:
    assert {s.series for s in public.statistics.values()} >= INDICATORS
    vintage = public.vintage
    assert (vintage.series, vintage.latest_year, vintage.too_old) == (len(public.statistics), 2024, 1)
    assert vintage.datasets == (("Figures", ""),)


def test_an_early_day_hides_later_years(record: World, tmp_path: Path) -> None:
    early = review_data(review_scope("QOR", "imrf-2026", as_of=date(2020, 12, 31)), folder=figures(tmp_path))
    assert early.vintage.latest_year == 2019
    assert {item.code for o in early.objectives for item in o.commitments} == set()


def test_series_more_than_five_years_old_keep_their_category_and_are_not_counted(record: World, tmp_path: Path) -> None:
    folder = figures(tmp_path)
    found = {}
    for year in (2028, 2029):
        data = review_data(review_scope("QOR", "imrf-2026", as_of=date(year, 5, 8)), folder=folder)
        (poverty,) = (s for s in data.statistics.values() if s.series == "unsd:SI_POV_DAY1")
        assert poverty.assessment is not None
        found[year] = (poverty.assessment.category, poverty.assessment.improving, poverty.assessed, poverty.too_old)
    category = found[2028][0]
    assert category
    assert found == {2028: (category, True, True, False), 2029: (category, True, False, True)}


SAID = {
    "unsd:SL_TLF_UEM": ({2015: 10, 2018: 7}, ("“On track” (no target stated)", "; old]")),
    "unsd:SL_TLF_NEET": ({2012: 20, 2024: 19}, ("in 2012", "Stagnation or regression")),
    "unsd:SI_COV_PENSN": ({2010: 30}, ("in 2010", "; too few figures; old]")),
    "unsd:SE_TOT_CPLR": ({2024: 100}, ("; too few figures]", "Target met or on track")),
    "unsd:SI_COV_BENFTS": ({2016: 100, 2024: 100}, ("Stagnation or regression",)),
}
"""Series → its figures, and what its sentence must say."""


def headline_of(series: str) -> str:
    definition = for_series(series)
    assert definition is not None
    return definition.headline_disagg


def test_a_category_is_said_with_its_age_its_earlier_baseline_and_its_only_figure(
    record: World, tmp_path: Path
) -> None:
    lines = [
        f"{series},QOR,{headline_of(series)},percent,C,{year},{value},Office (fictional)\n"
        for series, (values, _) in SAID.items()
        for year, value in values.items()
    ]
    data = review_data(review_scope("QOR", "imrf-2026"), folder=figures(tmp_path, "".join(lines)))
    writer = Writer(data)
    shown = {one.series: plain(statistic_sentence(writer, one)) for one in data.statistics.values()}
    for series, (_, parts) in SAID.items():
        assert [part for part in parts if part not in shown[series]] == [], shown[series]
    assert "2015" not in shown["unsd:SI_COV_PENSN"]


def test_a_target_by_half_is_worked_out_from_the_baseline(record: World, tmp_path: Path) -> None:
    rows = ((2015, 20), (2024, 15))
    folder = figures(
        tmp_path,
        "".join(f"unsd:SI_POV_NAHC,QOR,,percent,CA,{year},{value},Office (fictional)\n" for year, value in rows),
    )
    data = review_data(review_scope("QOR", "imrf-2026"), folder=folder)
    shown = {s.series: (s.target, s.target_year) for s in data.statistics.values()}
    assert shown["unsd:SI_POV_NAHC"] == (10.0, 2030)


def test_a_place_without_anything_says_so(record: World, tmp_path: Path) -> None:
    Network.objects.update(demonstration={})
    assert review_scope("QOR", "imrf-2022").marking == ""
    data = review_data(review_scope("QOR", "imrf-2022"), folder=tmp_path)
    assert (data.previous_cycle, data.recommendations, data.comparison) == ("", (), ())
    assert (data.statistics, data.vintage.latest_year) == ({}, None)
    text = "".join(plain(getattr(block, "runs", ())) for block in review_paper(data, "0" * 64).blocks)
    assert "This cycle has no earlier one" in text
    assert "no earlier cycle in the record" in text


def test_two_cycles_side_by_side(public: ReviewData) -> None:
    first = public.comparison[0]
    assert (first.commitments_before, first.commitments_now) == (0, 3)
    assert (first.completed_before, first.completed_now) == (0, 1)
    assert (first.findings_before, first.findings_now) == (1, 1)
    for row, objective in zip(public.comparison, public.objectives, strict=True):
        later = [
            s for s in objective.statistics if any(o.end_year > 2022 and o.value is not None for o in s.observations)
        ]
        assert row.newer == len(later)
        assert sum(row.newer_now) == sum(s.assessed for s in later)
        assert sum(row.newer_before) <= row.newer


def test_a_previous_cycle_without_a_day_is_not_compared(record: World, tmp_path: Path) -> None:
    unknown = replace(cycle("imrf-2022"), start=None, end=None)
    assert unknown.as_of is None
    rows = rows_of("QOR", [], PUBLIC)
    assert comparison(review_scope("QOR", "imrf-2026"), unknown, (), figures_of("QOR", tmp_path, days=[]), rows) == ()


# files


def test_manifest_holds_every_file(built: Built) -> None:
    files = built.files["public"]
    listed = dict(reversed(line.split("  ")) for line in files["MANIFEST"].decode().splitlines() if line[0] != "#")
    assert set(listed) == set(files) - {"MANIFEST"}
    assert {name: hashlib.sha256(files[name]).hexdigest() for name in listed} == listed
    assert list(listed) == sorted(listed)


def test_the_cover_carries_the_hash_of_review_json(built: Built) -> None:
    assert digest(built.files["public"]["review.json"]).encode() in built.files["public"]["index.html"]


def test_tables_hold_what_the_review_shows(built: Built, public: ReviewData) -> None:
    commitments = {row["code"]: row for row in table(built, "commitments")}
    assert len(commitments) == 7
    assert (commitments["qor-m-1"]["overdue"], commitments["qor-m-1"]["implementer"]) == ("True", "Partly done")
    poverty = [row for row in table(built, "observations") if row["series"] == "unsd:SI_POV_DAY1"]
    assert [(row["year"], row["value"], row["row"]) for row in poverty] == [
        ("2015", "8", "2"),
        ("2019", "6", "3"),
        ("2023", "3.5", "4"),
    ]
    assert {row["method"] for row in table(built, "assessments")} == set(public.methods)
    assert [row["status"] for row in table(built, "recommendations")] == ["acted on", "dropped", "open"]
    assert [row["objective"] for row in table(built, "findings")] == ["", "1"]
    assert len(table(built, "sources")) == len(public.sources)
    assert len(table(built, "gaps")) == sum(len(o.gaps) for o in public.objectives)


def test_the_table_of_commitments_keeps_the_ratings_of_several_bodies_of_one_voice(public: ReviewData) -> None:
    (number, item), *_ = [
        (place, one)
        for place, objective in enumerate(public.objectives)
        for one in objective.commitments
        if any(report.rating for report in one.reports)
    ]
    said = next(report for report in item.reports if report.rating)
    voice = said.voice
    others = (
        replace(said, organisation="Zeta", rating="", empty_reason="not_applicable"),
        replace(said, organisation="Zeta", rating="Completed", state="submitted", date="2026-03-05", unanswered=True),
    )
    changed = replace(item, reports=(said, *others))
    objective = replace(public.objectives[number], commitments=(changed,))
    rows = list(commitment_rows(replace(public, objectives=(objective,))))
    columns = [name.partition(":")[0] for name in TABLES["commitments"][1]]
    cell = dict(zip(columns, rows[0], strict=True))[voice].replace("\u00a0", " ")
    words = EMPTY_WORDS["not_applicable"]
    assert cell == f"{said.rating}; {words}; Completed (handed in on 5 March 2026, not yet accepted)"
    assert {dict(zip(columns, rows[0], strict=True))[name] for name in VOICE_WORDS if name != voice} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_quoted(start: str) -> None:
    content = csv_table(("a",), [(f"{start}1+1",)]).decode()
    assert f"'{start}1+1" in content


def test_cells_keep_numbers_and_empties() -> None:
    rows = csv_table(("a", "b", "c", "d", "e"), [(None, -3.0, 0.1, True, 1e300)]).decode().splitlines()
    assert rows == ["a,b,c,d,e", ",-3,0.1,True,1e+300"]


def test_the_same_data_gives_the_same_bytes(public: ReviewData) -> None:
    assert data_files(public) == data_files(public)
    assert manifest({"b": b"", "a": b""}).decode().splitlines()[0].endswith("  a")


def test_the_report_by_target_holds_ties_statistics_and_what_comes_through_objectives(built: Built) -> None:
    tree = json.loads(built.sdg)
    targets = {target["target"]: target for target in tree["targets"]}
    assert [item["code"] for item in targets["10.7"]["commitments"]] == ["qor-m-1"]
    assert "qor-m-1" not in targets["10.7"]["through_objectives"]
    assert "qor-m-2" in targets["17.18"]["through_objectives"]
    assert [s["series"] for s in targets["1.1"]["statistics"]] == ["unsd:SI_POV_DAY1"]


@pytest.mark.parametrize("audience", ["public", "network"])
def test_every_numeral_of_the_page_says_what_it_is(built: Built, audience: str) -> None:
    for name, content in built.files[audience].items():
        if name.endswith(".html"):
            assert unmarked_numerals(content.decode()) == [], name
    assert unmarked_numerals(built.sdg_page.decode()) == []


@pytest.mark.parametrize("audience", ["public", "network"])
def test_every_link_of_the_pages_leads_somewhere(built: Built, audience: str) -> None:
    assert link_faults(built.files[audience]) == []


def test_every_link_of_a_full_print_and_of_a_report_by_target_leads_somewhere(public: ReviewData) -> None:
    document = review_paper(public, "0" * 64, full=True)
    full = web_pages(document, public, review_starts(document, public), {})
    assert len(full) == 6 + 23
    assert link_faults(full) == []
    assert link_faults(sdg_files(public)) == []


def test_a_gap_whose_kind_names_a_year_marks_it() -> None:
    (block,) = gaps(Writer(view(ReviewData, sources=())), (view(GapView, kind="no baseline from 2015", subject="S"),))
    runs = block.items[0]  # type: ignore[union-attr]  # a list of bullets
    assert [run.text for run in runs if run.kind == "date"] == ["2015"]
