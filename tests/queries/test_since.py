"""What clearers and publisher are told of what was changed elsewhere since the files were made."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.commitments import commitment
from tests.factories.documents import document
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.people import bob, dora, emil
from tests.factories.reports import accepted
from tests.factories.reviews import data_folder, review, shelf, submitted
from waymark.actions.amending import withdraw
from waymark.actions.reviews import FindingFacts, add_finding, clear
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.store import Store
from waymark.queries.reviews.since import Change, changes_since
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.editions import Candidate
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def since(candidate: Candidate, viewer: Viewer = OPERATOR_VIEWER) -> set[tuple[str, str, tuple[str, ...]]]:
    found = changes_since(candidate, viewer, data_folder() / "datasets")
    return {(one.noun, one.code, one.acts) for one in found}


def made() -> Candidate:
    add_finding(
        by=bob(), review=review(), facts=FindingFacts(kind="challenge", text="Costs stay high.", provision=provision())
    )
    document(), dora(), emil()
    return submitted(review())


def test_a_report_accepted_since_is_listed_and_does_not_make_void() -> None:
    candidate = made()
    assert since(candidate) == set()
    report = accepted()
    told = since(candidate)
    assert ("report", report.code, ("entered",)) in told
    assert ("commitment", commitment().code, ("proposed",)) in told
    clear(by=dora(), candidate=candidate, shelf=shelf(), on=date(2026, 4, 1))
    candidate.refresh_from_db()
    assert candidate.state == "submitted"
    assert since(candidate) == told, "its own clearance is not told"


def test_only_what_the_viewer_may_see_is_listed_and_what_was_withdrawn_too() -> None:
    candidate = made()
    row = commitment(classification="restricted")
    open_one = commitment("m-2", classification="public")
    member = network_viewer(network().code)
    assert {code for noun, code, _ in since(candidate, member) if noun == "commitment"} == {open_one.code}
    assert {code for noun, code, _ in since(candidate, PUBLIC) if noun == "commitment"} == {open_one.code}
    for one in (row, open_one):
        withdraw(by=bob(), row=one, reason="Entered twice")
    assert ("commitment", open_one.code, ("proposed", "withdrawn")) in since(candidate, PUBLIC)
    assert {code for noun, code, _ in since(candidate, member) if noun == "commitment"} == {open_one.code}
    assert {code for noun, code, _ in since(candidate) if noun == "commitment"} == {row.code, open_one.code}


def test_figures_added_replaced_and_removed_since_are_listed(tmp_path: Path) -> None:
    def figures(name: str, value: int, **more: Any) -> None:
        path = tmp_path / f"{name}.csv"
        path.write_text(f"place,series,period,value\nGEO,wb:X,2020,{value}\n")
        add(path, store=Store(data_folder() / "datasets"), dataset=name, publisher="Office", licence="CC0", **more)

    figures("one", 1)
    candidate = made()
    figures("one", 2, replace_former=True)
    figures("two", 3)
    assert since(candidate) == {("dataset", "one", ("replaced",)), ("dataset", "two", ("added",))}
    (first, *_) = changes_since(candidate, OPERATOR_VIEWER, tmp_path / "none")
    assert first == Change("dataset", "one", ("removed",))
