from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, society
from tests.factories.people import alice, bob, fatima, holder
from waymark.actions.amending import amend, withdraw
from waymark.actions.consultations import (
    AnswerFacts,
    ConsultationFacts,
    ContributionFacts,
    Item,
    add_item,
    answer,
    contribute,
    contribute_anonymously,
    open_consultation,
    publish_contribution,
    refuse_contribution,
    withdraw_contribution,
)
from waymark.actions.facts import Paper, facts_of
from waymark.gcm.errors import RefusedError
from waymark.records.actors import ANONYMOUS, OPERATOR_VIEWER, Actor
from waymark.records.consultations import Contribution
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db

DAY = date(2025, 2, 3)
LETTER = Paper(date(2025, 2, 1), words="Letter 7/1")


def sent(day: date = DAY, **said: Any) -> Contribution:
    """What somebody sends without an account."""
    return contribute(by=ANONYMOUS, consultation=consultation(), on=day, facts=ContributionFacts(**said))


def test_a_consultation_asks_questions_or_goes_over_paragraphs() -> None:
    row = open_consultation(
        by=bob(),
        network=network(),
        code="draft",
        items=[Item({"en": "Paragraph one"}, provision()), Item("What is missing?")],
        facts=ConsultationFacts(title="Draft"),
    )
    assert [item.code for item in row.items.all()] == ["draft.q1", "draft.q2"]
    with pytest.raises(RefusedError, match="may not open consultations"):
        open_consultation(by=alice(), network=network(), code="mine", items=[], facts=ConsultationFacts(title="Mine"))


def test_contributions_are_named_or_known_to_the_secretariat_only() -> None:
    item = consultation().items.all()[0]
    named = contribute(
        by=fatima(),
        consultation=consultation(),
        on=DAY,
        facts=ContributionFacts(item=item, text="Good", organisation=society(), language="en"),
    )
    withheld = contribute(
        by=ANONYMOUS,
        consultation=consultation(),
        on=DAY,
        facts=ContributionFacts(text="Bad", name="N", name_kind="withheld"),
    )
    assert (named.name_kind, withheld.name_kind) == ("named", "withheld")
    assert named.date == DAY


def test_what_a_contribution_must_hold() -> None:
    with pytest.raises(RefusedError, match="needs a name or an organisation"):
        sent(text="Who am I?")
    with pytest.raises(RefusedError, match="needs words or a rating"):
        sent(name="Ann")
    with pytest.raises(RefusedError, match="needs the commitment"):
        sent(name="Ann", scale="completion-5", rating="begun")
    with pytest.raises(RefusedError, match="lies outside"):
        sent(date(2025, 3, 1), text="Late", name="Ann")
    elsewhere = open_consultation(
        by=bob(), network=network(), code="far", facts=ConsultationFacts(title="Far"), items=[Item("What?")]
    )
    with pytest.raises(RefusedError, match=r"far\.q1 is no item of"):
        sent(text="Words", name="Ann", item=elsewhere.items.get())
    row = sent(name="Ann", commitment=commitment(), scale="completion-5", rating="begun")
    assert (row.scale, row.rating) == ("completion-5", "begun")
    assert sent(name="Ann", text="Words", scale="completion-5").scale == ""


def test_nobody_contributes_for_others_but_from_a_paper() -> None:
    """For an organisation speaks its post; the operator and somebody without an account speak for none."""
    facts = ContributionFacts(text="Hm", organisation=organisation())
    given = {"consultation": consultation(), "on": DAY, "facts": facts}
    for actor, words in (
        (fatima(), "does not speak for min-justice"),
        (bob(), "may not take a position"),
        (ANONYMOUS, "Somebody without a name says nothing for min-justice"),
        (Actor.operator(), "The operator of the installation says nothing for min-justice"),
    ):
        with pytest.raises(RefusedError, match=words):
            contribute(by=actor, **given)
    with pytest.raises(RefusedError, match="is sent by that person, or entered from a paper"):
        contribute(by=Actor.operator(), **(given | {"facts": ContributionFacts(text="Hm", name="Ann")}))
    row = contribute(by=bob(), **given, paper=LETTER)
    assert (row.entered_for, row.paper_words, row.person) == (True, LETTER.words, bob().person)
    assert not contribute(by=alice(), **given).entered_for
    with pytest.raises(RefusedError, match="may not register"):
        contribute(by=fatima(), **given, paper=LETTER)


