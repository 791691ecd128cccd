"""The import of a corrected crosswalk: whole or not at all, twice like once, and nobody else's links touched."""

from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.people import alice, bob
from waymark.actions.catalogue import load_catalogue
from waymark.actions.crosswalks import CrosswalkImported, LinkFacts, import_crosswalk, link
from waymark.actions.frameworks import FrameworkFacts, enter_framework, import_framework
from waymark.engines.documents.tagging import Tagger
from waymark.engines.sheets.crosswalk import COLUMNS, SUGGESTIONS, SheetRow, write_sheet
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.files import catalogue_path
from waymark.queries.crosswalks.sheet import crosswalk_workbook
from waymark.queries.crosswalks.suggesting import crosswalk_gaps
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.events import Event, EventDetail
from waymark.records.frameworks import Crosswalk, Framework

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
STRATEGY = "qor-strategy-2020"


@cache
def tagger() -> Tagger:
    return Tagger.load()


def sheet(path: Path, *rows: SheetRow, about: str = "plan") -> Path:
    path.write_bytes(write_sheet(about, "A plan", rows, []))
    return path


def row(own: str, code: str, decision: str, **fields: str) -> SheetRow:
    side = "sdg" if "." in code else "gcm"
    return SheetRow(own, side, code, decision=decision, **fields)  # type: ignore[arg-type]


def plan() -> Framework:
    for code in ("G1", "G2"):
        provision(code, "plan", "measure")
    for code in ("8", "20"):
        provision(code)
    provision("10.7", "sdg", "target")
    return framework("plan")


def bring(path: Path, **options: Any) -> CrosswalkImported:
    return import_crosswalk(by=OPERATOR, framework=framework("plan"), path=path, **options)


def stored() -> list[tuple[str, str, str, str]]:
    return [
        (one.from_provision.code, one.to_provision.code, one.relation, one.mark)
        for one in Crosswalk.objects.order_by("code")
    ]


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__contains="ink").order_by("id").values_list("verb", flat=True))


def test_yes_makes_a_link_that_says_who_decided_and_where(tmp_path: Path) -> None:
    plan()
    path = sheet(
        tmp_path / "mine.xlsx", row("G1", "8", "yes", note="page 3"), row("G2", "10.7", "yes"), row("G2", "8", "")
    )
    assert bring(path) == CrosswalkImported(new=2, undecided=1)
    assert stored() == [("G1", "8", "relevant", "proposal"), ("G2", "10.7", "relevant", "proposal")]
    first = Crosswalk.objects.get(from_provision__code="G1")
    assert (first.source, first.locator, first.note) == ("decided by a person, mine.xlsx", "row 2", "page 3")
    assert first.code == "plan:G1.relevant.gcm:8"
    assert verbs() == ["framework.provisions.linked"] * 2
    told = EventDetail.objects.get(event__verb="framework.crosswalk.imported").words["changes"]
    assert told == {"file": "mine.xlsx", "new": 2, "changed": 0, "removed": 0, "rejected": [], "no": []}


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    plan()
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes", note="x"), row("G2", "8", "no"))
    bring(path)
    before = list(Crosswalk.objects.values())
    assert bring(path) == CrosswalkImported(same=1, rejected=1)
    assert list(Crosswalk.objects.values()) == before
    assert verbs() == ["framework.provisions.linked"]
    assert Event.objects.filter(verb="framework.crosswalk.imported").count() == 1


def test_a_sheet_of_refusals_is_logged_once_also_after_it_removed_a_link(tmp_path: Path) -> None:
    plan()
    bring(sheet(tmp_path / "a.xlsx", row("G1", "8", "yes")))
    for expected in (2, 2):
        bring(sheet(tmp_path / "b.xlsx", row("G1", "8", "no"), row("G2", "8", "no")))
        assert Event.objects.filter(verb="framework.crosswalk.imported").count() == expected
    bring(sheet(tmp_path / "c.xlsx", row("G1", "8", "no")))
    assert Event.objects.filter(verb="framework.crosswalk.imported").count() == 3


def test_a_mark_is_given_when_asked_and_never_lost_by_accident(tmp_path: Path) -> None:
    plan()
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes"))
    assert bring(path, mark="verified").new == 1
    assert bring(path) == CrosswalkImported(same=1)
    assert bring(path, mark="verified") == CrosswalkImported(same=1)
    assert [one[3] for one in stored()] == ["verified"]
    assert bring(path, mark="proposal") == CrosswalkImported(changed=1)
    assert [one[3] for one in stored()] == ["proposal"]
    assert verbs()[-1] == "framework.link.changed"
    with pytest.raises(InputError, match="Expected: proposal or verified"):
        bring(path, mark="secondary")


