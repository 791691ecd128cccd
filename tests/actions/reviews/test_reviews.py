from datetime import date

import pytest

from tests.factories.claims import claim
from tests.factories.documents import document
from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat
from tests.factories.people import TODAY, alice, bob, charlie, dora, emil, holder, person, post
from tests.factories.reports import accepted, report
from tests.factories.reviews import FILES, cycle, review
from waymark.actions.appointments import HoldingFacts, appoint
from waymark.actions.frameworks import Advice
from waymark.actions.reports import draft
from waymark.actions.reviews.clearing import clear, content_hash, send_for_clearance
from waymark.actions.reviews.findings import Observed, add_finding, cite, confirm_finding, recommend
from waymark.actions.reviews.opening import open_review, reopen
from waymark.actions.reviews.publishing import EditionFile, edition_hash, publish
from waymark.actions.reviews.sources import add_source
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.reviews import Edition, Finding, Review

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 1)
OBSERVED = Observed("e" * 64, "unsd:SI_RMT_COST", "QOR", "2024")


def finding(row: Review | None = None) -> Finding:
    return add_finding(
        by=bob(), review=row or review(), kind="challenge", text="Costs stay high.", provision=provision()
    )


def in_clearance() -> Review:
    finding()
    return send_for_clearance(by=bob(), review=review())


def cleared() -> Review:
    row = in_clearance()
    clear(by=dora(), review=row, on=DAY)
    return clear(by=emil(), review=row, on=DAY)


def test_the_way_of_a_review_to_its_edition() -> None:
    row = cleared()
    assert row.state == "cleared"
    edition = publish(by=dora(), review=row, on=DAY, files=FILES, as_of=date(2026, 5, 8))
    assert (edition.code, edition.number, edition.published_by) == ("qor-2026.v1", 1, dora().post)
    assert [file["name"] for file in edition.files] == ["index.html", "review.json"]
    assert edition.hash == edition_hash(FILES) == edition_hash(FILES[::-1])
    assert row.state == "published"


def test_two_different_persons_clear_and_not_one_twice() -> None:
    row = in_clearance()
    chair = dora()
    clear(by=chair, review=row, on=DAY)
    assert row.state == "in_clearance"
    with pytest.raises(RefusedError, match="dora has cleared qor-2026 already"):
        clear(by=chair, review=row, on=DAY)
    second = post("second-seat", "validator", organisation("min-labour"))
    same_person = Actor.holder(
        appoint(by=Actor.operator(), post=second, person=person("dora"), facts=HoldingFacts()), TODAY
    )
    with pytest.raises(RefusedError, match="A second person must"):
        clear(by=same_person, review=row, on=DAY)
    with pytest.raises(RefusedError, match="is in clearance, so one cannot publish"):
        publish(by=bob(), review=row, on=DAY, files=FILES)


def test_who_clears_and_when() -> None:
    row = review()
    with pytest.raises(RefusedError, match="is open; it is not up for clearance"):
        clear(by=dora(), review=row, on=DAY)
    in_clearance()
    row = Review.objects.get()
    for actor in (bob(), alice(), charlie()):
        with pytest.raises(RefusedError, match="may not clear reviews"):
            clear(by=actor, review=row, on=DAY)
    with pytest.raises(RefusedError, match="by persons in their posts, not by the operator"):
        clear(by=Actor.operator(), review=row, on=DAY)


@pytest.mark.parametrize("change", ["finding", "source", "citation", "recommendation", "confirmation", "reopen"])
def test_a_change_after_clearance_makes_it_void(change: str) -> None:
    row = in_clearance()
    clear(by=dora(), review=row, on=DAY)
    first = Finding.objects.get()
    first.review = row
    acts = {
        "finding": lambda: finding(row),
        "source": lambda: add_source(by=bob(), review=row, kind="file", title="Late", document=document()),
        "citation": lambda: cite(by=bob(), finding=first, observed=OBSERVED),
        "recommendation": lambda: recommend(by=bob(), review=row, advice=Advice("R1", "More")),
        "confirmation": lambda: confirm_finding(by=emil(), finding=first, on=DAY),
        "reopen": lambda: reopen(by=bob(), review=row, reason="A typing error"),
    }
    acts[change]()
    row = Review.objects.get()
    assert (row.state, row.content_hash) == ("open", "")
    assert row.clearances.get().void
    send_for_clearance(by=bob(), review=row)
    clear(by=dora(), review=row, on=DAY)
    assert row.state == "in_clearance"  # the void clearance does not count


def test_a_published_review_is_reopened_for_its_next_version() -> None:
    row = cleared()
    publish(by=bob(), review=row, on=DAY, files=FILES)
    reopen(by=bob(), review=row, reason="A figure was corrected at its source")
    finding(row)
    send_for_clearance(by=bob(), review=row)
    clear(by=dora(), review=row, on=DAY)
    clear(by=emil(), review=row, on=DAY)
    assert publish(by=bob(), review=row, on=DAY, files=FILES).number == 2
    assert Event.objects.filter(verb="review.published").count() == 2


