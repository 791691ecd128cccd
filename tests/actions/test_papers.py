"""No act names a document that the members of the network do not read: naming it would show it to them."""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.documents import added, document
from tests.factories.frameworks import framework
from tests.factories.indicators import entered as value
from tests.factories.indicators import indicator, office
from tests.factories.meetings import meeting
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, dora, emil, holder, person, post
from tests.factories.reports import LETTER, accepted, report
from tests.factories.reviews import review
from tests.factories.workplans import period
from waymark.actions.acts import ACTS
from waymark.actions.amending import AMENDABLE, amend
from waymark.actions.appointments import HoldingFacts, appoint, end_holding
from waymark.actions.claims import ClaimFacts, record_claim
from waymark.actions.commitments import agree, complete, drop, match, start, supersede, tie
from waymark.actions.consultations import ContributionFacts, contribute
from waymark.actions.documents import DocumentFacts
from waymark.actions.documents.correcting import correct_facts
from waymark.actions.facts import Facts, Paper, facts_of
from waymark.actions.indicators import PaperValue, ValueFacts, correct_value, enter_value, enter_values
from waymark.actions.meetings import MeetingFacts, hold
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.reports import Filed, Proof, correct, draft, enter_reports, hand_in, revise
from waymark.actions.reviews import CitationFacts, FindingFacts, SourceFacts, add_finding, add_source, cite
from waymark.gcm.errors import RefusedError
from waymark.records.documents import Document
from waymark.records.networks import Network
from waymark.records.record import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

DAY = date(2025, 2, 3)

NAMES_NONE_OF_OTHERS = {
    "consultations.contribute_anonymously": "takes no paper; the facts of a contribution name no document",
    "documents.adding._write": "is a step of adding a document, tried by that",
    "reviews.clearing.clear": "takes a paper from the operator only, who reads all; a page names none that is hidden",
    "reviews.publishing.publish": "as above",
    "reviews.publishing.withdraw_edition": "as above",
}
"""Acts that are given a document, and why another network's is not refused there."""


def moved(act: Callable[..., Any], *before: Callable[..., Any], **more: Any) -> Callable[[Document], None]:
    """A step of a commitment, after others, entered from the document."""

    def done(paper: Document) -> None:
        row = commitment("qor-m-steps")
        for step in before:
            step(by=bob(), commitment=row, on=DAY)
        act(by=bob(), commitment=row, on=DAY, paper=Paper(DAY, paper), **more)

    return done


def pledge(code: str, way: str) -> Any:
    return commitment(code, kind="pledge", way=way)


def said(paper: Document) -> Any:
    return report(evidence=(Proof(document=paper),))


def revised(paper: Document) -> None:
    revise(by=alice(), row=draft(by=alice(), report=report(period=period("r"))), report=said(paper))


def corrected(paper: Document) -> None:
    correct(by=bob(), row=accepted(), report=report(), reason="A second letter", paper=Paper(DAY, paper))


def cited(paper: Document) -> None:
    finding = add_finding(by=bob(), review=review(), facts=FindingFacts(kind="challenge", text="Few figures"))
    cite(by=bob(), finding=finding, facts=CitationFacts(document=paper))


def appointed(paper: Document) -> None:
    seat = post("seat", "other", organisation())  # the operator appoints to a post with rights only the first ones
    appoint(by=bob(), post=seat, person=person("ivo"), facts=HoldingFacts(), paper=Paper(DAY, paper))


def left(paper: Document) -> None:
    row = holder("ivo", "observer", organisation()).holding
    assert row
    end_holding(by=bob(), holding=row, on=DAY, paper=Paper(DAY, paper))


def contributed(paper: Document) -> None:
    facts = ContributionFacts(text="Good", organisation=organisation())
    contribute(by=bob(), consultation=consultation(), on=DAY, facts=facts, paper=Paper(DAY, paper))


def taken(paper: Document) -> None:
    stance = PositionFacts(stance="noted")
    take_position(by=bob(), on=framework(), organisation=organisation(), facts=stance, paper=Paper(DAY, paper))


