"""What a sentence says of a series beside its figures: parts of years, targets, doubts, datasets, windows, zeros."""

from datetime import date
from pathlib import Path

import pytest

from tests.queries.test_added_files import HEAD, added, built
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.store import Store
from waymark.gcm.indicators import indicator, indicators
from waymark.papers.files import assessment_rows, observation_rows
from waymark.papers.marks import mark_names
from waymark.papers.statistics import old_sentence, statistic_sentence
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.reading import figures_of, statistics_of
from waymark.queries.reviews.views import ReviewData
from waymark.queries.sources.reading import SourceBook

pytestmark = pytest.mark.usefixtures("record")

ROW = "{},QOR,{},{},{},,C\n"


def rows(code: str, **values: float) -> str:
    known = indicator(code)
    return "".join(
        ROW.format(known.series, year.removeprefix("y"), value, known.unit) for year, value in values.items()
    )


def said(data: ReviewData, code: str) -> str:
    return plain(statistic_sentence(Writer(data), data.statistics[code]))


def old(data: ReviewData, code: str) -> str:
    return plain(old_sentence(Writer(data), data.statistics[code]))


def test_a_part_of_a_year_is_said_with_its_month_and_stands_in_the_data_with_a_remark(tmp_path: Path) -> None:
    text = rows("iom_missing_migrants", y2015=4, y2024=7, y2025=34)
    added(tmp_path, "incidents", text, complete_to="2025-04", licence="x", publisher="Office A")
    data = built(tmp_path)
    statistic = data.statistics["iom_missing_migrants"]
    assert statistic.course is not None
    assert (statistic.course.latest_year, statistic.course.previous_year) == (2024, 2015)
    assert [(to, one.year, one.value) for to, one in statistic.parts] == [("2025-04", 2025, 34.0)]
    assert "to April 2025: 34 persons (not compared)" in old(data, "iom_missing_migrants")
    assert "34" not in said(data, "iom_missing_migrants")
    details = {row[6]: row[-1] for row in observation_rows(data) if row[0] == "iom_missing_migrants"}
    assert details == {2015: "", 2024: "", 2025: "a part of the year, to 2025-04: not compared"}
    assert all(row[12] != 2025 for row in assessment_rows(data))


def test_a_figure_of_a_part_of_a_year_alone_is_held_and_not_missing(tmp_path: Path) -> None:
    added(tmp_path, "incidents", rows("iom_missing_migrants", y2025=34), complete_to="2025-04")
    data = built(tmp_path)
    gaps = {gap.kind: gap for part in data.objectives for gap in part.gaps if "Missing Migrants" in gap.subject}
    assert set(gaps) == {"held, not shown"}
    assert "a part of a year alone" in gaps["held, not shown"].short
    assert data.vintage.held >= 1
    assert all(indicator("iom_missing_migrants").title not in part.without_data for part in data.objectives)


@pytest.mark.parametrize(
    ("code", "values", "words"),
    [
        ("sh_acs_unhc", {"y2015": 60, "y2023": 66}, "The target is 100 by 2030 (our proposal)."),
        (
            "si_pov_nahc",
            {"y2006": 41.7, "y2009": 40.0},
            "The target is half of the base figure (41.7 per cent in 2006), so 20.9 per cent, by 2030 (2030 Agenda, "
            "target 1.2).",
        ),
        ("wb_eg_elc_accs_zs", {"y2015": 60, "y2023": 66}, "by 2030 (2030 Agenda, target 7.1)."),
    ],
)
def test_a_target_is_said_with_who_states_it(code: str, values: dict[str, float], words: str, tmp_path: Path) -> None:
    added(tmp_path, "figures", rows(code, **values))
    data = built(tmp_path)
    assert words in said(data, code)
    assert words in old(data, code)


def test_while_a_meaning_is_not_checked_the_figures_are_held_and_not_shown(tmp_path: Path) -> None:
    day, unchecked = date(2026, 5, 8), [one.code for one in indicators() if not one.direction_checked]
    figures = figures_of("GEO", tmp_path, days=[day])
    assert set(unchecked) <= set(figures.on(day))  # both are held for this country
    found = statistics_of(figures, day=day, methods=["unsd-progress-chart-2023"], sources=SourceBook())
    assert not set(unchecked) & set(found.by_indicator)
    assert {code: found.held[code] for code in unchecked} == dict.fromkeys(unchecked, "meaning not checked")
    added(tmp_path, "figures", rows("sl_cpa_yemp", y2015=1, y2016=3))
    gaps = [gap.short for one in built(tmp_path).objectives for gap in one.gaps if "youth employment" in gap.subject]
    assert gaps
    assert all(short.endswith("(meaning not checked)") for short in gaps)


def test_figures_of_two_datasets_are_not_one_growth(tmp_path: Path) -> None:
    code = "wb_bm_trf_pwkr_cd_dt"
    added(tmp_path, "early", rows(code, y2015=100_000_000, y2016=110_000_000), released="2020", publisher="Office A")
    added(tmp_path, "late", rows(code, y2022=300_000_000, y2023=330_000_000), released="2024", publisher="Office B")
    data = built(tmp_path)
    words = said(data, code)
    assert "The two figures are from different datasets" in words
    assert not any(part in words for part in ("up from 100", "per cent", "by 230"))
    assert "The figure before was 300" in words
    assert {title for title, _ in data.vintage.datasets} >= {"early.csv", "late.csv"}


def test_of_one_dataset_the_growth_is_said(tmp_path: Path) -> None:
    code = "wb_bm_trf_pwkr_cd_dt"
    added(tmp_path, "one", rows(code, y2015=100_000_000, y2023=330_000_000))
    assert "up from 100 million" in said(built(tmp_path), code)


def test_a_census_is_said_of_the_years_before_it_and_one_answer_is_enough(tmp_path: Path) -> None:
    code = "sg_reg_censusn"
    added(tmp_path, "census", rows(code, y2014=1))
    data = built(tmp_path)
    assert said(data, code).startswith("Population and housing census in the ten years to 2014: yes in 2014.")
    assert "too_few" not in mark_names(Writer(data), data.statistics[code])


def test_zeros_that_a_publisher_filled_in_are_no_values_of_an_assessment(tmp_path: Path) -> None:
    text = "".join(f"unhcr:STATELESS,QOR,{year},0,number,,\n" for year in (2015, 2024))
    added(tmp_path, "stateless", text)
    data = built(tmp_path)
    found = [row for row in assessment_rows(data) if row[0] == "unhcr_stateless"]
    assert found
    assert {(row[11], row[13]) for row in found} == {(None, None)}


def test_groups_of_a_later_year_are_named_beside_an_old_total(tmp_path: Path) -> None:
    head = HEAD.replace("nature", "sex,nature")
    lines = "unsd:SL_TLF_NEET,QOR,2016,30,percent,15-24,,C\nunsd:SL_TLF_NEET,QOR,2018,36,percent,15-24,female,C\n"
    path = tmp_path / "neet.csv"
    path.write_text(head + lines, encoding="utf-8")

    add(path, store=Store(tmp_path / "datasets"))
    data = built(tmp_path)
    assert "By sex there are figures to 2018." in old(data, "sl_tlf_neet")
    assert data.statistics["sl_tlf_neet"].breakdown[0][:3] == ("sex=female", 2018, 36.0)
