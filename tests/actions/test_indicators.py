"""What an indicator and a value may say, who answers it, and what stands once it does."""

from datetime import date
from typing import Any

import pytest

from tests.factories.documents import document
from tests.factories.frameworks import provision
from tests.factories.indicators import YEARBOOK, entered, indicator, office
from tests.factories.networks import network
from tests.factories.people import OPERATOR, TODAY, bob, charlie, dora, holder
from waymark.actions.amending import amend, withdraw
from waymark.actions.facts import Paper, facts_of, given
from waymark.actions.indicators import (
    IndicatorFacts,
    PaperValue,
    ValueFacts,
    accept_value,
    correct_value,
    define_indicator,
    enter_value,
    enter_values,
    return_value,
    submit_value,
)
from waymark.actions.networks import NetworkFacts, found
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.indicators import NationalValue
from waymark.records.places import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]


def olga() -> Actor:
    """The focal point of the statistical office."""
    return holder("olga", "focal_point", office())


def draft(period: str = "2024", of: Any = None, **fields: Any) -> NationalValue:
    facts = ValueFacts(**({"period": period} | (fields or {"value": 45})))
    return enter_value(by=olga(), of=of or indicator(), organisation=office(), facts=facts)


# definitions


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "furlong"}, "there is no such unit"),
        ({"direction": "upward"}, "there is no such direction"),
        ({"traits": ["loud"]}, "there is no such trait"),
        ({"provisions": []}, "stands under no objective of the Compact"),
        ({"target": 60}, "Give all three, or none"),
        ({"target": 60, "target_year": 2030}, "Give all three, or none"),
        ({"target": 60, "target_year": 2030, "target_source": "Plan", "direction": "none"}, "more or less is wanted"),
        ({"valid_min": 9, "valid_max": 1}, "the least is greater than the greatest"),
        ({"direction": "parity"}, "Give qor-new a least value above 0"),
    ],
)
def test_a_definition_that_no_review_could_show_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises((InputError, RefusedError), match=words):
        indicator("qor-new", **changes)


@pytest.mark.parametrize("code", ["Qor", "q", "qor_new", "si_rmt_cost", "-qor-"])
def test_a_code_is_small_letters_and_none_of_the_catalogue(code: str) -> None:
    with pytest.raises(InputError, match="cannot be the code of a national indicator"):
        indicator(code)


def test_a_network_of_no_place_defines_nothing() -> None:
    nowhere = found(by=OPERATOR, code="nowhere", facts=NetworkFacts(kind="un_network", level="global", name="N"))
    facts = facts_of(indicator(), IndicatorFacts)
    with pytest.raises(RefusedError, match="is of no place"):
        define_indicator(by=OPERATOR, network=nowhere, code="qor-new", facts=facts)


def test_the_place_of_a_network_stays_once_figures_are_of_it() -> None:
    facts = facts_of(network(), NetworkFacts)
    other = Place.objects.create(code="QOR-EAST", kind="fictional", name={"en": "East"}, mark="proposal")
    elsewhere = given(facts, {"place": other})
    amend(by=dora(), row=network(), facts=elsewhere, reason="A slip")
    amend(by=dora(), row=network(), facts=facts, reason="No slip")
    indicator()
    with pytest.raises(RefusedError, match="Its place stays"):
        amend(by=dora(), row=network(), facts=elsewhere, reason="A slip")
    amend(by=dora(), row=network(), facts=given(facts, {"time_zone": "Asia/Tbilisi"}), reason="Not known before")


def test_the_unit_stays_once_there_are_values() -> None:
    row = indicator()
    facts = facts_of(row, IndicatorFacts)
    amend(by=bob(), row=row, facts=given(facts, {"unit": "number"}), reason="Counted")
    amend(by=bob(), row=row, facts=given(facts, {"unit": "percent"}), reason="A share after all")
    draft()
    with pytest.raises(RefusedError, match="The unit of qor-counselling stays"):
        amend(by=bob(), row=row, facts=given(facts, {"unit": "number"}), reason="Counted")
    amend(by=bob(), row=row, facts=given(facts, {"provisions": [provision("2")]}), reason="Under another objective")
    assert [one.code for one in row.provisions.all()] == ["2"]


def test_a_correction_opens_nothing() -> None:
    row = entered(classification="restricted")
    new = correct_value(by=olga(), row=row, facts=ValueFacts(period="2023", value=41), reason="Counted again")
    assert (row.classification, new.classification) == ("restricted", "restricted")


def test_a_withdrawn_indicator_takes_its_values_along() -> None:
    row = entered()
    withdraw(by=bob(), row=indicator(), reason="Defined twice")
    row.refresh_from_db()
    assert (row.withdrawn, row.shown) == (False, False)