def replaced(former: Document, of: Network) -> None:
    own = document("own", network=network())
    Document.objects.filter(pk=own.pk).update(reading="read", sha256="a" * 64, text_sha256="b" * 64)
    correct_facts(by=bob(), document=own, facts=DocumentFacts(network=of, former=former))


def claimed(paper: Document) -> None:
    facts = ClaimFacts(value="4", source="Gazette", document=paper)
    record_claim(by=bob(), subject=commitment(), attribute="offices", network=network(), facts=facts)


def counted(facts: ValueFacts | None = None, paper: Paper = LETTER) -> None:
    given = facts or ValueFacts(period="2024", value=1)
    enter_values(by=bob(), network=network(), entries=[PaperValue(indicator(), office(), given, paper)])


def recounted(facts: ValueFacts, paper: Paper | None = None) -> None:
    correct_value(by=bob(), row=value(), facts=facts, reason="Counted again", paper=paper or LETTER)


def met(**facts: Any) -> MeetingFacts:
    return MeetingFacts(kind="annual", title="Annual", **facts)


TRIES: dict[str, list[Callable[[Document], object]]] = {
    "appointments.appoint": [appointed],
    "appointments.end_holding": [left],
    "claims.record_claim": [claimed],
    "commitments.carrying.agree": [moved(agree)],
    "commitments.carrying.complete": [moved(complete, agree, start)],
    "commitments.carrying.drop": [moved(drop, reason="No money")],
    "commitments.carrying.start": [moved(start, agree)],
    "commitments.carrying.supersede": [
        lambda paper: moved(supersede, reason="Joined", successor=commitment("qor-m-next"))(paper)
    ],
    "commitments.proposing.match": [
        lambda paper: match(
            by=bob(), matching=pledge("a", "matching"), matched=pledge("b", "individual"), paper=Paper(DAY, paper)
        )
    ],
    "commitments.proposing.tie": [
        lambda paper: tie(by=bob(), commitment=commitment(), ties=(), paper=Paper(DAY, paper))
    ],
    "consultations.contribute": [contributed],
    "documents.correcting.correct_facts": [
        lambda paper: replaced(paper, network()),
        lambda paper: replaced(paper, network("other-network")),
        lambda paper: correct_facts(by=bob(), document=paper, facts=DocumentFacts(title="Ours")),
    ],
    "indicators.entering.enter_values": [
        lambda paper: counted(paper=Paper(DAY, paper)),
        lambda paper: counted(facts=ValueFacts(period="2024", value=1, document=paper)),
    ],
    "indicators.values.correct_value": [
        lambda paper: recounted(ValueFacts(period="2023", value=41, document=paper)),
        lambda paper: recounted(ValueFacts(period="2023", value=41), Paper(DAY, paper)),
    ],
    "indicators.values.enter_value": [
        lambda paper: enter_value(
            by=holder("olga", "focal_point", office()),
            of=indicator(),
            organisation=office(),
            facts=ValueFacts(period="2024", value=1, document=paper),
        )
    ],
    "meetings.hold": [
        lambda paper: hold(by=bob(), network=network(), code="m-minutes", facts=met(minutes=paper)),
        lambda paper: hold(by=bob(), network=network(), code="m-papers", facts=met(papers=(paper,))),
    ],
    "positions.take_position": [taken],
    "reports.entering.enter_reports": [
        lambda paper: enter_reports(by=bob(), filed=[Filed(report(), Paper(DAY, paper))]),
        lambda paper: enter_reports(by=bob(), filed=[Filed(said(paper), LETTER)]),
    ],
    "reports.writing.correct": [corrected],
    "reports.writing.draft": [lambda paper: draft(by=alice(), report=said(paper))],
    "reports.writing.hand_in": [lambda paper: hand_in(by=alice(), report=said(paper))],
    "reports.writing.revise": [revised],
    "reviews.findings.cite": [cited],
    "reviews.sources.add_source": [
        lambda paper: add_source(by=bob(), review=review(), facts=SourceFacts(kind="file", title="A", document=paper))
    ],
}
"""Act → how a document is named by it."""