def test_a_new_note_changes_the_link(tmp_path: Path) -> None:
    plan()
    bring(sheet(tmp_path / "a.xlsx", row("G1", "8", "yes")))
    done = bring(sheet(tmp_path / "b.xlsx", row("G2", "8", ""), row("G1", "8", "yes", note="asked the ministry")))
    assert (done.new, done.changed, done.same) == (0, 1, 0)
    one = Crosswalk.objects.get()
    assert (one.note, one.source, one.locator) == ("asked the ministry", "decided by a person, b.xlsx", "row 3")


def test_no_removes_what_a_sheet_made_and_nothing_else(tmp_path: Path) -> None:
    plan()
    bring(sheet(tmp_path / "a.xlsx", row("G1", "8", "yes"), row("G2", "8", "yes"), row("G2", "20", "yes")))
    start, end = provision("G1", "plan"), provision("20")
    link(by=OPERATOR, from_provision=start, to_provision=end, facts=LinkFacts(relation="relevant", source="Gazette"))
    link(by=OPERATOR, from_provision=provision("10.7", "sdg"), to_provision=start, facts=LinkFacts(relation="relevant"))
    path = sheet(
        tmp_path / "b.xlsx",
        row("G1", "8", "no"),
        row("G1", "20", "no"),
        row("G1", "10.7", "no"),
        row("G2", "8", "no", relation="concerns"),
    )
    done = bring(path)
    assert (done.removed, done.rejected, done.new) == (1, 1, 0)
    assert done.kept == ("G1 and gcm 20 (Gazette)", "G1 and sdg 10.7 (no source)")
    assert [one[:2] for one in stored()] == [("G1", "20"), ("G2", "20"), ("G2", "8"), ("10.7", "G1")]
    assert verbs()[-1] == "framework.provisions.unlinked"
    told = EventDetail.objects.filter(event__verb="framework.crosswalk.imported").order_by("event_id").last()
    assert told is not None
    assert told.words["changes"]["rejected"] == ["G2.concerns.gcm:8"]


def test_yes_to_a_link_of_another_source_leaves_it_as_it_is(tmp_path: Path) -> None:
    plan()
    link(
        by=OPERATOR,
        from_provision=provision("G1", "plan"),
        to_provision=provision("8"),
        facts=LinkFacts(relation="relevant"),
    )
    link(
        by=OPERATOR,
        from_provision=provision("20"),
        to_provision=provision("G1", "plan"),
        facts=LinkFacts(relation="relevant"),
    )
    before = list(Crosswalk.objects.values())
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes", note="mine"), row("G1", "20", "yes"))
    assert bring(path, mark="verified") == CrosswalkImported(same=2)
    assert list(Crosswalk.objects.values()) == before


def test_every_cell_at_fault_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    plan()
    path = sheet(
        tmp_path / "a.xlsx",
        row("G1", "8", "yes"),
        row("G9", "8", "yes"),
        row("G1", "24", ""),
        row("G2", "10.70", "yes"),
        row("G2", "20", "perhaps"),
        row("G1", "8", "no"),
    )
    with pytest.raises(InputError) as caught:
        bring(path)
    words = str(caught.value)
    for told in (
        "5 cells cannot be used",
        'Suggestions A3 says "G9", and plan has no such provision',
        'Suggestions E4 says "24", and gcm has no such provision',
        'Suggestions E5 says "10.70", and sdg has no such provision',
        'Suggestions J6 says "perhaps"',
        'Suggestions J7 says "no", and Suggestions J2 the contrary',
    ):
        assert told in words
    assert not Crosswalk.objects.exists()
    assert not Event.objects.filter(verb="framework.crosswalk.imported").exists()


def test_a_contradiction_alone_is_refused(tmp_path: Path) -> None:
    plan()
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes"), row("G1", "8", "no"))
    with pytest.raises(InputError, match="one cell cannot be used: Suggestions J3"):
        bring(path)
    assert not Crosswalk.objects.exists()


def test_the_same_word_twice_is_no_contradiction(tmp_path: Path) -> None:
    plan()
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes"), row("G1", "8", ""), row("G1", "8", "yes"))
    assert bring(path) == CrosswalkImported(new=1, undecided=1)


def test_a_sheet_about_another_framework_is_refused(tmp_path: Path) -> None:
    plan()
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes"), about="other-plan")
    with pytest.raises(InputError, match="the sheet is about the framework other-plan"):
        bring(path)
    assert not Crosswalk.objects.exists()


def test_a_framework_is_not_linked_to_itself(tmp_path: Path) -> None:
    plan()
    path = sheet(tmp_path / "a.xlsx", row("8", "20", "yes"), about="gcm")
    with pytest.raises(InputError, match="Suggestions D2 names the framework itself"):
        import_crosswalk(by=OPERATOR, framework=framework("gcm"), path=path)


