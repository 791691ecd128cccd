"""Who sees what: every noun, every classification, every viewer."""

from datetime import date

import pytest
from django.apps import apps

from tests.factories.classes import classify
from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import TODAY, alice, bob, emil, holder, person
from tests.factories.reports import accepted, imported, report
from tests.factories.workplans import period
from tests.factories.world import world
from waymark.actions.consultations import AnswerFacts, ContributionFacts, answer, contribute, publish_contribution
from waymark.actions.drafts import save_draft
from waymark.actions.readers import name_readers
from waymark.actions.reports import draft, release
from waymark.gcm.lists import Classification
from waymark.records.actors import ANONYMOUS, OPERATOR_VIEWER, Actor
from waymark.records.commitments import Commitment, Milestone, Tie
from waymark.records.consultations import Answer, Contribution
from waymark.records.drafts import Draft
from waymark.records.editions import Edition
from waymark.records.permissions import viewer_of
from waymark.records.record import Record
from waymark.records.reports import Evidence, ProgressReport
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db

MEMBER = network_viewer("qor-network")
OUTSIDER = network_viewer("other-network")
CLEARED = Viewer(networks=frozenset({"qor-network"}), restricted=frozenset({"qor-network"}))
CLEARED_ELSEWHERE = Viewer(networks=frozenset({"qor-network"}), restricted=frozenset({"other-network"}))
NAMED = Viewer(person="alice")
NOT_NAMED = Viewer(person="bob", networks=frozenset({"qor-network"}), restricted=frozenset({"qor-network"}))

NOUNS = [model for model in apps.get_app_config("records").get_models() if issubclass(model, Record)]


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_every_noun_can_be_asked_for_every_viewer(model: type[Record]) -> None:
    assert model.noun
    for viewer in (PUBLIC, MEMBER, CLEARED, NAMED, OPERATOR_VIEWER):
        assert list(model._default_manager.visible_to(viewer)) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("classification", "seen_by"),
    [
        ("public", ["public", "member", "outsider", "cleared", "elsewhere", "named", "not named", "operator"]),
        ("network", ["member", "cleared", "elsewhere", "not named", "operator"]),
        ("restricted", ["cleared", "not named", "operator"]),
        ("strictly_confidential", ["named", "operator"]),
    ],
)
def test_a_classification_opens_to_its_viewers_only(classification: str, seen_by: list[str]) -> None:
    network()
    network("other-network")
    row = commitment(classification=classification)
    name_readers(by=Actor.operator(), record=row, persons=[person("alice")])
    viewers = {
        "public": PUBLIC,
        "member": MEMBER,
        "outsider": OUTSIDER,
        "cleared": CLEARED,
        "elsewhere": CLEARED_ELSEWHERE,
        "named": NAMED,
        "not named": NOT_NAMED,
        "operator": OPERATOR_VIEWER,
    }
    assert [name for name, viewer in viewers.items() if Commitment.objects.visible_to(viewer).exists()] == seen_by


@pytest.mark.parametrize("classification", Classification.values)
def test_nothing_shows_more_than_what_contains_it(classification: str) -> None:
    row = commitment(classification=classification)
    accepted()
    for model in (Tie, Milestone, Evidence, ProgressReport):
        classify(model._default_manager.all(), "public")
    shown = classification == "public"
    assert Tie.objects.visible_to(PUBLIC).filter(commitment=row).exists() is shown
    assert Evidence.objects.visible_to(PUBLIC).exists() is shown
    assert Tie.objects.visible_to(OPERATOR_VIEWER).exists()


def test_an_empty_container_hides_nothing() -> None:
    commitment(classification="public")
    assert Commitment.objects.get().work_area_id is None
    assert Commitment.objects.visible_to(PUBLIC).exists()