HIDDEN = {"permission.out_of_reach", "permission.in_network", "document.former_elsewhere"}


def names_a_document(kind: Any, known: tuple[Any, ...] = ()) -> bool:
    """Whether a value of a type brings a document with it."""
    if any(names_a_document(one, known) for one in get_args(kind)):
        return True
    if not inspect.isclass(kind) or kind in known:
        return False
    hints = get_type_hints(kind).values() if dataclasses.is_dataclass(kind) else ()
    return kind is Document or any(names_a_document(one, (*known, kind)) for one in hints)


def given_documents() -> Iterator[str]:
    """The acts that are given a document, as it is, as a paper, as evidence or among facts."""
    for name, act in ACTS.items():
        hints = get_type_hints(inspect.unwrap(act))
        if name.startswith("waymark.") and any(
            names_a_document(hint) for key, hint in hints.items() if key != "return"
        ):
            yield name.removeprefix("waymark.actions.")


def far(code: str = "far") -> Document:
    return document(code, network=network("other-network"), classification="network")


def test_every_act_that_is_given_a_document_is_tried() -> None:
    found = set(given_documents())
    assert found - TRIES.keys() - NAMES_NONE_OF_OTHERS.keys() == set()
    assert TRIES.keys() <= found


@pytest.mark.parametrize(
    ("act", "number"), [(act, number) for act, tries in TRIES.items() for number in range(len(tries))]
)
def test_a_paper_of_another_network_is_named_by_nobody_here(act: str, number: int) -> None:
    dora(), emil()
    with pytest.raises(RefusedError) as refused:
        TRIES[act][number](far())
    assert refused.value.code in HIDDEN
    assert "qor-network" in str(refused.value) or refused.value.code == "document.former_elsewhere"


@pytest.mark.parametrize("act", [act for act in TRIES if act != "documents.correcting.correct_facts"])
def test_one_of_the_own_network_is(act: str) -> None:
    dora(), emil()
    for enters in TRIES[act][:1]:
        enters(document("near", network=network(), classification="network"))


def test_a_document_is_added_as_a_later_version_of_one_of_its_network_only(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="far"):
        added(tmp_path / "new.md", "Words.", by=bob(), tags=False, network=network(), former=far())


def with_document() -> Iterator[tuple[type[Facts], str, bool]]:
    """The facts that can be corrected and name a document: their class, the field, and whether it takes several."""
    for how in AMENDABLE.values():
        for name, hint in get_type_hints(how.facts).items():
            if Document in get_args(hint):
                yield how.facts, name, type(None) not in get_args(hint)


def test_no_correction_names_one() -> None:
    finding = add_finding(by=bob(), review=review(), facts=FindingFacts(kind="challenge", text="Few figures"))
    near, own = (document(code, network=network(), classification="network") for code in ("near", "own"))
    facts = ClaimFacts(value="4", source="Gazette")
    rows: list[Record] = [
        meeting(),
        record_claim(by=bob(), subject=commitment(), attribute="offices", network=network(), facts=facts),
        cite(by=bob(), finding=finding, facts=CitationFacts(document=near)),
        add_source(by=bob(), review=review(), facts=SourceFacts(kind="file", title="A", document=own)),
        enter_value(
            by=holder("olga", "focal_point", office()),
            of=indicator(),
            organisation=office(),
            facts=ValueFacts(period="2024", value=1),
        ),
    ]
    kinds = {AMENDABLE[row.noun].facts: row for row in rows}
    fields = list(with_document())
    assert {kind for kind, _, _ in fields} == kinds.keys()
    for kind, name, several in fields:
        now = facts_of(kinds[kind], kind)
        with pytest.raises(RefusedError, match="The document far is not for the members of the network qor-network"):
            amend(
                by=holder("olga", "focal_point", office()) if kind is ValueFacts else bob(),
                row=kinds[kind],
                facts=replace(now, **{name: (far(),) if several else far()}),
                reason="A slip",
            )
