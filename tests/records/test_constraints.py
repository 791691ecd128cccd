"""Impossible states are refused by the database: every constraint is broken once and says its sentence, on both."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F

from tests.factories.world import world
from waymark.actions.storing import store, store_all
from waymark.gcm.constraints import CONSTRAINTS
from waymark.gcm.errors import RefusedError
from waymark.gcm.wording import Phrase
from waymark.records.people import Person
from waymark.records.rules import broken_rule, unique_rules

pytestmark = pytest.mark.django_db

BACKWARDS = {"from_date": date(2025, 2, 1), "to_date": date(2025, 1, 1)}
UNKNOWN_AND_KNOWN = {"to_date": date(2025, 1, 1), "end_unknown": True}

BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "place_kind_known": ("place", {"kind": "planet"}),
    "organisation_kind_known": ("organisation", {"kind": "club"}),
    "succession_kind_known": ("succession", {"kind": "eaten"}),
    "succession_leads_where_its_kind_says": ("succession", {"kind": "abolished"}),
    "post_holding_state_known": ("postholding", {"state": "lost"}),
    "post_holding_paper_has_day": ("postholding", {"paper_words": "Letter"}),
    "commitment_change_paper_has_day": ("commitmentchange", {"paper_words": "Letter"}),
    "post_holding_confirmed_by_and_on": ("postholding", {"state": "confirmed"}),
    "contact_of_one": ("contact", {"person": None}),
    "user_of_person_or_operator": ("user", {"operator": True}),
    "delegation_ends_after_start": ("delegation", {"to_date": date(2025, 1, 1)}),
    "delegation_has_reason": ("delegation", {"reason": {}}),
    "post_duty_known": ("post", {"duty": "king"}),
    "position_of_place_or_organisation": ("position", {"place": None}),
    "position_on_framework_or_provision": ("position", {"framework": None}),
    "position_paper_has_day": ("position", {"paper_words": ""}),
    "position_of_place_from_paper": ("position", {"paper_words": "", "paper_date": None}),
    "position_stance_known": ("position", {"stance": "shrugged"}),
    "provision_not_its_own_parent": ("provision", {"parent": F("id")}),
    "crosswalk_not_to_itself": ("crosswalk", {"from_provision": F("to_provision")}),
    "network_kind_known": ("network", {"kind": "club"}),
    "network_level_known": ("network", {"level": "lunar"}),
    "membership_role_known": ("membership", {"role": "guest"}),
    "workplan_ends_after_start": ("workplan", BACKWARDS),
    "meeting_kind_known": ("meeting", {"kind": "party"}),
    "meeting_ends_after_start": ("meeting", {"end_date": date(2025, 1, 1)}),
    "attendance_of_somebody": ("attendance", {"organisation": None}),
    "statement_of_somebody": ("statement", {"organisation": None}),
    "change_proposal_state_known": ("changeproposal", {"state": "lost"}),
    "change_proposal_has_reason": ("changeproposal", {"reason": {}}),
    "change_proposal_declined_with_answer": ("changeproposal", {"state": "declined"}),
    "commitment_kind_known": ("commitment", {"kind": "wish"}),
    "commitment_way_known": ("commitment", {"kind": "pledge", "way": "secret"}),
    "commitment_way_of_pledge": ("commitment", {"way": "common"}),
    "commitment_state_known": ("commitment", {"state": "lost"}),
    "commitment_due_after_start": (
        "commitment",
        {"start_date": date(2025, 2, 1), "due_date": date(2025, 1, 1)},
    ),
    "commitment_superseded_names_successor": ("commitment", {"state": "superseded"}),
    "commitment_change_state_known": ("commitmentchange", {"to_state": "lost"}),
    "commitment_end_has_reason": ("commitmentchange", {"to_state": "dropped"}),
    "participation_role_known": ("participation", {"role": "friend"}),
    "participation_share_percent": ("participation", {"share": 101}),
    "participation_amount_not_negative": ("participation", {"amount": -1, "currency": "EUR"}),
    "participation_amount_has_currency": ("participation", {"amount": 1}),
    "result_kind_known": ("result", {"kind": "wish"}),
    "result_has_words": ("result", {"words": {}}),
    "means_of_verification_has_words": ("meansofverification", {"words": {}}),
    "risk_kind_known": ("risk", {"kind": "fear"}),
    "risk_likelihood_known": ("risk", {"likelihood": "sure"}),
    "risk_effect_known": ("risk", {"effect": "huge"}),
    "risk_has_words": ("risk", {"words": {}}),
    "risk_assumption_is_not_weighed": ("risk", {"kind": "assumption", "effect": "low"}),
    "budget_line_of_year_or_period": ("budgetline", {"period": "reportingperiod"}),
    "budget_line_has_currency": ("budgetline", {"currency": ""}),
    "budget_line_has_an_amount": ("budgetline", {"planned": None}),
    "budget_line_not_negative": ("budgetline", {"spent": -1}),
    "following_state_known": ("following", {"state": "lost"}),
    "following_end_has_reason": ("following", {"state": "ended"}),
    "reporting_period_schedule_known": ("reportingperiod", {"schedule": "daily"}),
    "excuse_has_reason": ("excuse", {"reason": {}}),
    "tie_purpose_known": ("tie", {"purpose": "decorates"}),
    "reporting_period_ends_after_start": ("reportingperiod", BACKWARDS),
    "progress_report_voice_known": ("progressreport", {"voice": "crowd"}),
    "progress_report_empty_reason_known": ("progressreport", {"empty_reason": "pandemic", "rating": ""}),
    "progress_report_state_known": ("progressreport", {"state": "lost", "accepted_on": None}),
    "progress_report_rated_or_reason": ("progressreport", {"rating": ""}),
    "progress_report_submitted_has_day": ("progressreport", {"submitted_on": None}),
    "progress_report_accepted_has_day": ("progressreport", {"accepted_on": None}),
    "progress_report_form_known": ("progressreport", {"return_form": "too_harsh"}),
    "progress_report_corrected_has_day": ("progressreport", {"state": "corrected"}),
    "progress_report_correction_has_reason": ("progressreport", {"corrects": F("id")}),
    "progress_report_of_society_returned_for_form": (
        "progressreport",
        {"state": "returned", "accepted_on": None, "voice": "civil_society", "return_note": {"en": "Too harsh"}},
    ),
    "progress_report_paper_has_day": ("progressreport", {"paper_date": None}),
    "contribution_paper_has_day": ("contribution", {"paper_words": "A letter"}),
    "progress_report_returned_has_note": ("progressreport", {"state": "returned", "accepted_on": None}),
    "evidence_of_something": ("evidence", {"text": {}}),
    "document_passed_on_only_with_licence": ("document", {"redistributable": True}),
    "document_reading_known": ("document", {"reading": "skimmed"}),
    "document_read_has_text": ("document", {"reading": "read"}),
    "document_set_aside_has_reason": ("document", {"reading": "quarantined"}),
    "document_not_its_own_former": ("document", {"former": F("id")}),
    "passage_has_text": ("passage", {"text": ""}),
    "tag_verdict_known": ("tag", {"verdict": "perhaps"}),
    "tag_of_model_has_score": ("tag", {"by_person": False}),
    "tag_none_has_no_provision": ("tag", {"verdict": "none"}),
    "citation_of_passage_names_document": ("citation", {"passage": "passage"}),
    "evidence_of_passage_names_document": ("evidence", {"passage": "passage", "text": {"en": "Words"}}),
    "claim_has_source": ("claim", {"source": ""}),
    "claim_choice_has_reason": ("claimchoice", {"reason": {}}),
    "national_indicator_direction_known": ("nationalindicator", {"direction": "sideways"}),
    "national_indicator_has_title": ("nationalindicator", {"title": {}}),
    "national_indicator_has_meaning": ("nationalindicator", {"meaning": {}}),
    "national_indicator_target_has_source": ("nationalindicator", {"target": 60, "target_year": 2030}),
    "national_value_state_known": ("nationalvalue", {"state": "lost", "accepted_on": None}),
    "national_value_qualifier_known": ("nationalvalue", {"value": None, "qualifier": "~", "bound": 5}),
    "national_value_empty_reason_known": ("nationalvalue", {"value": None, "empty_reason": "pandemic"}),
    "national_value_of_one_indicator": ("nationalvalue", {"catalogue_code": "si_rmt_cost"}),
    "national_value_says_one_thing": ("nationalvalue", {"empty_reason": "not_collected"}),
    "national_value_submitted_has_day": ("nationalvalue", {"submitted_on": None}),
    "national_value_accepted_has_day": ("nationalvalue", {"accepted_on": None}),
    "national_value_corrected_has_day": ("nationalvalue", {"state": "corrected"}),
    "national_value_correction_has_reason": ("nationalvalue", {"corrects": F("id")}),
    "national_value_returned_has_note": ("nationalvalue", {"state": "returned", "accepted_on": None}),
    "national_value_paper_has_day": ("nationalvalue", {"paper_date": None}),
    "review_cycle_level_known": ("reviewcycle", {"level": "lunar"}),
    "review_cycle_ends_after_start": ("reviewcycle", {"to_date": date(2026, 5, 1)}),
    "review_state_known": ("review", {"state": "lost"}),
    "review_source_state_known": ("reviewsource", {"state": "lost", "hash": "a"}),
    "review_source_is_what_its_kind_says": ("reviewsource", {"document": None}),
    "review_source_checked_has_hash": ("reviewsource", {"state": "checked"}),
    "finding_kind_known": ("finding", {"kind": "rumour"}),
    "finding_has_text": ("finding", {"text": {}}),
    "finding_confirmed_by_and_on": ("finding", {"confirmed_by": "post"}),
    "citation_of_one_record": ("citation", {"document": "document"}),
    "citation_of_one_thing": ("citation", {"progress_report": None}),
    "recommendation_of_review_or_outside_body": ("recommendation", {"review": None, "edition": None}),
    "recommendation_edition_is_of_review": ("recommendation", {"review": None, "issuer": "organisation"}),
    "candidate_state_known": ("candidate", {"state": "lost"}),
    "candidate_audience_known": ("candidate", {"audience": "friends"}),
    "candidate_has_files": ("candidate", {"files": []}),
    "candidate_void_with_reason": ("candidate", {"state": "void"}),
    "clearance_paper_has_day": ("clearance", {"paper_words": "Letter"}),
    "edition_withdrawal_has_reason": ("editionwithdrawal", {"reason": {}}),
    "edition_withdrawal_paper_has_day": ("editionwithdrawal", {"paper_date": date(2026, 4, 1)}),
    "consultation_ends_after_start": ("consultation", BACKWARDS),
    "contribution_name_kind_known": ("contribution", {"name_kind": "masked"}),
    "contribution_state_known": ("contribution", {"state": "lost"}),
    "contribution_anonymous_keeps_nothing": ("contribution", {"name_kind": "anonymous"}),
    "contribution_named_has_name": ("contribution", {"organisation": None}),
    "contribution_rating_of_commitment": ("contribution", {"rating": "begun"}),
    "contribution_says_something": ("contribution", {"text": {}}),
    "answer_kind_known": ("answer", {"kind": "maybe"}),
    "answer_has_reason": ("answer", {"reason": {}}),
    "event_detail_erased_or_kept": ("eventdetail", {"erased_rule": "five years"}),
    "seal_covers_events": ("seal", {"last": 0}),
} | {
    f"{name}_{rule}": (model, broken)
    for name, model in (
        ("organisation_name", "organisationname"),
        ("post_holding", "postholding"),
        ("membership", "membership"),
        ("working_group", "workinggroup"),
        ("working_group_member", "workinggroupmember"),
        ("participation", "participation"),
        ("following", "following"),
    )
    for rule, broken in (("ends_after_start", BACKWARDS), ("end_known_or_not", UNKNOWN_AND_KNOWN))
}
"""Constraint → a valid row's model and the change that breaks it. A text for a foreign key names a row's model."""

ON_INSERT = {
    "edition_audience_known": ("edition", {"audience": "friends", "number": 7}),
    "edition_has_files": ("edition", {"files": [], "number": 7}),
    "edition_cleared_has_record": ("edition", {"record_sha256": "", "number": 7}),
    "edition_paper_has_day": ("edition", {"paper_words": "Letter", "number": 7}),
}
"""Frozen rows are broken by a second row."""

NEEDS: dict[str, dict[str, Any]] = {
    "contact_of_network_once": {"person": None, "network": "network"},
    "candidate_stands_once": {"state": "submitted"},
    "post_holder_once": {"acting": True},
    "document_file_once_per_network": {"sha256": "a" * 64, "network": "network"},
    "document_file_once_without_network": {"sha256": "b" * 64, "network": None},
    "contribution_receipt_once": {"receipt_hash": "a" * 64},
    "decision_follow_up_once": {"commitment": "commitment"},
    "progress_report_corrected_once": {"corrects": F("id"), "correction_reason": {"en": "A slip"}},
    "national_value_corrected_once": {"corrects": F("id"), "correction_reason": {"en": "A slip"}},
    "national_value_of_catalogue_once": {"indicator": None, "catalogue_code": "si_rmt_cost"},
    "tag_of_model_once": {"by_person": False, "score": 0.5, "model": "best"},
    "tag_once_per_post": {"by_person": True, "score": None, "model": "", "post": "post"},
    "tag_none_once_per_post": {"verdict": "none", "provision": None},
}
"""What a row must hold before its double is refused."""

DIFFERS: dict[str, dict[str, Any]] = {
    "post_one_open_holder": {"person": "dora"},
    "edition_code": {"number": 7, "candidate": None},
    "edition_number_once": {"candidate": None},
}
"""Where the double must differ, so that only the rule under test is in its way."""


def constraints(kind: type[models.BaseConstraint]) -> dict[str, type[models.Model]]:
    return {
        constraint.name: model
        for model in apps.get_app_config("records").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    }


def refusal(action: Any) -> Phrase | None:
    """What is said when the database refuses; None when it does not."""
    try:
        with transaction.atomic():
            action()
    except DatabaseError as error:
        return broken_rule(error)
    return None


def refused(action: Any, constraint: str) -> bool:
    """Whether the database refuses, and the sentence of that very constraint is said."""
    said = refusal(action)
    return said is not None and said.code == f"constraint.{constraint}"


def filled(rows: dict[str, models.Model], changes: dict[str, Any]) -> dict[str, Any]:
    """`changes` with the name of a model put as its row."""
    return {name: rows[value] if isinstance(value, str) and value in rows else value for name, value in changes.items()}


def double(row: models.Model, **changes: Any) -> Any:
    """A second row like `row`, with another URN, as far as `changes` do not say otherwise."""
    copy = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"})
    if hasattr(copy, "code"):
        copy.urn = f"{copy.urn}-double"
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def insert(row: models.Model) -> None:
    models.QuerySet(type(row)).bulk_create([row])


def test_world_holds_every_noun() -> None:
    names = {
        model._meta.model_name for model in apps.get_app_config("records").get_models() if not model._meta.auto_created
    }
    assert set(world()) == names


def test_every_check_refuses_what_breaks_it() -> None:
    rows = world()
    assert constraints(models.CheckConstraint).keys() == BROKEN.keys() | ON_INSERT.keys()
    accepted = []
    for name, (model, changes) in BROKEN.items():
        row = rows[model]
        query = models.QuerySet(type(row)).filter(pk=row.pk)
        if not refused(lambda query=query, changes=changes: query.update(**filled(rows, changes)), name):
            accepted.append(name)
    for name, (model, changes) in ON_INSERT.items():
        copy = double(rows[model], code="second", **changes)
        if not refused(lambda copy=copy: insert(copy), name):
            accepted.append(name)
    assert accepted == []


def test_every_unique_rule_refuses_a_double() -> None:
    rows = world()
    dora = Person.objects.get(code="dora")
    accepted = []
    for name, model in constraints(models.UniqueConstraint).items():
        row = rows[str(model._meta.model_name)]
        changes = filled(rows, NEEDS.get(name, {}))
        if changes:
            models.QuerySet(model).filter(pk=row.pk).update(**changes)
            row.refresh_from_db()
        copy = double(row, **filled({"dora": dora}, DIFFERS.get(name, {})))
        constraint = next(one for one in model._meta.constraints if one.name == name)
        if "code" not in constraint.fields and hasattr(copy, "code"):
            copy.code = f"{row.pk}-double"  # only the rule under test may be in the way
        if not refused(lambda copy=copy: insert(copy), name):
            accepted.append(name)
    assert accepted == []


def test_a_urn_names_one_record() -> None:
    row = world()["place"]
    copy = double(row, code="OTHER")
    copy.urn = row.urn
    assert (
        said_by(lambda: insert(copy)) == "A code is used once. Choose another code, or change the record that has it."
    )


def said_by(action: Any) -> str:
    said = refusal(action)
    assert said is not None
    return said.words()


def test_rules_without_a_name_of_ours_speak_too() -> None:
    rows = world()
    detail, person = rows["eventdetail"], rows["person"]
    assert said_by(lambda: insert(double(detail))).startswith("The same event is on record already.")
    people = models.QuerySet(Person).filter(pk=person.pk)
    assert said_by(lambda: people.update(code=None)) == "The code must be filled. Give it."
    milestones = models.QuerySet(type(rows["milestone"])).filter(pk=rows["milestone"].pk)
    assert said_by(lambda: milestones.update(position=-1)) == "The position cannot be below 0. Correct it."
    about = type(rows["document"]).about.through
    pair = {"document": rows["document"], "place": rows["place"]}
    models.QuerySet(about).get_or_create(**pair)
    assert said_by(lambda: insert(about(**pair))).startswith("The same document, place is on record already.")


def test_what_points_to_nothing_is_refused_in_words() -> None:
    with connection.cursor() as cursor:  # the record's own foreign keys are asked for at commit, these at once
        cursor.execute("CREATE TABLE pointed (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE pointing (to_id integer REFERENCES pointed (id))")
        said = said_by(lambda: cursor.execute("INSERT INTO pointing VALUES (7)"))
    assert said == "It names what is not on record, or is in use elsewhere. Correct that first."


def test_the_triggers_speak() -> None:
    rows = world()
    events = models.QuerySet(type(rows["event"]))
    assert said_by(lambda: events.update(verb="other")).startswith("The event log is only added to;")
    assert said_by(lambda: events._raw_delete("default")).startswith("The event log is only added to;")
    editions = models.QuerySet(type(rows["edition"]))
    assert said_by(lambda: editions.update(number=9)) == (
        "A published edition is frozen. Publish a new edition instead."
    )


def test_a_number_or_text_that_does_not_fit_is_refused_in_words() -> None:
    row = world()["person"]
    row.code = "a" * 301
    with pytest.raises(RefusedError) as refused_row:
        store(row)
    assert str(refused_row.value).endswith("The code has 301 signs, and at most 300 are kept. Shorten it.")
    with pytest.raises(RefusedError, match=r"so none of them was\. The code has 301 signs"):
        store_all(Person, [Person(code="short"), row])
    if connection.vendor == "postgresql":  # SQLite keeps longer texts, so only the check above stands there
        people = models.QuerySet(Person).filter(pk=row.pk)
        assert said_by(lambda: people.update(code="a" * 301)) == "A value is too large to be kept. Correct it."


def test_every_rule_has_a_sentence_and_every_sentence_a_rule() -> None:
    named = [rule.name for model in apps.get_models() for rule in model._meta.constraints]
    assert sorted(named) == sorted(CONSTRAINTS)
    assert [name for name, words in CONSTRAINTS.items() if not words.endswith(".")] == []


def test_no_two_unique_rules_of_a_table_have_the_same_columns() -> None:
    rules = [rule for model in apps.get_models() for rule in model._meta.constraints]
    assert sorted(unique_rules().values()) == sorted(
        rule.name for rule in rules if isinstance(rule, models.UniqueConstraint)
    )
