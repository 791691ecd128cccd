from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.facts import asked
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.organisations import NameFacts, OrganisationFacts, register
from waymark.actions.successions import SuccessionFacts, abolish, merge, rename, split
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.organisations import Organisation, OrganisationName

pytestmark = pytest.mark.django_db

ACT_DAY = date(2024, 7, 1)
OPERATOR = Actor.operator()


def test_register_keeps_names_by_language_and_where_the_fact_is_from() -> None:
    georgian = "სახელმწიფო უწყება, რომლის სახელიც ძალიან გრძელია და ორმოცდაათ სიტყვამდე აღწევს " * 3
    row = register(
        by=bob(),
        keeper=network(),
        code="long-name",
        name={"en": "Body", "ka": georgian},
        facts=OrganisationFacts(kind="government", source="Gazette", locator="p. 4", mark="verified"),
    )
    assert row.urn == "urn:waymark:local:organisation:long-name"
    name = row.names.get()
    assert name.name["ka"] == georgian
    assert (name.source, name.locator, name.mark) == ("Gazette", "p. 4", "verified")


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"name": ""}, RefusedError, "needs a name"),
        ({"code": "two words"}, InputError, "Choose another code"),
        ({"code": "x" * 301}, InputError, "cannot be a code"),
        ({"kind": "club"}, RefusedError, "not in its closed list"),
        ({"mark": "verified"}, InputError, "must name its source"),
        ({"name": "Body\u202exod"}, RefusedError, r"In the name, sign 5 is U\+202E \(right-to-left override\)"),
        ({"name": {"ka": "a\0"}}, RefusedError, r"In the name, sign 2 is U\+0000 \(zero sign\)"),
        ({"locator": "p. 4\ud83d", "source": "S"}, RefusedError, r"sign 5 is U\+D83D"),
    ],
)
def test_register_refuses(fields: dict[str, str], error: type[Exception], words: str) -> None:
    given = {"code": "new", "kind": "government", "name": "New"} | fields
    with pytest.raises(error, match=words):
        register(by=OPERATOR, **asked(OrganisationFacts, given))
    assert not Organisation.objects.filter(code="new").exists()


def test_a_code_is_taken_once() -> None:
    organisation("twice")
    with pytest.raises(RefusedError, match="The organisation twice cannot be stored"):
        register(by=OPERATOR, code="twice", name="Again", facts=OrganisationFacts(kind="government"))


def test_a_focal_point_registers_nothing() -> None:
    with pytest.raises(RefusedError, match="may not register organisations"):
        register(by=alice(), keeper=network(), code="new", name="New", facts=OrganisationFacts(kind="government"))


def test_rename_keeps_the_name_of_each_day() -> None:
    row = organisation()
    rename(
        by=OPERATOR,
        organisation=row,
        named=NameFacts(name={"en": "Ministry of Rights"}),
        facts=SuccessionFacts(date=ACT_DAY, act="Act 3"),
    )
    names = OrganisationName.objects.filter(organisation=row)
    assert names.on(date(2024, 6, 30)).get().name == {"en": "Body min-justice"}
    assert names.on(ACT_DAY).get().name == {"en": "Ministry of Rights"}
    assert row.successions.get().to_organisation == row


def test_rename_on_an_unknown_day_ends_the_old_name_on_an_unknown_day() -> None:
    row = organisation()
    rename(by=OPERATOR, organisation=row, named=NameFacts(name="New name"), facts=SuccessionFacts(date=None))
    old = row.names.get(end_unknown=True)
    assert old.to_date is None
    assert row.names.open().get().name == {"en": "New name"}
    assert list(OrganisationName.objects.filter(organisation=row).on(ACT_DAY)) == [row.names.open().get()]


def test_a_merged_body_is_not_merged_again() -> None:
    merge(
        by=OPERATOR,
        organisations=[organisation()],
        into=organisation("min-labour"),
        facts=SuccessionFacts(date=ACT_DAY),
    )
    with pytest.raises(RefusedError, match=r"ended on 2024-07-01 \(merged into another\); it cannot change"):
        rename(
            by=OPERATOR, organisation=organisation(), named=NameFacts(name="Ghost"), facts=SuccessionFacts(date=None)
        )
    with pytest.raises(RefusedError, match="at least one organisation"):
        merge(by=OPERATOR, organisations=[], into=organisation(), facts=SuccessionFacts(date=ACT_DAY))


def test_nothing_merges_into_itself_and_then_nothing_changed() -> None:
    row = organisation()
    with pytest.raises(RefusedError, match="merged or split into another"):
        merge(by=OPERATOR, organisations=[row], into=row, facts=SuccessionFacts(date=ACT_DAY))
    assert row.names.open().exists()


def test_split_leaves_the_body_unless_it_ends() -> None:
    row = organisation()
    admit(by=OPERATOR, network=network(), organisation=row, facts=MembershipFacts(role="member"))
    steps = split(by=OPERATOR, organisation=row, into=[organisation("office")], facts=SuccessionFacts(date=ACT_DAY))
    assert [step.kind for step in steps] == ["split"]
    assert row.names.open().exists()
    split(by=OPERATOR, organisation=row, into=[organisation("agency")], ends=True, facts=SuccessionFacts(date=ACT_DAY))
    assert not row.memberships.open().exists()
    assert organisation("agency").memberships.open().get().role == "member"
    with pytest.raises(RefusedError, match="at least one part"):
        split(by=OPERATOR, organisation=row, into=[], facts=SuccessionFacts(date=ACT_DAY))


@pytest.mark.parametrize("facts", [SuccessionFacts(date=ACT_DAY), SuccessionFacts(date=None, act="Act 9")])
def test_the_operator_lets_posts_that_are_held_end_or_go_on_by_a_named_act_only(facts: SuccessionFacts) -> None:
    actor = alice()
    assert actor.organisation
    row, heir = actor.organisation, organisation("min-labour")
    for try_it in (
        lambda: abolish(by=OPERATOR, organisation=row, facts=facts),
        lambda: merge(by=OPERATOR, organisations=[row], into=heir, facts=facts),
        lambda: split(by=OPERATOR, organisation=row, into=[heir], ends=True, facts=facts),
    ):
        with pytest.raises(RefusedError, match=r"has the post .* only from an act of law"):
            try_it()
    assert not row.successions.exists()
    split(by=OPERATOR, organisation=row, into=[heir], facts=facts)
    abolish(by=OPERATOR, organisation=row, facts=SuccessionFacts(date=ACT_DAY, act="Act 9"))


def test_abolish_ends_everything_without_a_successor() -> None:
    actor = alice()
    row = commitment().participations.get().organisation
    admit(by=OPERATOR, network=network(), organisation=row, facts=MembershipFacts(role="member"))
    step = abolish(by=OPERATOR, organisation=row, facts=SuccessionFacts(date=ACT_DAY, act="Act 9"))
    assert step.to_organisation is None
    assert actor.post
    actor.post.refresh_from_db()
    assert actor.post.closed_on == ACT_DAY
    assert not actor.post.holdings.open().exists()
    member = row.memberships.get()
    assert (member.to_date, member.end_reason) == (date(2024, 6, 30), "abolished")
    assert not row.participations.open().exists()


def test_what_is_done_already_stays_with_the_old_body() -> None:
    row = commitment()
    row.state = "completed"
    row.save()
    merge(
        by=OPERATOR,
        organisations=[organisation()],
        into=organisation("min-labour"),
        facts=SuccessionFacts(date=ACT_DAY),
    )
    assert row.participations.get().organisation.code == "min-justice"
