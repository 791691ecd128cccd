"""The frameworks of the catalogue: counts, marks, sources, links that end somewhere."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from waymark.gcm import cycles, frameworks, indicators, scales, templates, vocabulary
from waymark.gcm.errors import NotFoundError

# Counted by hand from the lettered lists of paragraphs 17 to 39 of A/RES/73/195.
ACTIONS = [11, 12, 5, 7, 10, 12, 12, 6, 6, 10, 7, 5, 8, 6, 6, 9, 7, 12, 10, 9, 9, 3, 5]

CODES = [one.code for one in frameworks.frameworks()]
EVERY = [one for code in CODES for one in frameworks.provisions(code)]
LINKS = [link for code in CODES for link in frameworks.links(code)]


def test_the_three_frameworks() -> None:
    assert CODES == ["gcm", "sdg", "pd-2022"]
    compact = frameworks.framework("gcm")
    assert (compact.symbol, compact.date) == ("A/RES/73/195", date(2018, 12, 19))
    assert frameworks.framework("sdg").mark == "secondary"
    assert frameworks.framework("pd-2022").date == date(2022, 6, 7)


def test_counts_of_the_compact() -> None:
    compact = frameworks.provisions("gcm")
    assert Counter(one.kind for one in compact) == {"principle": 10, "objective": 23, "action": 187}
    assert [one.order for one in compact] == list(range(1, 221))
    assert [one.code for one in compact if one.kind == "principle"] == [f"P.{letter}" for letter in "abcdefghij"]


def test_objectives_stand_in_order_with_their_paragraphs() -> None:
    found = frameworks.objectives()
    assert [one.code for one in found] == [str(number) for number in range(1, 24)]
    assert [one.paragraph for one in found] == [str(number + 16) for number in range(1, 24)]
    assert [one.code for one in found if one.label_mark == "secondary"] == ["7", "23"]


@pytest.mark.parametrize("number", range(1, 24))
def test_actions_of_each_objective_are_lettered_without_gap(number: int) -> None:
    codes = [one.code for one in frameworks.children("gcm", str(number))]
    assert codes == [f"{number}.{letter}" for letter in "abcdefghijkl"[: ACTIONS[number - 1]]]


def test_action_labels_are_short_and_ours() -> None:
    actions = [one for one in frameworks.provisions("gcm") if one.kind == "action"]
    assert [one.code for one in actions if not 2 <= len(one.label.split()) <= 12] == []
    assert {one.label_mark for one in actions} == {"proposal"}
    assert {one.title for one in actions} == {""}
    assert max(Counter(one.label for one in actions).values()) == 1


def test_every_row_has_source_locator_and_mark() -> None:
    rows = [*frameworks.frameworks(), *EVERY, *LINKS, *frameworks.wordings("gcm", "13")]
    for row in rows:
        assert row.locator, row
        assert row.mark in vocabulary.SHOWN, row
        assert vocabulary.sources(row.source), row


def test_no_text_is_shipped() -> None:
    assert {one.text for one in EVERY} == {""}


def test_kinds_come_from_the_closed_list() -> None:
    assert {one.kind for one in EVERY} <= {word.code for word in vocabulary.terms("provision-kinds")}


def test_parents_come_before_their_children() -> None:
    for code in CODES:
        seen: set[str] = set()
        for one in frameworks.provisions(code):
            assert not one.parent or one.parent in seen, one
            assert one.code not in seen, one
            seen.add(one.code)


def test_sdg_codes_have_the_form_of_their_kind() -> None:
    forms = {"goal": r"\d+", "target": r"\d+\.(\d+|[a-d])", "indicator": r"\d+\.(\d+|[a-d])\.\d+"}
    for one in frameworks.provisions("sdg"):
        assert re.fullmatch(forms[one.kind], one.code), one
        assert one.parent == (one.code.rpartition(".")[0]), one
    assert len([one for one in frameworks.provisions("sdg") if one.kind == "goal"]) == 17


REFERRED = [
    "10.7", "10.c", "10.7.1", "10.7.2", "10.7.3", "10.7.4", "10.c.1", "17.3.2", "16.9.1", "16.2.2", "8.8.1",
    "8.8.2", "3.8.1", "4.1.2", "4.2.2", "5.2.1", "1.3.1", "8.5.2", "8.7.1", "13.1.1", "17.18.1", "4.b.1", "3.1.1",
    "3.2.1", "1.5.3", "11.b.1", "13.1.2", "13.2.1", "17.19.2", "16.3.2", "1.4.1", "16.7.2", "10.3.1", "16.b.1",
    "8.10.2", "17.14.1",
]  # fmt: skip


@pytest.mark.parametrize("code", REFERRED)
def test_what_the_catalogue_refers_to_is_there(code: str) -> None:
    assert frameworks.provision("sdg", code).label


def test_indicator_definitions_refer_to_what_is_there() -> None:
    codes = {one.framework_code for one in indicators.indicators()} | {
        one.framework_code for one in indicators.without_series()
    }
    assert len(codes) > 20
    for code in sorted(codes - {""}):
        assert frameworks.provision("sdg", code).kind in ("target", "indicator")


def test_indicators_tied_by_the_crosswalk_are_in_it() -> None:
    ties = [
        (one.framework_code, tie.objective)
        for one in indicators.indicators()
        for tie in one.ties
        if tie.basis == "crosswalk"
    ]
    assert ties
    for code, objective in ties:
        target = code.rpartition(".")[0]
        ends = {link.to_code for link in frameworks.links("gcm", str(objective), "sdg") if link.followed}
        assert {target, target.partition(".")[0]} & ends, (code, objective)


def test_the_declaration_has_two_known_paragraphs() -> None:
    rows = frameworks.provisions("pd-2022")
    assert len(rows) == 18
    assert {one.code: one.paragraph for one in rows if one.paragraph} == {"para-70": "70", "para-76": "76"}
    assert [one.code for one in rows if one.mark == "secondary"] == ["PD-14"]
    assert {link.mark for link in frameworks.links("pd-2022")} == {"proposal"}
    assert [link.to_code for link in frameworks.links("pd-2022", "para-76")] == ["8", "5", "7", "23"]
    assert len(frameworks.links("pd-2022", "para-70", "gcm")) == 23


def test_both_ends_of_every_link_exist_once() -> None:
    for link in LINKS:
        assert frameworks.provision(link.from_framework, link.from_code), link
        assert frameworks.provision(link.to_framework, link.to_code), link
        assert vocabulary.term("relations", link.relation), link
        assert link.followed == (vocabulary.term("relations", link.relation).group == "followed"), link
    ends = Counter((link.from_framework, link.from_code, link.to_framework, link.to_code) for link in LINKS)
    assert [end for end, count in ends.items() if count > 1] == []


def test_every_objective_is_tied_to_the_goals() -> None:
    # rows of the guidance, two of them naming all 17 goals, two of them printed with another number than worded
    assert len(frameworks.links("gcm", to_framework="sdg")) == 187
    for objective in frameworks.objectives():
        assert frameworks.links("gcm", objective.code, "sdg"), objective.code
    for objective in ("2", "19"):
        goals = [link.to_code for link in frameworks.links("gcm", objective) if "." not in link.to_code]
        assert goals == [str(number) for number in range(1, 18)]


@pytest.mark.parametrize("objective", ["17", "18"])
def test_the_misprint_is_kept_as_two_conflicting_claims(objective: str) -> None:
    claims = {
        link.to_code: link for link in frameworks.links("gcm", objective, "sdg") if link.to_code in ("17.7", "17.17")
    }
    assert claims["17.7"].relation == "as-printed"
    assert claims["17.17"].relation == "as-worded"
    assert not claims["17.7"].followed
    assert claims["17.17"].followed
    assert "17.17" in claims["17.7"].note
    assert "17.7" in claims["17.17"].note


def test_objective_20_means_the_number_it_prints() -> None:
    (link,) = (link for link in frameworks.links("gcm", "20") if link.to_code == "17.7")
    assert link.relation == "relevant"
    assert [link.to_code for link in frameworks.links("gcm", "20") if link.to_code == "17.17"] == []


def test_links_are_read_backwards_too() -> None:
    assert [link.from_code for link in frameworks.links_to("sdg", "10.c")] == ["20"]
    assert {link.from_framework for link in frameworks.links_to("gcm", "13")} == {"pd-2022"}
    assert frameworks.links_to("gcm", "13", "sdg") == ()


def test_objective_13_has_two_official_wordings() -> None:
    first, second = frameworks.wordings("gcm", "13")
    assert "migration detention" in first.wording
    assert "immigration detention" in second.wording
    assert (first.place, second.place) == ("list of objectives", "heading")
    assert frameworks.provision("gcm", "13").title == first.wording
    assert frameworks.wordings("gcm", "12") == ()


def test_unknown_codes_are_refused_with_what_is_known() -> None:
    with pytest.raises(NotFoundError, match="one of gcm, sdg, pd-2022"):
        frameworks.provisions("gcr")
    with pytest.raises(NotFoundError, match=r"such as P\.a, P\.b, P\.c \(220 are known\)"):
        frameworks.provision("gcm", "24")
    with pytest.raises(NotFoundError):
        frameworks.links("gcm", "24")
    with pytest.raises(NotFoundError):
        frameworks.links("gcm", "1", "gcr")
    with pytest.raises(NotFoundError):
        frameworks.links_to("sdg", "10.7", "gcr")
    with pytest.raises(NotFoundError):
        frameworks.wordings("gcm", "24")


def test_sources_are_all_used_and_have_a_title() -> None:
    for row in [*EVERY, *LINKS]:
        for one in vocabulary.sources(row.source):
            assert one.title
            assert one.address.startswith(("http://", "https://")) or one.key == "WAYMARK", one


PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "frameworks.md").read_text(encoding="utf-8")


def rows_of(heading: str) -> dict[str, list[str]]:
    """The table under a heading of the reference page: first cell → the other cells."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


