"""The strip and the counts at a glance, from views made by hand: thresholds of fill, states, gaps."""

from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.papers import views
from waymark.engines.printing.blocks import Figure, Notice
from waymark.papers.brief import objectives as objectives_of_the_brief
from waymark.papers.follow_up import recommended
from waymark.papers.front import completed_in_implementers_words, cover, glance, reading, strip_cell, strip_state
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.documents.views import EvidenceView
from waymark.queries.indicators.views import AssessmentView, StatisticView, VintageView
from waymark.queries.reviews.data import improving
from waymark.queries.reviews.gaps import NEEDED_FOR, gaps_of
from waymark.queries.reviews.views import AdviceView, EditionNumber, ReviewData

EMPTY_OF = {"str": "", "int": 0, "bool": False, "float": 0.0}


def view(of: type, /, **given: Any) -> Any:
    """A view with everything empty but what is given."""
    blank = {f.name: EMPTY_OF.get(str(f.type), getattr(f.type, "__name__", "")) for f in fields(of)}
    for field in fields(of):
        name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
        blank[field.name] = EMPTY_OF.get(name, () if "tuple" in str(field.type) else None)
    return of(**(blank | given))


def report(share: float | None, voice: str = "implementer", evidence: int = 0) -> ReportView:
    return view(ReportView, voice=voice, share=share, evidence=evidence)


def commitment(*shares: float | None, state: str = "under_way", **given: Any) -> CommitmentView:
    return view(CommitmentView, state=state, reports=tuple(report(share) for share in shares), **given)


def statistic(reason: str = "", improves: bool | None = None, *, old: bool = False, **given: Any) -> StatisticView:
    result = view(AssessmentView, reason=reason, improving=improves, old=old)
    return view(StatisticView, **({"short": "Series", "assessments": (result,)} | given))


@pytest.mark.parametrize(("done", "of"), [(0, 0), (0, 5), (1, 8), (37, 100), (5, 8), (99, 100), (8, 8)])
def test_fill_of_a_cell_is_the_exact_share(done: int, of: int) -> None:
    items = tuple(commitment(1.0) for _ in range(done)) + tuple(commitment(0.75) for _ in range(of - done))
    cell = strip_cell(views.objective(1, *items))
    assert (cell.completed, cell.counted, cell.fill) == (done, of, done / of if of else None)


def test_dropped_and_superseded_commitments_do_not_count() -> None:
    items = (commitment(1.0), commitment(1.0, state="dropped"), commitment(0.0, state="superseded"))
    assert completed_in_implementers_words(items) == (1, 1)
    cell = strip_cell(views.objective(1, *items))
    assert (cell.completed, cell.counted, cell.dropped, cell.superseded) == (1, 1, 1, 1)
    assert strip_cell(views.objective(1, commitment(1.0, state="dropped"))).fill is None


def left_out(states: list[str], objectives: tuple[int, ...] = (1,)) -> tuple[str, str]:
    """What the legends of the strip of a review and of its brief say, of commitments M0, M1 ... in these states."""
    items = [views.commitment(f"M{place}", state=state) for place, state in enumerate(states)]
    writer = Writer(views.review(*(views.objective(number, *items) for number in objectives)))
    strips = [*glance(writer), *objectives_of_the_brief(writer, known=True)]
    legends = [plain(block.caption) for block in strips if isinstance(block, Figure)]
    return legends[0], legends[1]


@pytest.mark.parametrize(
    ("states", "says"),
    [
        (["under_way"], ""),
        (["under_way", "dropped"], "Not counted in the fill: 1 dropped (M1)."),
        (["superseded", "under_way"], "Not counted in the fill: 1 superseded (M0)."),
        (["dropped", "superseded", "dropped"], "Not counted in the fill: 2 dropped (M0, M2), 1 superseded (M1)."),
        (["dropped"] * 7, "Not counted in the fill: 7 dropped."),
    ],
)
def test_the_legend_of_every_strip_names_what_is_not_counted(states: list[str], says: str) -> None:
    for legend in (*left_out(states), *left_out(states, (1, 7))):
        assert legend.endswith(says) if says else "Not counted" not in legend


