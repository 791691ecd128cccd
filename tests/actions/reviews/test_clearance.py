"""What is cleared is what is published: files under their hash, two persons who did not draft, the same bytes."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.classes import classify
from tests.factories.documents import document as paper_of
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import TODAY, alice, appointed, bob, charlie, dora, emil, holder, person, post
from tests.factories.reviews import DAY, FILES, cleared, published, rendered, rendering, review, shelf, submitted
from waymark.actions.facts import Paper
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.recommendations import Advice
from waymark.actions.reviews import (
    CitationFacts,
    FindingFacts,
    Lacks,
    SourceFacts,
    add_finding,
    add_source,
    check_source,
    cite,
    clear,
    confirm_finding,
    lacks,
    publish,
    recommend,
    reopen,
    submit,
    withdraw_edition,
)
from waymark.gcm.errors import InputError, RefusedError
from waymark.queries.reviews.content import content_hash
from waymark.queries.reviews.editions import UNNAMED, UNNAMED_POST, candidates_of, editions_of
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.documents import Document
from waymark.records.editions import Candidate, Clearance, Edition, EditionWithdrawal, files_hash
from waymark.records.events import Event
from waymark.records.people import Person, Post
from waymark.records.reviews import Finding, Review
from waymark.records.viewers import network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

OPERATOR = Actor.operator()
PAPER = Paper(date(2026, 4, 3), words="Letter 12/4 of the co-chair")
OBSERVED = CitationFacts(dataset_hash="e" * 64, series="unsd:SI_RMT_COST", place_code="QOR", period="2024")


def paper(code: str = "minutes") -> Document:
    """A paper of the network."""
    return paper_of(code, network=network())


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def finding(row: Review | None = None, by: Actor | None = None) -> Finding:
    return add_finding(
        by=by or bob(),
        review=row or review(),
        facts=FindingFacts(kind="challenge", text="Costs stay high.", provision=provision()),
    )


def drafted() -> Review:
    finding()
    return review()


def clears(by: Actor, candidate: Candidate, **more: Any) -> Clearance:
    return clear(by=by, candidate=candidate, shelf=shelf(), on=DAY, **more)


def publishes(by: Actor, candidate: Candidate, **more: Any) -> Edition:
    return publish(by=by, candidate=candidate, shelf=shelf(), on=DAY, **more)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_way_of_a_review_to_its_edition() -> None:
    row = drafted()
    recommend(by=bob(), review=row, advice=Advice("R1", "More"))
    candidate = submitted(row, by=bob())
    assert (row.state, candidate.state, candidate.number, candidate.replaces) == ("in_clearance", "submitted", 1, None)
    clears(dora(), candidate)
    assert candidate.state == "submitted"
    clears(emil(), candidate)
    assert candidate.state == "cleared"
    edition = publishes(dora(), candidate)
    assert (edition.code, edition.number, edition.published_by_person) == ("qor-2026.v1", 1, dora().person)
    assert (edition.hash, edition.files) == (candidate.hash, candidate.files)
    assert edition.hash == files_hash((one["name"], one["sha256"]) for one in edition.files)
    given = files_in(shelf().candidate(candidate.hash))
    assert given == FILES | {"review.json": b"qor-2026 public en 1"}
    assert files_in(shelf().edition(edition.hash)) == given
    row.refresh_from_db()
    assert (row.state, candidate.state) == ("published", "published")
    assert row.recommendations.get().edition == edition


def test_the_record_of_the_clearance_stands_beside_the_files() -> None:
    edition = published(drafted())
    place = shelf().record(edition.hash)
    assert place.parent == shelf().edition(edition.hash).parent
    told = json.loads(place.read_bytes())
    assert (told["edition"], told["hash"], told["as_of"]) == ("qor-2026.v1", edition.hash, "2026-05-08")
    assert [(one["person"], one["on"], one["entered"]) for one in told["clearances"]] == [
        ({"en": "Dora"}, "2026-04-01", "by the person"),
        ({"en": "Emil"}, "2026-04-01", "by the person"),
    ]
    assert told["published"]["person"] == {"en": "Dora"}
    assert told["published"]["organisation"] == {"en": "Agency for Journeys"}


def test_two_different_persons_clear_and_not_one_in_two_posts() -> None:
    candidate = submitted(drafted())
    clears(dora(), candidate)
    with pytest.raises(RefusedError, match=r"dora has cleared qor-2026\.c1 already"):
        clears(dora(), candidate)
    second = post("second-seat", "validator", organisation("min-labour"))
    same = Actor.holder(appointed(second, person("dora"), network()), TODAY)
    with pytest.raises(RefusedError, match=r"dora has cleared qor-2026\.c1 already"):
        clears(same, candidate)
    with pytest.raises(RefusedError, match="is submitted, so one cannot publish"):
        publishes(dora(), candidate)


WROTE: dict[str, Callable[[Review, Actor], object]] = {
    "finding": lambda row, by: finding(row, by),
    "citation": lambda row, by: cite(by=by, finding=finding(row), facts=OBSERVED),
    "recommendation": lambda row, by: recommend(by=by, review=row, advice=Advice("R1", "More")),
    "source": lambda row, by: add_source(
        by=by, review=row, facts=SourceFacts(kind="file", title="S", document=paper())
    ),
    "the files": lambda row, by: None,
}


@pytest.mark.parametrize("what", WROTE)
def test_who_drafted_clears_in_no_post(what: str) -> None:
    zoe = holder("zoe", "secretariat_officer", organisation("min-labour"))
    row = drafted()
    WROTE[what](row, zoe)
    candidate = submitted(row, by=zoe if what == "the files" else bob())
    seat = holder("zoe", "validator", organisation("min-health"))
    with pytest.raises(RefusedError, match="zoe wrote in the review qor-2026 or made its files"):
        clears(seat, candidate)


def test_an_officer_who_appoints_himself_still_does_not_clear_what_he_wrote() -> None:
    candidate = submitted(drafted(), by=bob())
    for body in ("min-labour", "min-health"):
        with pytest.raises(RefusedError, match="bob wrote in the review"):
            clears(holder("bob", "validator", organisation(body)), candidate)
    assert not candidate.clearances.exists()


def test_who_clears_and_when() -> None:
    candidate = submitted(drafted())
    for actor in (bob(), alice(), charlie()):
        with pytest.raises(RefusedError, match="may not clear reviews"):
            clears(actor, candidate)
    with pytest.raises(RefusedError, match=r"cleared by persons in their posts\. The operator"):
        clears(OPERATOR, candidate)
    with pytest.raises(RefusedError, match="was submitted on 2026-04-01"):
        clear(by=dora(), candidate=candidate, shelf=shelf(), on=date(2026, 3, 31))
    reopen(by=bob(), review=candidate.review, reason="Too early")
    candidate.refresh_from_db()
    with pytest.raises(RefusedError, match="is void; it does not wait for clearance"):
        clears(dora(), candidate)


def test_where_the_publishing_body_is_no_member_one_of_the_two_is_of_that_body() -> None:
    body = organisation("committee")
    row = review(publishing_body=body)
    finding(row)
    candidate = submitted(row)
    assert lacks(candidate, DAY) == Lacks(2, "committee")
    clears(dora(), candidate)
    assert lacks(candidate, DAY) == Lacks(1, "committee")
    clears(emil(), candidate)
    assert (candidate.state, lacks(candidate, DAY)) == ("submitted", Lacks(1, "committee"))
    chair = holder("zoe", "co_chair", body, network("committee-network"))
    clears(chair, candidate)
    assert (candidate.state, lacks(candidate, DAY)) == ("cleared", None)


def test_where_the_publishing_body_cleared_first_any_other_person_is_lacking() -> None:
    body = organisation("committee")
    candidate = submitted(review(publishing_body=body))
    clears(holder("zoe", "co_chair", body, network("committee-network")), candidate)
    assert (candidate.state, lacks(candidate, DAY)) == ("submitted", Lacks(1))
    clears(emil(), candidate)
    assert (candidate.state, lacks(candidate, DAY)) == ("cleared", None)


def test_a_post_of_the_publishing_body_needs_the_right_to_clear_and_clears_nothing_else() -> None:
    body = organisation("committee")
    row = review(publishing_body=body)
    candidate = submitted(row)
    officer = holder("zoe", "secretariat_officer", body, network("committee-network"))
    with pytest.raises(RefusedError, match="may not clear reviews"):
        clears(officer, candidate)
    chair = holder("yan", "co_chair", body, network("committee-network"))
    with pytest.raises(RefusedError, match="may not clear reviews"):
        clears(chair, submitted(review("qor-2022")))


def test_where_the_publishing_body_is_a_member_any_two_clear() -> None:
    body = organisation("min-labour")
    admit(by=OPERATOR, network=network(), organisation=body, facts=MembershipFacts(role="member"))
    assert cleared(review(publishing_body=body)).state == "cleared"


def test_the_operator_enters_a_clearance_only_from_a_signed_paper() -> None:
    candidate = submitted(drafted())
    signed = dora().holding
    assert signed is not None
    with pytest.raises(RefusedError, match="name the person, the post, the paper and its date"):
        clears(OPERATOR, candidate, signed_by=signed)
    given = clears(OPERATOR, candidate, signed_by=signed, paper=PAPER)
    assert (given.person, given.post, given.paper_words, given.entered_for) == (
        dora().person, dora().post, "Letter 12/4 of the co-chair", True,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="enters only what a person signed"):
        clears(emil(), candidate, signed_by=signed, paper=PAPER)
    clears(emil(), candidate)
    with pytest.raises(RefusedError, match="publishes and withdraws only what a signed paper says"):
        publishes(OPERATOR, candidate)
    with pytest.raises(RefusedError, match="a paper is named only by the operator"):
        publishes(dora(), candidate, paper=PAPER)
    edition = publishes(OPERATOR, candidate, paper=PAPER)
    told = json.loads(shelf().record(edition.hash).read_bytes())
    by_paper = {
        "entered": "entered by the operator from a signed paper",
        "paper": "Letter 12/4 of the co-chair",
        "paper_date": "2026-04-03",
    }
    assert by_paper.items() <= told["clearances"][0].items()
    assert told["published"] == {"on": "2026-04-01", **by_paper}


def test_a_paper_signed_by_who_was_not_in_office_or_drafted_is_refused() -> None:
    candidate = submitted(drafted())
    seat = post("late-seat", "validator", organisation("min-labour"))
    late = appointed(seat, person("zoe"), network(), from_date=date(2026, 4, 4))
    with pytest.raises(RefusedError, match="does not hold the post late-seat on 2026-04-03"):
        clears(OPERATOR, candidate, signed_by=late, paper=PAPER)
    writer = holder("bob", "validator", organisation("min-health")).holding
    with pytest.raises(RefusedError, match="bob wrote in the review"):
        clears(OPERATOR, candidate, signed_by=writer, paper=PAPER)
    with pytest.raises(RefusedError, match=r"The paper is of 2026-03-31"):
        clears(OPERATOR, candidate, signed_by=dora().holding, paper=Paper(date(2026, 3, 31), words="Earlier"))


def file_source(title: str) -> SourceFacts:
    return SourceFacts(kind="file", title=title, document=paper())


def source(row: Review) -> Any:
    return row.sources.get()


CHANGES: dict[str, tuple[str, Callable[[Review, Finding], object]]] = {
    "finding": ("a finding was added", lambda row, first: finding(row)),
    "source": ("a source was added", lambda row, first: add_source(by=bob(), review=row, facts=file_source("Late"))),
    "check": ("a source was checked", lambda row, first: check_source(
        by=bob(), source=source(row), sha256=paper().sha256 or "d" * 64, on=DAY)),
    "citation": ("a citation was added", lambda row, first: cite(by=bob(), finding=first, facts=OBSERVED)),
    "recommendation": ("a recommendation was added", lambda row, first: recommend(
        by=bob(), review=row, advice=Advice("R1", "More"))),
    "confirmation": ("a finding was confirmed", lambda row, first: confirm_finding(
        by=emil(), finding=first, on=DAY)),
    "reopen": ("A typing error", lambda row, first: reopen(by=bob(), review=row, reason="A typing error")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_after_clearance_makes_it_void(change: str) -> None:
    row = drafted()
    if change == "check":
        add_source(by=bob(), review=row, facts=SourceFacts(kind="file", title="S", document=paper()))
    candidate = cleared(row)
    reason, make = CHANGES[change]
    make(row, Finding.objects.get())
    candidate.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, candidate.state, candidate.void_reason) == ("open", "void", reason)
    who = emil() if change == "confirmation" else bob()
    assert (candidate.void_by_post, candidate.void_by_person) == (who.post, who.person)
    with pytest.raises(RefusedError, match="is void, so one cannot publish"):
        publishes(dora(), candidate)
    assert Event.objects.filter(verb="candidate.voided").count() == 1
    again = submitted(row)
    clears(dora(), again)
    assert again.state == "submitted"  # what was void does not count


def test_who_confirmed_or_checked_did_not_draft_and_may_clear() -> None:
    first = finding()
    confirm_finding(by=emil(), finding=first, on=DAY)
    assert cleared(review()).state == "cleared"


def test_what_changed_behind_the_back_of_a_clearance_is_not_published() -> None:
    candidate = cleared(drafted())
    before = content_hash(candidate.review)
    Finding.objects.update(text={"en": "Costs fell."})
    assert content_hash(candidate.review) != before
    for act in (lambda: clears(holder("zoe", "validator", organisation("min-health")), candidate),
                lambda: publishes(dora(), candidate)):  # fmt: skip
        with pytest.raises(RefusedError, match=r"The content of qor-2026 is not what qor-2026\.c1 was made from"):
            act()


@pytest.mark.parametrize("damage", ["changed", "removed", "added"])
def test_files_changed_after_clearance_are_not_published(damage: str) -> None:
    candidate = cleared(drafted())
    folder = shelf().candidate(candidate.hash)
    place = folder / "index.html"
    if damage == "changed":
        place.write_bytes(b"<p>Costs fell.")
    elif damage == "removed":
        place.unlink()
    else:
        place.with_name("more.html").write_bytes(b"<p>")
    with pytest.raises(RefusedError, match=r"are not those that were submitted: .* (was changed|is missing|was added)"):
        publishes(dora(), candidate)
    assert not Edition.objects.exists()
    assert not shelf().edition(candidate.hash).exists()


def test_files_of_a_candidate_are_hashed_by_the_act(tmp_path: Path) -> None:
    row = drafted()
    made = rendering(row)
    empty = tmp_path / "empty"
    empty.mkdir()
    hidden = rendered({".index.html": b"<p>"}, tmp_path / "hidden")
    for folder, words in ((empty, "it holds no file"), (hidden, "names that a backup leaves out")):
        with pytest.raises(InputError, match=words):
            submit(by=bob(), review=row, rendering=made, folder=folder, shelf=shelf(), on=DAY)
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "index.html").symlink_to("/etc/hostname")
    with pytest.raises(RefusedError, match=r"index\.html"):
        submit(by=bob(), review=row, rendering=made, folder=linked, shelf=shelf(), on=DAY)
    assert not Candidate.objects.exists()


def test_a_review_changed_while_its_files_were_made_is_not_submitted(tmp_path: Path) -> None:
    row = drafted()
    made = rendering(row)
    finding(row)
    with pytest.raises(RefusedError, match="was changed while its files were made"):
        submit(by=bob(), review=row, rendering=made, folder=rendered(FILES, tmp_path), shelf=shelf(), on=DAY)


def test_a_later_candidate_replaces_the_one_that_waits_and_the_same_again_changes_nothing() -> None:
    row = drafted()
    first = submitted(row)
    clears(dora(), first)
    events = Event.objects.count()
    assert submitted(row).pk == first.pk
    assert Event.objects.count() == events
    second = submitted(row, files={"index.html": b"<p>With newer figures"})
    first.refresh_from_db()
    assert (first.state, first.void_reason) == ("void", "a later candidate was submitted")
    assert (second.code, second.number) == ("qor-2026.c2", 1)


def test_editions_are_counted_for_each_audience_and_language() -> None:
    row = drafted()
    waiting = submitted(row, audience="network")
    first = published(row)
    assert (first.code, row.state, waiting.number) == ("qor-2026.v1", "in_clearance", 1)
    for actor in (dora(), emil()):
        clears(actor, waiting)
    assert publishes(dora(), waiting).code == "qor-2026.network.v1"
    assert published(row, language="en-gb").code == "qor-2026.en-gb.v1"
    second = published(row)
    assert (second.code, second.number, second.replaces) == ("qor-2026.v2", 2, first)
    assert [(one.code, one.current) for one in editions_of(row, OPERATOR_VIEWER)] == [
        ("qor-2026.network.v1", True), ("qor-2026.v1", False), ("qor-2026.v2", True), ("qor-2026.en-gb.v1", True),
    ]  # fmt: skip


def test_a_published_review_is_reopened_for_its_next_edition() -> None:
    row = drafted()
    published(row)
    reopen(by=bob(), review=row, reason="A figure was corrected at its source")
    finding(row)
    made = rendering(row).scope.edition
    assert made is not None
    assert (made.number, made.replaces, made.replaces_of) == (2, 1, "2026-04-01")
    assert published(row).number == 2


def test_reopening_needs_a_reason_the_right_and_something_to_reopen() -> None:
    row = review()
    with pytest.raises(RefusedError, match="is open already"):
        reopen(by=bob(), review=row, reason="Why not")
    submitted(row)
    with pytest.raises(RefusedError, match="give a reason"):
        reopen(by=bob(), review=row, reason="")
    with pytest.raises(RefusedError, match="may not draft reviews"):
        reopen(by=alice(), review=row, reason="Mine")


def test_an_edition_is_frozen() -> None:
    edition = published(drafted(), audience="network")
    assert edition.classification == "network"
    with pytest.raises(RefusedError, match="is frozen"):
        edition.save()


def test_who_publishes() -> None:
    candidate = cleared(drafted())
    for actor in (alice(), emil()):
        with pytest.raises(RefusedError, match="may not publish"):
            publishes(actor, candidate)


def test_a_withdrawn_edition_keeps_its_files_and_says_why() -> None:
    row = drafted()
    edition = published(row)
    with pytest.raises(RefusedError, match="may not publish"):
        withdraw_edition(by=emil(), edition=edition, reason="Wrong", on=DAY)
    with pytest.raises(RefusedError, match="only what a signed paper says"):
        withdraw_edition(by=OPERATOR, edition=edition, reason="Wrong", on=DAY)
    with pytest.raises(RefusedError, match="give a reason"):
        withdraw_edition(by=dora(), edition=edition, reason="", on=DAY)
    with pytest.raises(RefusedError, match="was published on 2026-04-01"):
        withdraw_edition(by=dora(), edition=edition, reason="Wrong", on=date(2026, 3, 1))
    withdraw_edition(by=dora(), edition=edition, reason="A figure of another country", on=date(2026, 4, 9))
    (shown,) = editions_of(row, OPERATOR_VIEWER)
    assert (shown.current, shown.withdrawn_on, shown.withdrawn_for) == (
        False, "2026-04-09", "A figure of another country",
    )  # fmt: skip
    assert files_in(shelf().edition(edition.hash))
    with pytest.raises(RefusedError, match="was withdrawn on 2026-04-09 already"):
        withdraw_edition(by=dora(), edition=edition, reason="Again", on=DAY)
    made = rendering(row).scope.edition
    assert made is not None
    assert (made.number, made.replaces_withdrawn) == (2, "2026-04-09")
    assert EditionWithdrawal.objects.count() == 1


def test_lists_say_no_name_paper_or_reason_that_is_hidden() -> None:
    row = drafted()
    edition = published(row)
    withdraw_edition(by=dora(), edition=edition, reason="A case in court", on=DAY)
    member = network_viewer("qor-network")
    assert editions_of(row, member)[0].withdrawn_for == "A case in court"
    assert {one.person for one in candidates_of(row, member)[0].clearances} == {"Dora", "Emil"}
    for model in (EditionWithdrawal, Person, Post):
        classify(model.objects.all(), "restricted")
    (shown,) = editions_of(row, member)
    assert (shown.withdrawn_on, shown.withdrawn_for, shown.current) == (str(DAY), "", False)
    cleared_by = candidates_of(row, member)[0].clearances
    assert {(one.person, one.post) for one in cleared_by} <= {(UNNAMED, UNNAMED_POST)}