def test_reopening_needs_a_reason_the_right_and_something_to_reopen() -> None:
    row = review()
    with pytest.raises(RefusedError, match="is open already"):
        reopen(by=bob(), review=row, reason="Why not")
    send_for_clearance(by=bob(), review=row)
    with pytest.raises(RefusedError, match="give a reason"):
        reopen(by=bob(), review=row, reason="")
    with pytest.raises(RefusedError, match="may not draft reviews"):
        reopen(by=alice(), review=row, reason="Mine")


def test_content_changed_behind_the_back_of_a_clearance_is_not_published() -> None:
    row = cleared()
    before = content_hash(row)
    Finding.objects.update(text={"en": "Costs fell."})
    assert content_hash(row) != before
    with pytest.raises(RefusedError, match="changed after it was cleared"):
        publish(by=bob(), review=row, on=DAY, files=FILES)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "there is none"),
        ((EditionFile("a", "b" * 64, 1), EditionFile("a", "c" * 64, 1)), "a name is given twice"),
        ((EditionFile("a", "B" * 64, 1),), "bad hash or size of a"),
        ((EditionFile("a", "b" * 64, -1),), "bad hash or size of a"),
    ],
)
def test_files_of_an_edition_are_whole(files: tuple[EditionFile, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        publish(by=bob(), review=cleared(), on=DAY, files=files)
    assert not Edition.objects.exists()


def test_an_edition_is_frozen() -> None:
    edition = publish(by=bob(), review=cleared(), on=DAY, files=FILES, audience="network")
    assert edition.classification == "network"
    with pytest.raises(RefusedError, match="is frozen"):
        edition.save()


def test_who_publishes() -> None:
    row = cleared()
    for actor in (alice(), emil()):
        with pytest.raises(RefusedError, match="may not publish"):
            publish(by=actor, review=row, on=DAY, files=FILES)


def test_a_finding_is_confirmed_for_the_country_once_and_not_by_its_writer() -> None:
    row = finding()
    with pytest.raises(RefusedError, match="may not confirm findings"):
        confirm_finding(by=bob(), finding=row, on=DAY)
    confirm_finding(by=emil(), finding=row, on=DAY)
    assert (row.confirmed_on, row.confirmed_by) == (DAY, emil().post)
    with pytest.raises(RefusedError, match="was confirmed on 2026-04-01 already"):
        confirm_finding(by=emil(), finding=row, on=DAY)
    own = finding()
    own.drafted_by = emil().post
    own.save()
    with pytest.raises(RefusedError, match="another post must confirm it"):
        confirm_finding(by=emil(), finding=own, on=DAY)


def test_a_finding_rests_on_one_thing_at_a_time() -> None:
    row = finding()
    cite(by=bob(), finding=row, observed=OBSERVED)
    cite(by=bob(), finding=row, progress_report=accepted())
    cite(by=bob(), finding=row, document=document(), page="7")
    cite(by=bob(), finding=row, claim=claim())
    assert row.citations.count() == 4
    with pytest.raises(RefusedError, match="A citation is of one report, document or claim, or of one observation"):
        cite(by=bob(), finding=row)
    with pytest.raises(RefusedError, match="A citation is of one report"):
        cite(by=bob(), finding=row, document=document(), claim=claim())
    with pytest.raises(RefusedError, match="A citation is of one report"):
        cite(by=bob(), finding=row, observed=OBSERVED, document=document())


def test_a_report_is_cited_only_once_accepted() -> None:
    row = draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="is draft; cite accepted reports only"):
        cite(by=bob(), finding=finding(), progress_report=row)


def test_only_the_secretariat_drafts() -> None:
    row, first = review(), finding()
    for act in (
        lambda: open_review(by=alice(), code="r", cycle=cycle(), network=network(), title="R"),
        lambda: finding_by(alice(), row),
        lambda: add_source(by=alice(), review=row, kind="file", title="T", document=document()),
        lambda: cite(by=alice(), finding=first, observed=OBSERVED),
        lambda: recommend(by=alice(), review=row, advice=Advice("R1", "More")),
        lambda: send_for_clearance(by=alice(), review=row),
    ):
        with pytest.raises(RefusedError, match="may not draft reviews"):
            act()


def finding_by(actor: Actor, row: Review) -> Finding:
    return add_finding(by=actor, review=row, kind="challenge", text="Mine")


def test_a_review_knows_its_place_body_and_frameworks() -> None:
    row = open_review(
        by=bob(),
        code="r1",
        cycle=cycle(),
        network=network(),
        title={"en": "Review", "ka": "მიმოხილვა"},
        publishing_body=organisation(),
        frameworks=[framework(), framework("sdg")],
    )
    assert row.place is not None
    assert row.place.code == "QOR"
    assert set(row.frameworks.values_list("code", flat=True)) == {"gcm", "sdg"}
    recommend(by=bob(), review=row, advice=Advice("R1", "More"))
    recommend(by=bob(), review=row, advice=Advice("R2", "Still more"))
    positions = row.recommendations.order_by("id").values_list("provision__position", flat=True)
    assert list(positions) == [1, 2]


def test_the_secretariat_of_one_network_is_not_that_of_another() -> None:
    stranger = holder("zoe", "secretariat_officer", secretariat(), network("other-network"))
    with pytest.raises(RefusedError, match="may not draft reviews"):
        finding_by(stranger, review())