def test_all_leads_must_say_completed_and_only_implementers_are_asked() -> None:
    assert completed_in_implementers_words((commitment(1.0, 0.75),)) == (0, 1)
    assert completed_in_implementers_words((commitment(1.0, 1.0),)) == (1, 1)
    other = view(CommitmentView, state="under_way", reports=(report(1.0, "secretariat"), report(1.0, "civil_society")))
    assert completed_in_implementers_words((other,)) == (0, 1)
    waits = view(ReportView, voice="implementer", share=0.5, evidence=0, waits=True)
    corrected = view(CommitmentView, state="under_way", reports=(report(1.0), waits))
    assert completed_in_implementers_words((corrected,)) == (1, 1), "the accepted one counts until then"
    assert completed_in_implementers_words((commitment(None),)) == (0, 1), "a scale without shares says nothing"
    assert completed_in_implementers_words((commitment(state="completed"),)) == (0, 1), "a state is no report"


@pytest.mark.parametrize(
    ("items", "state"),
    [
        ((), "unknown"),
        ((commitment(state="dropped"),), "dropped"),
        ((commitment(1.0),), "done"),
        ((commitment(0.0, state="agreed"),), "not_started"),
        ((commitment(state="proposed"),), "not_started"),
        ((commitment(0.0, state="under_way"),), "under_way"),
        ((commitment(0.5, state="completed"),), "under_way"),
        ((commitment(1.0, state="agreed"), commitment(state="agreed")), "under_way"),
    ],
)
def test_shape_of_a_cell(items: tuple[CommitmentView, ...], state: str) -> None:
    assert strip_state(items) == state


def test_context_and_old_figures_are_not_counted_among_the_improving() -> None:
    series = [
        statistic(improves=True), statistic(improves=False), statistic("one point"), statistic(improves=True, old=True),
        statistic(improves=True, context="outside the Compact"),
    ]  # fmt: skip
    assert improving(series) == (1, 2)
    assert improving([]) == (0, 0)


PROOF = (view(EvidenceView, title="Paper", about_country=True),)
WITH_GROUPS = {"breakdown": (("sex=female", 2024, 1.0, "x", "", None),)}


@pytest.mark.parametrize("reason", sorted(NEEDED_FOR))
def test_a_series_that_cannot_be_assessed_is_a_gap(reason: str) -> None:
    found = gaps_of([statistic(reason, **WITH_GROUPS)], [], [view(CommitmentView)], PROOF)
    assert [(gap.kind, gap.needed) for gap in found] == [(reason, NEEDED_FOR[reason])]


def test_a_category_of_an_old_figure_is_a_gap() -> None:
    found = gaps_of([statistic(improves=True, old=True, **WITH_GROUPS)], [], [view(CommitmentView)], PROOF)
    assert [(gap.kind, gap.needed) for gap in found] == [("too old", "A figure of a later year is needed")]


def test_no_gap_where_nothing_is_missing() -> None:
    item = view(CommitmentView, code="M", reports=(report(1.0, evidence=1),))
    assert gaps_of([statistic(improves=True, **WITH_GROUPS)], [], [item], PROOF) == ()


def kinds(*args: Any) -> list[tuple[str, str]]:
    return [(gap.kind, gap.subject) for gap in gaps_of(*args)]


def test_what_counts_as_missing() -> None:
    wanted = SimpleNamespace(title="Children at school", producer="UNESCO")
    late = view(CommitmentView, code="M1", title="Late", reports_missing=1, reports=(report(0.5),))
    bare = view(CommitmentView, code="M2", title="Bare", reports=(report(0.5), report(0.5, "secretariat")))
    silent = view(CommitmentView, code="M3", title="Silent")
    assert kinds([], [wanted], [], ()) == [("no figure", "Children at school"), ("no commitment", "This objective")]
    apart = {"disaggregations": ("sex", "age", "migratory_status")}
    assert kinds([statistic(**apart)], [], [silent], PROOF) == [("no disaggregation", "Series")]
    assert kinds([statistic(**apart, context="outside the Compact")], [], [silent], PROOF) == []
    assert kinds([], [], [late, bare, silent], PROOF) == [
        ("report missing", "M1 Late"),
        ("no evidence", "M1 Late"),
        ("no evidence", "M2 Bare"),
    ]
    earlier = (view(EvidenceView, cited_in="M2", about_country=True),)
    assert kinds([], [], [bare], earlier) == [], "an earlier report showed it"
    named = view(CommitmentView, code="M4", reports_missing=2, periods_missing=("Spring", "Autumn"))
    assert [gap.short for gap in gaps_of([], [], [named], PROOF)] == ["M4 (Spring, Autumn)"]
    assert kinds([], [], [silent], ()) == [("no evidence", "This objective")]


