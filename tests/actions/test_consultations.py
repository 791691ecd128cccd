from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, society
from tests.factories.people import alice, bob, fatima
from waymark.actions.consultations import (
    Item,
    contribute,
    open_consultation,
    publish_contribution,
    refuse_contribution,
)
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor

pytestmark = pytest.mark.django_db

DAY = date(2025, 2, 3)


def test_a_consultation_asks_questions_or_goes_over_paragraphs() -> None:
    row = open_consultation(
        by=bob(),
        network=network(),
        code="draft",
        title="Draft",
        items=[Item({"en": "Paragraph one"}, provision()), Item("What is missing?")],
    )
    assert [item.code for item in row.items.all()] == ["draft.q1", "draft.q2"]
    with pytest.raises(RefusedError, match="may not open consultations"):
        open_consultation(by=alice(), network=network(), code="mine", title="Mine", items=[])


def test_contributions_are_named_or_known_to_the_secretariat_only() -> None:
    item = consultation().items.all()[0]
    named = contribute(
        by=fatima(), consultation=consultation(), item=item, on=DAY, text="Good", organisation=society(), language="en"
    )
    withheld = contribute(by=Actor.operator(), consultation=consultation(), on=DAY, text="Bad", name="N", withheld=True)
    assert (named.name_kind, withheld.name_kind) == ("named", "withheld")
    assert named.date == DAY


def test_what_a_contribution_must_hold() -> None:
    given = {"by": Actor.operator(), "consultation": consultation(), "on": DAY}
    with pytest.raises(RefusedError, match="needs a name or an organisation"):
        contribute(**given, text="Who am I?")
    with pytest.raises(RefusedError, match="needs words or a rating"):
        contribute(**given, name="Ann")
    with pytest.raises(RefusedError, match="needs the commitment"):
        contribute(**given, name="Ann", scale="completion-5", rating="begun")
    with pytest.raises(RefusedError, match="Only a post of min-justice may contribute for it"):
        contribute(**{**given, "by": fatima()}, text="Hm", organisation=organisation())
    with pytest.raises(RefusedError, match="lies outside"):
        contribute(**{**given, "on": date(2025, 3, 1)}, text="Late", name="Ann")
    row = contribute(**given, name="Ann", commitment=commitment(), scale="completion-5", rating="begun")
    assert (row.scale, row.rating) == ("completion-5", "begun")
    assert contribute(**given, name="Ann", text="Words", scale="completion-5").scale == ""


def test_the_secretariat_publishes_or_refuses_with_a_reason() -> None:
    given = {"by": Actor.operator(), "consultation": consultation(), "on": DAY, "name": "Ann"}
    first, second = contribute(**given, text="One"), contribute(**given, text="Two")
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
    assert contribute(by=Actor.operator(), consultation=consultation(), on=day, text="In time", name="Ann").date == day