# values


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 101}, "101 lies above 100"),
        ({"value": -1}, "-1 lies below 0"),
        ({"qualifier": "<", "bound": 101}, "101 lies above 100"),
        ({"value": float("nan")}, "no number that can be measured"),
        ({"qualifier": "~", "bound": 5}, "no such sign of a bound"),
        ({"qualifier": "<"}, "more than one thing, or nothing"),
        ({"bound": 5}, "more than one thing, or nothing"),
        ({"value": 5, "empty_reason": "confidential"}, "more than one thing, or nothing"),
        ({"note": "Nothing"}, "more than one thing, or nothing"),
        ({"empty_reason": "lost"}, "no such reason why a value is missing"),
        ({"value": 5, "disaggregation": "sex"}, "breakdown 'sex': it cannot be read"),
        ({"value": 5, "disaggregation": "age=15-24"}, "is not broken down by age, only by: sex"),
        ({"value": 5, "period": "soon"}, "this is not a period"),
    ],
)
def test_a_value_that_the_indicator_cannot_have_is_refused(fields: dict[str, Any], words: str) -> None:
    indicator(disaggregations=["sex"])
    with pytest.raises((InputError, RefusedError), match=words):
        draft(**fields)


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"value": 100, "period": "2024.0"}, ("2024", "", 100, "", None, "")),
        ({"value": 0, "disaggregation": "Sex=F"}, ("2024", "sex=female", 0, "", None, "")),
        ({"qualifier": "<", "bound": 5}, ("2024", "", None, "<", 5, "")),
        ({"empty_reason": "not_collected"}, ("2024", "", None, "", None, "not_collected")),
    ],
)
def test_a_value_is_kept_in_one_written_form(fields: dict[str, Any], kept: tuple[Any, ...]) -> None:
    indicator(disaggregations=["sex"])
    row = draft(**fields)
    row.refresh_from_db()
    assert (row.period, row.disaggregation, row.value, row.qualifier, row.bound, row.empty_reason) == kept


def test_a_value_of_the_catalogue_is_in_its_unit_and_for_the_place_of_the_network() -> None:
    row = draft(of="si_rmt_cost")
    assert (row.measured, row.unit, row.place.code, row.keeper) == ("si_rmt_cost", "percent", "QOR", "qor-network")
    with pytest.raises(InputError, match="the catalogue has none"):
        draft(of="si_nothing")


def test_a_value_is_rewritten_until_it_is_handed_in_and_when_it_is_returned() -> None:
    row = draft()
    amend(by=olga(), row=row, facts=ValueFacts(period="2024", value=46), reason="A slip")
    submit_value(by=olga(), row=row)
    with pytest.raises(RefusedError, match="It is changed while it is a draft or returned"):
        amend(by=olga(), row=row, facts=ValueFacts(period="2024", value=47), reason="A slip")
    with pytest.raises(RefusedError, match="say what is asked"):
        return_value(by=bob(), row=row, note="")
    return_value(by=bob(), row=row, note="Of which month?")
    with pytest.raises(RefusedError, match="101 lies above"):
        amend(by=olga(), row=row, facts=ValueFacts(period="2024", value=101), reason="A slip")
    amend(by=olga(), row=row, facts=ValueFacts(period="2024", value=47), reason="Of December")
    submit_value(by=olga(), row=row)
    accept_value(by=dora(), row=row)
    assert (row.state, row.value) == ("accepted", 47)


def test_whoever_wrote_any_of_it_does_not_answer() -> None:
    """One person with two posts writes in the one and may not answer in the other."""
    double = holder("bob", "alternate", office())
    row = submit_value(by=double, row=draft())
    for answer in (lambda: accept_value(by=bob(), row=row), lambda: return_value(by=bob(), row=row, note="?")):
        with pytest.raises(RefusedError, match="bob wrote the value"):
            answer()
    accept_value(by=dora(), row=row)


def test_a_correction_is_of_the_same_period_has_a_reason_and_is_one() -> None:
    row = entered("2024")
    facts = ValueFacts(period="2024", value=43)
    with pytest.raises(RefusedError, match="give a reason"):
        correct_value(by=olga(), row=row, facts=facts, reason="")
    with pytest.raises(RefusedError, match="is of the same period, 2024"):
        correct_value(by=olga(), row=row, facts=ValueFacts(period="2023", value=43), reason="A slip")
    new = correct_value(by=olga(), row=row, facts=facts, reason="A slip")
    with pytest.raises(RefusedError, match="is on its way"):
        correct_value(by=olga(), row=row, facts=facts, reason="A slip")
    with pytest.raises(RefusedError, match="cannot be withdrawn"):
        withdraw(by=olga(), row=row, reason="Wrong")
    withdraw(by=olga(), row=new, reason="It was right")
    from_paper = correct_value(by=bob(), row=row, facts=facts, reason="A slip", paper=YEARBOOK)
    assert from_paper.state == "submitted"
    accept_value(by=dora(), row=from_paper)
    row.refresh_from_db()
    assert (row.state, row.value) == ("corrected", 40)