@pytest.mark.parametrize(
    ("makes_sense", "headline", "held", "needed"),
    [
        ((), "", (), None),
        (("sex",), "", ("sex=female", "sex=male"), None),
        (("sex",), "", (), "Figures by sex are needed"),
        (("sex", "age", "migratory_status"), "", ("sex=female",), "Figures by age and migration status are needed"),
        (("sex", "age", "location"), "", (), "Figures by sex, age and town and countryside are needed"),
        (("sex", "age"), "age=15+", (), "Figures by sex are needed"),
        (("sex", "age"), "", ("age=15-24|sex=female",), None),
    ],
)
def test_only_a_breakdown_that_makes_sense_is_missed(
    makes_sense: tuple[str, ...], headline: str, held: tuple[str, ...], needed: str | None
) -> None:
    groups = tuple((one, 2024, 1.0, "x", "", None) for one in held)
    series = statistic(improves=True, disaggregations=makes_sense, disagg=headline, breakdown=groups)
    found = gaps_of([series], [], [view(CommitmentView)], PROOF)
    assert [gap.needed for gap in found if gap.kind == "no disaggregation"] == ([needed] if needed else [])


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (None, "working copy, not cleared and not published"),
        (EditionNumber(1), "Edition 1"),
        (EditionNumber(2, 1, "2022-05-12"), "Edition 2, replaces edition 1 of 12 May 2022"),
        (
            EditionNumber(3, 2, "2022-06-01", "2022-06-09"),
            "Edition 3, replaces edition 2 of 1 June 2022, which was withdrawn on 9 June 2022",
        ),
    ],
)
def test_the_cover_names_the_edition_and_the_one_it_replaces(edition: EditionNumber | None, said: str) -> None:
    said_of = {"language": "en", "audience": "public", "as_of": "2022-05-20", "statistics": {}}
    data = view(ReviewData, edition=edition, vintage=view(VintageView), **said_of)
    facts = {plain(label): plain(value) for label, value in cover(Writer(data), "a" * 64).facts}
    assert facts["Edition"] == said
    assert ("record of its clearance" in facts.get("Clearance", "")) is (edition is not None)


def test_old_categories_and_parts_of_a_year_are_said_in_one_sense_and_the_marking_once() -> None:
    said_of = {"language": "en", "audience": "public", "as_of": "2022-05-20"}
    for number, said in (
        (1, "has a category, which is printed and not counted, because its figure is old"),
        (33, "have categories, which are printed and not counted, because the figures are old"),
    ):
        data = view(ReviewData, vintage=view(VintageView, too_old=number), statistics={}, **said_of)
        told = " ".join(plain(value) for _, value in cover(Writer(data), "a" * 64).facts)
        assert f"{number} of them {said}" in told
    for marking, head in (("Demonstration from sources", ""), ("Fictional country", "Demonstration")):
        notice = cover(Writer(replace(data, marking=marking)), "a" * 64).notice
        assert notice is not None
        assert plain(notice.title) == head


def test_what_the_review_recommends_stands_in_it() -> None:
    advice = AdviceView("R1", "Open offices in all towns.", (4, 7), "Ministry of Justice", "")
    data = views.review(recommended=(advice, replace(advice, code="R2", addressee="")), publishing_body="Office")
    lead, table = recommended(Writer(data))
    assert plain(lead.runs).startswith("This review makes 2 recommendations.")
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["R1 Open offices in all towns.", "4, 7", "Ministry of Justice"],
        ["R2 Open offices in all towns.", "4, 7", "the country as a whole"],
    ]
    assert plain(recommended(Writer(views.review()))[0].runs) == "This review makes no recommendation."


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_how_to_read_a_review_has_no_empty_note(language: str) -> None:
    data = views.review(language=language, place_name_checked=True)
    assert not [block for block in reading(Writer(data)) if isinstance(block, Notice)]