def test_who_corrects_a_contribution_and_that_nobody_corrects_an_anonymous_one() -> None:
    by_post = contribute(
        by=fatima(), consultation=consultation(), on=DAY, facts=ContributionFacts(text="God", organisation=society())
    )
    by_letter = contribute(
        by=bob(),
        consultation=consultation(),
        on=DAY,
        facts=ContributionFacts(text="Bat", organisation=organisation()),
        paper=LETTER,
    )
    by_person = sent(text="Words", name="Ann")
    hidden = contribute_anonymously(consultation=consultation(), on=DAY, facts=ContributionFacts(text="Words"))

    def corrected(by: Actor, row: Contribution, **changes: Any) -> None:
        amend(by=by, row=row, facts=replace(facts_of(row, ContributionFacts), **changes), reason="A slip")

    corrected(fatima(), by_post, text="Good")
    corrected(bob(), by_letter, text="Bad")
    assert (by_post.text, by_letter.text) == ({"en": "Good"}, {"en": "Bad"})
    for by, row, words in (
        (bob(), by_post, "may not take a position"),
        (bob(), by_person, "are those of the person who sent it"),
        (bob(), hidden.contribution, "is anonymous; only its writer"),
    ):
        with pytest.raises(RefusedError, match=words):
            corrected(by, row, text="Better")
    with pytest.raises(RefusedError, match="stays that of its organisation"):
        corrected(fatima(), by_post, organisation=organisation())
    with pytest.raises(RefusedError, match="Of an anonymous contribution no"):
        corrected(fatima(), by_post, name_kind="anonymous")
    withdraw(by=bob(), row=by_letter, reason="Entered twice")
    assert not Contribution.objects.visible_to(OPERATOR_VIEWER).filter(pk=by_letter.pk).exists()


def test_a_contribution_is_taken_back_and_an_answer_corrected_or_withdrawn() -> None:
    row = sent(text="Words", name="Ann")
    publish_contribution(by=bob(), contribution=row)
    reply = answer(by=bob(), contribution=row, facts=AnswerFacts(kind="taken", reason="Rigth", date=DAY))
    with pytest.raises(RefusedError, match="has an answer already"):
        answer(by=bob(), contribution=row, facts=AnswerFacts(kind="taken", reason="Right", date=DAY))
    amend(by=bob(), row=reply, facts=AnswerFacts(kind="partly", reason="Right", date=DAY), reason="A slip")
    with pytest.raises(RefusedError, match="needs a reason"):
        amend(by=bob(), row=reply, facts=AnswerFacts(kind="partly", reason="", date=DAY), reason="A slip")
    withdraw(by=bob(), row=reply, reason="Another contribution was meant")
    answer(by=bob(), contribution=row, facts=AnswerFacts(kind="not_taken", reason="No figure", date=DAY))
    with pytest.raises(RefusedError, match="give a reason"):
        withdraw_contribution(by=bob(), contribution=row, reason="")
    assert withdraw_contribution(by=bob(), contribution=row, reason="Ann asked").state == "withdrawn"
    assert not Contribution.objects.visible_to(PUBLIC).exists()


def test_nobody_answers_what_he_contributed() -> None:
    second = holder("bob", "focal_point", organisation())
    row = contribute(
        by=second, consultation=consultation(), on=DAY, facts=ContributionFacts(text="Hm", organisation=organisation())
    )
    with pytest.raises(RefusedError, match="Nobody answers what he contributed himself"):
        answer(by=bob(), contribution=row, facts=AnswerFacts(kind="taken", reason="Right"))
    colleague = holder("kim", "secretariat_officer", organisation("second-office", "un"))
    assert answer(by=colleague, contribution=row, facts=AnswerFacts(kind="taken", reason="Right")).pk


def test_items_are_added_corrected_and_withdrawn() -> None:
    row = consultation()
    third = add_item(by=bob(), consultation=row, facts=Item("What els?", provision()))
    amend(by=bob(), row=third, facts=Item("What else?"), reason="A slip")
    assert (third.position, third.text, third.provision) == (3, {"en": "What else?"}, None)
    withdraw(by=bob(), row=third, reason="Asked twice")
    again = add_item(by=bob(), consultation=row, facts=Item("What else is there?"))
    assert (again.position, row.items.standing().count()) == (4, 3)
    changed = replace(facts_of(row, ConsultationFacts), to_date=date(2025, 3, 31))
    amend(by=bob(), row=row, facts=changed, reason="Two more weeks")
    assert sent(date(2025, 3, 15), text="In time", name="Ann").pk


def test_the_secretariat_publishes_or_refuses_with_a_reason() -> None:
    first, second = sent(name="Ann", text="One"), sent(name="Ann", text="Two")
    with pytest.raises(RefusedError, match="may not open consultations"):
        publish_contribution(by=alice(), contribution=first)
    assert publish_contribution(by=bob(), contribution=first).state == "published"
    with pytest.raises(RefusedError, match="give a reason"):
        refuse_contribution(by=bob(), contribution=second, reason="")
    assert refuse_contribution(by=bob(), contribution=second, reason="Names a child").state == "refused"
    with pytest.raises(RefusedError, match="is refused, so one cannot publish it"):
        publish_contribution(by=bob(), contribution=second)


@pytest.mark.parametrize("day", [date(2025, 2, 1), date(2025, 2, 28)])
def test_the_first_and_the_last_day_count(day: date) -> None:
    assert sent(day, text="In time", name="Ann").date == day