def test_what_took_the_place_of_another_value_is_corrected_again_and_never_withdrawn() -> None:
    row = entered("2024")
    new = correct_value(by=olga(), row=row, facts=ValueFacts(period="2024", value=43), reason="A slip")
    accept_value(by=bob(), row=submit_value(by=olga(), row=new))
    with pytest.raises(RefusedError, match="took the place of another one"):
        withdraw(by=olga(), row=new, reason="Wrong")
    again = correct_value(by=olga(), row=new, facts=ValueFacts(period="2024", value=40), reason="It was right")
    accept_value(by=bob(), row=submit_value(by=olga(), row=again))
    assert [one.value for one in NationalValue.objects.accepted()] == [40]


def test_a_first_value_that_was_accepted_is_withdrawn() -> None:
    row = accept_value(by=bob(), row=submit_value(by=olga(), row=draft()))
    withdraw(by=olga(), row=row, reason="Of another survey")
    assert draft().state == "draft"


def from_yearbook(paper: Paper = YEARBOOK) -> NationalValue:
    """A value that the officer entered for the statistical office."""
    entry = PaperValue(indicator(), office(), ValueFacts(period="2024", value=45), paper)
    return enter_values(by=bob(), network=network(), entries=[entry])[0]


def test_what_the_body_hands_in_itself_is_no_longer_from_the_paper() -> None:
    book = Paper(date(2026, 2, 1), document("yearbook", network=network(), classification="network"))
    row = return_value(by=dora(), row=from_yearbook(book), note="Which month?")
    amend(by=olga(), row=row, facts=ValueFacts(period="2024", value=47), reason="Of December")
    assert row.entered_for, "until it hands it in"
    submit_value(by=olga(), row=row)
    row.refresh_from_db()
    assert (row.paper, row.paper_words, row.paper_date, row.entered_for) == (None, "", None, False)
    (told,) = Event.objects.get(verb="value.submitted").detail.words["rows"]
    assert (told["before"]["paper_date"], told["after"]["paper_date"]) == ("2026-02-01", None)
    return_value(by=dora(), row=row, note="And of which region?")
    with pytest.raises(RefusedError, match="may not enter values of indicators"):
        submit_value(by=bob(), row=row)


def test_what_an_officer_hands_in_again_for_the_body_stays_from_the_paper() -> None:
    row = return_value(by=dora(), row=from_yearbook(), note="Which month?")
    submit_value(by=bob(), row=row)
    row.refresh_from_db()
    assert (row.paper_words, row.paper_date) == (YEARBOOK.words, YEARBOOK.date)


def test_a_paper_and_an_acceptance_are_of_no_day_to_come() -> None:
    typo = Paper(date(2062, 2, 1), words="Yearbook")
    with pytest.raises(InputError, match="the paper of 2062-02-01: the day is still to come"):
        from_yearbook(typo)
    row = entered("2023")
    facts = ValueFacts(period="2023", value=43)
    with pytest.raises(InputError, match="the day is still to come"):
        correct_value(by=bob(), row=row, facts=facts, reason="A slip", paper=typo)
    operator = Actor.operator(today=TODAY)
    late = PaperValue(indicator(), office(), ValueFacts(period="2024", value=45), YEARBOOK, date(2062, 2, 10))
    with pytest.raises(RefusedError, match="cannot have been accepted after today, 2026-06-01"):
        enter_values(by=operator, network=network(), entries=[late])
    same_day = Paper(TODAY, words="Yearbook")
    today = PaperValue(indicator(), office(), ValueFacts(period="2024", value=45), same_day, TODAY)
    assert enter_values(by=operator, network=network(), entries=[today])[0].accepted_on == TODAY


def test_an_officer_enters_what_was_handed_in_and_an_import_what_was_accepted() -> None:
    entry = PaperValue(indicator(), office(), ValueFacts(period="2024", value=45), YEARBOOK, date(2026, 2, 10))
    with pytest.raises(RefusedError, match="only an import brings what was accepted"):
        enter_values(by=bob(), network=network(), entries=[entry])
    early = PaperValue(indicator(), office(), ValueFacts(period="2024", value=45), YEARBOOK, date(2026, 1, 31))
    with pytest.raises(RefusedError, match="cannot have been accepted before its paper"):
        enter_values(by=OPERATOR, network=network(), entries=[early])
    with pytest.raises(RefusedError, match="is not an indicator of the network other-network"):
        enter_values(by=OPERATOR, network=network("other-network"), entries=[entry])
    assert enter_values(by=OPERATOR, network=network(), entries=[entry])[0].state == "accepted"


def test_a_body_gives_one_value_for_a_period_and_another_body_its_own() -> None:
    draft()
    with pytest.raises(RefusedError, match="has given a value of the indicator for this period already"):
        draft()
    draft(of="si_rmt_cost")
    with pytest.raises(RefusedError, match="has given a value of the indicator for this period already"):
        draft(of="si_rmt_cost")
    assert NationalValue.objects.count() == 2


def test_a_document_of_another_network_is_not_named() -> None:
    far = document("far", network=network("other-network"), classification="network")
    with pytest.raises(RefusedError, match="not for the members of the network qor-network"):
        draft(value=45, document=far)
    with pytest.raises(RefusedError, match="may not"):
        enter_value(by=charlie(), of=indicator(), organisation=office(), facts=ValueFacts(period="2024", value=1))