def test_who_keeps_the_register_may_import(tmp_path: Path) -> None:
    enter_framework(by=bob(), code="plan", keeper=network(), facts=FrameworkFacts(title="Plan"))
    plan()
    path = sheet(tmp_path / "a.xlsx", row("G1", "8", "yes"))
    given: dict[str, Any] = {"framework": framework("plan"), "path": path}
    with pytest.raises(RefusedError, match="may not register organisations, documents, claims and indicators"):
        import_crosswalk(by=alice(), **given)
    assert import_crosswalk(by=bob(), **given).new == 1


# ---------------------------------------------------------------- the story of a strategy


def correct(path: Path, decisions: dict[tuple[str, str], str], *added: tuple[str, str, str]) -> Path:
    """Somebody writes decisions by provision and code, and adds links of their own, as the sheet says."""
    book = openpyxl.load_workbook(path)
    cells = book[SUGGESTIONS]
    where = {name: place for place, name in enumerate(COLUMNS, start=1)}
    done = set()
    for number in range(2, cells.max_row + 1):
        key = (cells.cell(number, where["provision"]).value, cells.cell(number, where["code"]).value)
        if key in decisions:
            cells.cell(number, where["decision"]).value = decisions[key]
            done.add(key)
    assert done == decisions.keys()
    for own, side, code in added:
        last = len([one for one in cells["A"] if one.value]) + 1
        for name, value in (("provision", own), ("framework", side), ("code", code), ("decision", "yes")):
            cells.cell(last, where[name]).value = value
    book.save(path)
    return path


def test_the_strategy_of_orvenia_is_set_beside_the_compact(tmp_path: Path) -> None:
    load_catalogue(by=OPERATOR)
    source = catalogue_path("demonstrations", "orvenia", "strategy.csv")
    import_framework(by=OPERATOR, code=STRATEGY, title="Strategy", path=source)
    strategy = Framework.objects.get(code=STRATEGY)
    catalogue_links = Crosswalk.objects.count()

    content, view = crosswalk_workbook(STRATEGY, OPERATOR_VIEWER, tagger())
    best: dict[str, str] = {}
    for each in view.rows:
        if each.framework == "gcm":
            best.setdefault(each.provision, each.code)
    assert (best["G2.2"], best["G3.3"], best["G5.2"]) == ("6", "13", "20")
    assert view.provisions == 24
    before = crosswalk_gaps(STRATEGY, OPERATOR_VIEWER)
    assert (len(before.objectives), len(before.without_link)) == (23, 24)
    assert before.without_indicator == ()

    # Two accepted, one rejected, one added by hand.
    path = tmp_path / "strategy.xlsx"
    path.write_bytes(content)
    decisions = {("G2.2", "6"): "yes", ("G5.2", "20"): "yes", ("G3.3", "13"): "no"}
    correct(path, decisions, ("G6.2", "gcm", "11"))
    done = import_crosswalk(by=OPERATOR, framework=strategy, path=path)
    assert (done.new, done.removed, done.rejected) == (3, 0, 1)
    after = crosswalk_gaps(STRATEGY, OPERATOR_VIEWER)
    touched = {one.code for one in before.objectives} - {one.code for one in after.objectives}
    assert touched == {"6", "20", "11"}
    closed = {one.code for one in before.without_link} - {one.code for one in after.without_link}
    assert closed == {"G2", "G2.2", "G5", "G5.2", "G6", "G6.2"}
    assert {one.code for one in after.without_indicator} == {"G6", "G6.2"}  # no indicator of borders

    # The same sheet again changes nothing.
    rows = list(Crosswalk.objects.values())
    again = import_crosswalk(by=OPERATOR, framework=strategy, path=path)
    assert (again.new, again.changed, again.removed, again.same) == (0, 0, 0, 3)
    assert list(Crosswalk.objects.values()) == rows

    # The next sheet shows what was decided; a mind is changed.
    content, view = crosswalk_workbook(STRATEGY, OPERATOR_VIEWER, tagger())
    linked = {(each.provision, each.code): each for each in view.rows if each.linked}
    assert linked.keys() == {("G2.2", "6"), ("G5.2", "20"), ("G6.2", "11")}
    assert {each.source for each in linked.values()} == {"decided by a person, strategy.xlsx"}
    second = tmp_path / "second.xlsx"
    second.write_bytes(content)
    correct(second, {("G2.2", "6"): "no", ("G3.3", "13"): "yes"})
    changed = import_crosswalk(by=OPERATOR, framework=strategy, path=second)
    assert (changed.new, changed.removed, changed.same) == (1, 1, 2)
    left = {one.code for one in crosswalk_gaps(STRATEGY, OPERATOR_VIEWER).objectives}
    assert {"6"} == left & {"6", "13", "20", "11"}
    assert Crosswalk.objects.count() == catalogue_links + 3