def test_everything_public_of_the_world_is_seen_by_all() -> None:
    rows = world()
    for model in NOUNS:
        if model is not Edition:  # frozen, and public already
            model._default_manager.update(classification="public", effective="public")
    unseen = [
        name
        for name, row in rows.items()
        if isinstance(row, Record)
        and name not in ("contribution", "answer", "draft", "contact")
        and not type(row)._default_manager.visible_to(PUBLIC).filter(pk=row.pk).exists()  # type: ignore[attr-defined]
    ]
    assert unseen == []


def test_only_accepted_reports_leave_the_network() -> None:
    organisation("min-labour")
    row = commitment(classification="public")
    states = {
        "submitted": {},
        "returned": {"returned_on": date(2025, 7, 2), "return_note": "Which offices?"},
        "accepted": {"accepted_on": date(2025, 7, 2)},
    }
    for state, days in states.items():
        imported(report(period=period(state), commitment=row), **days)
    draft(by=alice(), report=report(period=period("draft"), commitment=row))
    release(by=emil(), row=draft(by=alice(), report=report(period=period("released"), commitment=row)))

    def seen(viewer: Viewer) -> set[str]:
        return set(ProgressReport.objects.visible_to(viewer).values_list("state", flat=True))

    own = Viewer(networks=frozenset({"qor-network"}), seats=frozenset({("qor-network", "min-justice")}))
    assert seen(PUBLIC) == {"accepted"}
    assert seen(MEMBER) == {"submitted", "returned", "accepted"}
    assert seen(own) == seen(OPERATOR_VIEWER) == {"draft", "released", *states}
    assert set(ProgressReport.objects.accepted().values_list("state", flat=True)) == {"accepted"}


def test_evidence_leaves_the_network_with_its_report_only() -> None:
    row = commitment(classification="public")
    mine = draft(by=alice(), report=report(commitment=row))
    classify(Evidence.objects.all(), "public")
    own = Viewer(networks=frozenset({"qor-network"}), seats=frozenset({("qor-network", "min-justice")}))
    assert not Evidence.objects.visible_to(PUBLIC).exists()
    assert not Evidence.objects.visible_to(MEMBER).exists()
    assert Evidence.objects.visible_to(own).get().report == mine


def test_a_draft_is_for_the_holder_of_its_post_only() -> None:
    actor = alice()
    assert actor.post
    assert actor.holding
    draft = save_draft(by=actor, post=actor.post, title="Draft", body={})
    assert list(Draft.objects.visible_to(viewer_of([actor.holding], TODAY))) == [draft]
    assert list(Draft.objects.visible_to(OPERATOR_VIEWER)) == [draft]
    colleague = holder("ivo", "focal_point", organisation("min-labour")).holding
    assert colleague
    for viewer in (PUBLIC, MEMBER, CLEARED, viewer_of([colleague], TODAY)):
        assert not Draft.objects.visible_to(viewer).exists()


def test_answers_show_no_contribution_that_is_not_published() -> None:
    given = contribute(
        by=ANONYMOUS,
        consultation=consultation(),
        on=date(2025, 2, 2),
        facts=ContributionFacts(text="Words", name="Ann"),
    )
    answer(by=bob(), contribution=given, facts=AnswerFacts(kind="taken", reason="Right", date=date(2025, 3, 1)))
    assert not Answer.objects.visible_to(PUBLIC).exists()
    publish_contribution(by=bob(), contribution=given)
    assert Answer.objects.visible_to(PUBLIC).exists()


def test_only_published_contributions_leave_the_network() -> None:
    given = contribute(
        by=ANONYMOUS,
        consultation=consultation(),
        on=date(2025, 2, 2),
        facts=ContributionFacts(text="Words", name="Ann"),
    )
    assert not Contribution.objects.visible_to(PUBLIC).exists()
    assert Contribution.objects.visible_to(MEMBER).exists()
    assert Contribution.objects.visible_to(OPERATOR_VIEWER).exists()
    publish_contribution(by=bob(), contribution=given)
    assert Contribution.objects.visible_to(PUBLIC).exists()