def test_the_reference_page_counts_what_is_there() -> None:
    table = rows_of("Frameworks")
    assert list(table) == CODES
    plural = {"principle": "principles", "objective": "objectives", "action": "actions", "goal": "goals",
              "target": "targets", "indicator": "indicators", "topic": "topics", "paragraph": "paragraphs"}  # fmt: skip
    for code in CODES:
        kinds = Counter(one.kind for one in frameworks.provisions(code))
        counted = ", ".join(f"{count} {plural[kind]}" for kind, count in kinds.items())
        if code == "sdg":
            counted = f"{kinds['goal']} goals, {kinds['target']} targets, {kinds['indicator']} indicators"
        assert table[code][1] == f"{sum(kinds.values())}: {counted}"
    assert rows_of("Crosswalks")["gcm"][1] == str(len(frameworks.links("gcm")))
    assert rows_of("Crosswalks")["pd-2022"][1] == str(len(frameworks.links("pd-2022")))


def test_the_reference_page_names_every_code() -> None:
    assert list(rows_of("Marks")) == list(vocabulary.MARKS)
    assert list(rows_of("Review cycles")) == [one.code for one in cycles.cycles()]
    for one in cycles.cycles():
        days, place, feeds = rows_of("Review cycles")[one.code]
        assert (days.startswith(one.dates_known), place, feeds.strip("`")) == (True, one.place, " ".join(one.feeds))
        assert ("not known" in days) == (one.end is None)
    words = {name: codes[0].split(", ") for name, codes in rows_of("Words").items()}
    assert words == {name: [word.code for word in vocabulary.terms(name)] for name in vocabulary.vocabularies()}
    for one in scales.scales():
        inside = ", ".join(step.code for step in one.steps)
        assert rows_of("Scales")[one.code][0].split(";")[0] == inside
        assert rows_of("Scales")[one.code][2].strip("`") == one.mark
    assert {code: int(row[0]) for code, row in rows_of("Report templates").items()} == {
        code: len(templates.template(code).sections) for code in templates.template_codes()
    }
