"""What waits for a second person is a list; who leads a network, and from which paper, is said."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.classes import classify
from tests.factories.commitments import commitment
from tests.factories.meetings import meeting
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import (
    OPERATOR,
    PAPER,
    TODAY,
    alice,
    bob,
    charlie,
    dora,
    fatima,
    holder,
    known_to_all,
    person,
    post,
)
from waymark.actions.amending import propose_change
from waymark.actions.appointments import HoldingFacts, appoint, confirm_appointment, end_holding
from waymark.actions.commitments import CommitmentFacts
from waymark.actions.facts import facts_of
from waymark.actions.meetings import StatementFacts, record_statement
from waymark.queries.networks.leading import leading_of
from waymark.queries.networks.reading import meetings_of
from waymark.queries.networks.waiting import waiting_in
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.people.naming import person_names
from waymark.queries.sources.reading import SourceBook
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.meetings import Meeting
from waymark.records.people import Person, Post, PostHolding
from waymark.records.permissions import viewer_of
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db

MEMBER = network_viewer("qor-network")
GEORGIAN = (
    "საქართველოს ოკუპირებული ტერიტორიებიდან დევნილთა, შრომის, ჯანმრთელობისა "
    "და სოციალური დაცვის სამინისტროს მოადგილე ბრძანებით"
)


def viewer(actor: Actor) -> Viewer:
    assert actor.holding
    return viewer_of([actor.holding], TODAY)


def test_an_empty_network_waits_for_nothing_and_has_nobody() -> None:
    row = network()
    for reader in (PUBLIC, MEMBER, OPERATOR_VIEWER):
        found = waiting_in(row, viewer=reader, day=TODAY, language="ka")
        assert (found.appointments, found.changes) == ((), ())
    led = leading_of(row, viewer=MEMBER, day=TODAY, language="en")
    assert (led.without_co_chair, led.without_officer, led.entered) == ("", "", ())


def test_appointments_and_changes_wait_in_one_list_the_longest_first() -> None:
    seat = post("val", "validator", organisation("min-labour"), title={"en": "Validator", "ka": GEORGIAN})
    person("ivo", name={"en": "Ivo", "ka": GEORGIAN})
    facts = HoldingFacts(from_date=date(2026, 7, 1))
    waiting = appoint(by=bob(), post=seat, person=person("ivo"), facts=facts)
    row = commitment()
    wanted = replace(facts_of(row, CommitmentFacts), title="Ours", due_date=date(2027, 1, 1))
    proposal = propose_change(by=alice(), row=row, facts=wanted, reason="Law 7")
    found = waiting_in(network(), viewer=viewer(dora()), day=TODAY, language="en")
    (one,) = found.appointments
    assert (one.urn, one.person, one.post, one.duty, one.since) == (
        waiting.urn,
        "Ivo",
        "Validator",
        "validator",
        "2026-07-01",
    )
    assert (one.organisation, one.entered_by, one.version) == ("Body min-labour", "Bob", 1)
    (change,) = found.changes
    assert (change.urn, change.subject, change.of) == (proposal.urn, row.urn, "“Measure qor-m-001”")
    assert (change.noun, change.reason, change.proposed_by, change.seen) == ("commitment", "Law 7", "Alice", 1)
    assert {(field.field, field.after) for field in change.fields} >= {("Title", "Ours")}
    in_georgian = waiting_in(network(), viewer=viewer(dora()), day=TODAY, language="ka")
    assert (in_georgian.appointments[0].person, in_georgian.appointments[0].post) == (GEORGIAN, GEORGIAN)
    confirm_appointment(by=dora(), holding=waiting)
    assert waiting_in(network(), viewer=MEMBER, day=TODAY, language="en").appointments == ()


def test_others_see_nothing_of_what_waits() -> None:
    appoint(by=bob(), post=post("val", "validator", organisation()), person=person("ivo"), facts=HoldingFacts())
    hidden = commitment("qor-m-9", classification="restricted")
    propose_change(by=alice(), row=hidden, facts=replace(facts_of(hidden, CommitmentFacts), title="X"), reason="Y")
    for reader in (PUBLIC, viewer(charlie())):
        found = waiting_in(network(), viewer=reader, day=TODAY, language="en")
        assert (found.appointments, found.changes) == ((), ())
    assert waiting_in(network(), viewer=MEMBER, day=TODAY, language="en").changes == ()
    assert waiting_in(network(), viewer=viewer(bob()), day=TODAY, language="en").changes


def test_persons_of_society_are_named_to_officers_and_their_own_body() -> None:
    seat = post("rep", "validator", society())
    appoint(by=bob(), post=seat, person=person("ana", organisation=society()), facts=HoldingFacts())
    for reader, name in ((viewer(dora()), "Ana"), (viewer(fatima()), "Ana"), (viewer(alice()), ""), (MEMBER, "")):
        (one,) = waiting_in(network(), viewer=reader, day=TODAY, language="en").appointments
        assert one.person == name


def test_a_member_of_another_network_asks_for_persons_and_posts() -> None:
    alice()
    dora()
    outsider = viewer(charlie())
    own = set(Person.objects.visible_to(outsider).values_list("code", flat=True))
    assert own == {"charlie"}
    assert set(Post.objects.visible_to(outsider).values_list("keeper", flat=True)) == {"other-network"}
    assert set(PostHolding.objects.visible_to(outsider).values_list("keeper", flat=True)) == {"other-network"}
    assert person_names(Person.objects.values_list("pk", flat=True), outsider, "en") == {
        person("charlie").pk: "Charlie"
    }
    assert person_names(Person.objects.values_list("pk", flat=True), PUBLIC, "en") == {}


class TestLeading:
    def led(self, day: date = TODAY, reader: Viewer = MEMBER) -> tuple[str | None, str | None]:
        found = leading_of(network(), viewer=reader, day=day, language="en")
        return found.without_co_chair, found.without_officer

    def test_who_came_from_a_paper_is_said(self) -> None:
        dora()
        bob()
        assert self.led() == (None, None)
        found = leading_of(network(), viewer=MEMBER, day=TODAY, language="en")
        assert {(one.person, one.duty, one.paper, one.paper_date) for one in found.entered} == {
            ("Dora", "co-chair", PAPER.words, "2020-01-02"),
            ("Bob", "secretariat officer", PAPER.words, "2020-01-02"),
        }
        holder("olga", "co_chair", organisation("min-chair"))
        again = leading_of(network(), viewer=MEMBER, day=TODAY, language="en")
        assert len(again.entered) == 2  # the second co-chair was appointed by an officer

    def test_since_when_there_is_none(self) -> None:
        row = network("fresh", founded_on=date(2024, 5, 1))
        found = leading_of(row, viewer=network_viewer("fresh"), day=TODAY, language="en")
        assert found.without_co_chair == "2024-05-01"
        end_holding(by=bob(), holding=dora().holding, on=date(2026, 3, 31))  # type: ignore[arg-type]
        assert self.led() == ("2026-04-01", None)
        assert self.led(date(2026, 3, 31)) == (None, None)
        again = appoint(
            by=OPERATOR,
            post=post("rotation", "co_chair", secretariat()),
            person=person("kim"),
            facts=HoldingFacts(from_date=date(2026, 6, 1)),
            paper=PAPER,
        )
        assert self.led() == (None, None)
        assert self.led(date(2026, 5, 31)) == ("2026-04-01", None)
        assert again.state == "made"

    def test_an_end_that_is_not_known_makes_the_day_unknown(self) -> None:
        end_holding(by=bob(), holding=dora().holding, on=None)  # type: ignore[arg-type]
        assert self.led() == ("", None)

    def test_an_appointment_that_waits_fills_no_vacancy(self) -> None:
        end_holding(by=bob(), holding=dora().holding, on=date(2026, 3, 31))  # type: ignore[arg-type]
        appoint(by=bob(), post=post("c2", "co_chair", secretariat()), person=person("kim"), facts=HoldingFacts())
        assert self.led() == ("2026-04-01", None)


class TestSpeakers:
    """Who spoke is named as far as the reader may know the name."""

    def spoken(self, reader: Viewer, who: Person) -> str:
        row = meeting()
        classify(Meeting.objects.all(), "public")
        row.refresh_from_db()
        facts = StatementFacts(summary="Words", person=who, capacity="Speaker", classification="public")
        record_statement(by=bob(), meeting=row, facts=facts)
        book = organisations_on(TODAY, reader, "en")
        found = meetings_of([network()], reader, TODAY, "en", book, SourceBook())
        return found[network().pk][0].statements[-1][0]

    def test_a_public_person_is_named_to_all(self) -> None:
        assert self.spoken(PUBLIC, known_to_all(person("ivo", organisation=organisation()))) == "Ivo, Speaker"

    def test_a_person_for_the_network_is_not_named_to_the_public(self) -> None:
        who = person("ivo", organisation=organisation())
        assert self.spoken(PUBLIC, who) == "Speaker"
        assert self.spoken(MEMBER, who) == "Ivo, Speaker"

    def test_a_person_of_society_is_named_to_officers_only(self) -> None:
        who = known_to_all(person("ana", organisation=society()))
        assert self.spoken(PUBLIC, who) == "Speaker"
        assert self.spoken(MEMBER, who) == "Speaker"
        assert self.spoken(viewer(bob()), who) == "Ana, Speaker"
