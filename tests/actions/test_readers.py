"""Who is named to read a strictly confidential record is named where it lies, too, and the record counts the change."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories.classes import classify
from tests.factories.commitments import commitment
from tests.factories.documents import document
from tests.factories.networks import network
from tests.factories.people import TODAY, alice, bob, charlie, dora, emil, person
from tests.factories.reports import accepted
from tests.factories.reviews import review
from waymark.actions.amending import amend
from waymark.actions.commitments import CommitmentFacts
from waymark.actions.delegations import DelegationFacts, delegate
from waymark.actions.facts import facts_of
from waymark.actions.readers import dismiss_readers, name_readers
from waymark.actions.reviews import CitationFacts, FindingFacts, add_finding, cite
from waymark.gcm.errors import RefusedError, StaleError
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.events import Event
from waymark.records.people import NamedReader
from waymark.records.reports import ProgressReport
from waymark.records.reviews import Citation, Finding
from waymark.records.viewers import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

STRICT = "strictly_confidential"


def nested(outer: str = STRICT) -> tuple[Commitment, ProgressReport]:
    """A strictly confidential report on a commitment."""
    row = commitment(classification=outer)
    report = accepted()
    ProgressReport.objects.update(classification=STRICT, effective=STRICT, sealed_by=report.urn)
    report.refresh_from_db()
    return row, report


def named(row: Any) -> set[str]:
    return set(NamedReader.objects.filter(urn=row.urn).values_list("person__code", flat=True))


def test_naming_counts_a_version_and_is_told() -> None:
    row = commitment(classification=STRICT)
    stale = Commitment.objects.get()
    name_readers(by=bob(), record=row, persons=[person("ivo"), person("kim")])
    assert (row.version, Commitment.objects.get().version) == (2, 2)
    assert named(row) == {"ivo", "kim"}
    words = Event.objects.get(verb="record.readers.named").detail.words
    assert words["changes"]["persons"] == [person("ivo").urn, person("kim").urn]
    with pytest.raises(StaleError):
        name_readers(by=bob(), record=stale, persons=[person("lee")])
    name_readers(by=bob(), record=row, persons=[person("ivo")])
    assert row.version == 2  # nothing differs


def test_nobody_names_himself_nor_for_whom_he_acts() -> None:
    row = commitment(classification=STRICT)
    lent = DelegationFacts(from_date=TODAY, to_date=TODAY, reason="On leave")
    given = delegate(by=bob(), person=alice().person, facts=lent)  # type: ignore[arg-type]
    actor = replace(alice(), delegation=given)
    for by, who in ((bob(), "bob"), (actor, "alice"), (actor, "bob")):
        with pytest.raises(RefusedError, match="Nobody names himself"):
            name_readers(by=by, record=row, persons=[person("ivo"), person(who)])
    assert named(row) == set()


@pytest.mark.parametrize("actor", [alice, dora, emil, charlie])
def test_only_an_officer_of_the_keeper_names(actor: Any) -> None:
    row = commitment(classification=STRICT)
    with pytest.raises(RefusedError, match="may not create posts"):
        name_readers(by=actor(), record=row, persons=[person("ivo")])
    with pytest.raises(RefusedError, match="may not create posts"):
        dismiss_readers(by=actor(), record=row, persons=[person("ivo")], reason="No")


def test_a_person_of_another_network_is_not_named() -> None:
    row = commitment(classification=STRICT)
    with pytest.raises(RefusedError, match="The person zoe is not for the members of the network qor-network"):
        name_readers(by=bob(), record=row, persons=[person("zoe", network("other-network"))])


def test_readers_of_what_lies_inside_are_named_outside_first() -> None:
    outer, inner = nested()
    with pytest.raises(RefusedError) as refusal:
        name_readers(by=bob(), record=inner, persons=[person("ivo")])
    assert str(refusal.value).startswith("ivo is not named to read the commitment qor-m-001, in which ")
    name_readers(by=bob(), record=outer, persons=[person("ivo"), person("kim")])
    name_readers(by=bob(), record=inner, persons=[person("ivo")])
    for whole in ("ivo", "kim"):  # who is named for the whole reads what lies in it
        assert ProgressReport.objects.visible_to(Viewer(person=whole)).exists()
    assert not ProgressReport.objects.visible_to(Viewer(person="lee")).exists()


def test_what_lies_in_two_sealed_records_is_read_by_who_is_named_for_both_and_for_it() -> None:
    whole = add_finding(by=bob(), review=review(), facts=FindingFacts(kind="challenge", text="A case"))
    paper = document("court", network=network())
    row = cite(by=bob(), finding=whole, facts=CitationFacts(document=paper, quotation="Hidden"))
    for model in (Finding, Document):
        classify(model._default_manager.all(), STRICT)
    row.refresh_from_db()
    whole.refresh_from_db()
    paper.refresh_from_db()
    assert row.sealed_by == row.urn
    name_readers(by=bob(), record=whole, persons=[person("ivo"), person("kim")])
    name_readers(by=bob(), record=paper, persons=[person("kim")])

    def read(who: str) -> bool:
        return Citation.objects.visible_to(Viewer(person=who)).exists()

    assert not read("ivo")
    assert not read("kim")
    with pytest.raises(RefusedError, match="ivo is not named to read the document court"):
        name_readers(by=bob(), record=row, persons=[person("ivo")])
    name_readers(by=bob(), record=row, persons=[person("kim")])
    assert read("kim")
    dismiss_readers(by=bob(), record=paper, persons=[person("kim")], reason="Left")
    assert not read("kim")


def test_who_is_dismissed_reads_nothing_inside_either() -> None:
    outer, inner = nested()
    for row in (outer, inner):
        name_readers(by=bob(), record=row, persons=[person("ivo"), person("kim")])
    with pytest.raises(RefusedError, match="Say why"):
        dismiss_readers(by=bob(), record=outer, persons=[person("ivo")], reason="")
    with pytest.raises(RefusedError, match="lee is not named"):
        dismiss_readers(by=bob(), record=outer, persons=[person("lee")], reason="Left")
    version = ProgressReport.objects.get().version
    dismiss_readers(by=bob(), record=outer, persons=[person("ivo")], reason="Left")
    assert (named(outer), named(inner)) == ({"kim"}, {"kim"})
    assert ProgressReport.objects.get().version == version + 1
    words = Event.objects.get(verb="record.readers.dismissed").detail.words["changes"]
    assert words["reason"] == {"en": "Left"}


def test_a_record_that_becomes_strict_keeps_inside_whom_it_names() -> None:
    outer, inner = nested("restricted")
    name_readers(by=bob(), record=inner, persons=[person("ivo"), person("kim")])
    name_readers(by=bob(), record=outer, persons=[person("kim")])
    facts = replace(facts_of(outer, CommitmentFacts), classification=STRICT)
    amend(by=bob(), row=outer, facts=facts, reason="A court case")
    assert named(inner) == {"kim"}
    words = Event.objects.get(verb="commitment.amended").detail.words["changes"]
    assert words["readers_lost"] == [inner.urn]
