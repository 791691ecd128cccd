"""What the record says for one review: findings, evidence, positions, recommendations and conflicting claims."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import DateField, F, Value

from waymark.gcm.cycles import cycle as cycle_called
from waymark.gcm.frameworks import objective_of_code
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.national import National
from waymark.queries.nested import Nested
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.reviews.editions import published, taken_back
from waymark.queries.reviews.positions import Positions, positions_read
from waymark.queries.reviews.views import (
    AdviceView,
    ClaimView,
    ConflictView,
    FactView,
    FindingView,
    RecommendationView,
)
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import in_language, iso
from waymark.records.claims import ChoiceRule, Claim, ClaimChoice
from waymark.records.documents import Document
from waymark.records.frameworks import Crosswalk, Framework, Provision
from waymark.records.indicators import NationalIndicator
from waymark.records.meetings import Meeting
from waymark.records.networks import Network
from waymark.records.organisations import OrganisationName
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reviews import Citation, Finding, Recommendation, Review
from waymark.records.viewers import Viewer


def reviews_of(place: str, cycles: Collection[str], viewer: Viewer, chosen: str = "") -> dict[str, Review]:
    """The place's review of each cycle, by the code of the cycle; without those that the record has not.

    Of several reviews in one cycle it is the one that has the code `chosen`, else the first by code.
    """
    rows = Review.objects.visible_to(viewer).filter(place__code=place, cycle__code__in=cycles)
    rows = rows.annotate(published=published(viewer).within(), taken_back=taken_back(viewer).within())
    found: dict[str, Review] = {}
    for row in rows.select_related("publishing_body", "cycle", "network").order_by("code"):
        if row.code == chosen:
            found[row.cycle.code] = row
        found.setdefault(row.cycle.code, row)
    return found


def findings_read(reviews: Collection[Review], viewer: Viewer) -> dict[int, list[Finding]]:
    """The findings of some reviews in their order, by review; without what they are about, where that is not for all.

    A finding that everybody reads may be about a recommendation that is for the network alone.
    """
    found: dict[int, list[Finding]] = defaultdict(list)
    if reviews:
        rows = Finding.objects.visible_to(viewer).filter(review__in=reviews)
        rows = rows.select_related("provision__framework", "drafted_by").annotate(cited=cited(viewer).within())
        ordered = list(rows.order_by("provision__position", "kind", "position", "id"))
        apart = {row.provision.pk for row in ordered if row.provision and row.provision.effective != "public"}
        seen = Provision.objects.visible_to(viewer).filter(pk__in=apart).values_list("pk", flat=True) if apart else ()
        hidden = apart - set(seen)
        for row in ordered:
            if row.provision_id in hidden:
                row.provision = None
            found[row.review_id].append(row)
    return found


class Cited(NamedTuple):
    """What a finding cites: the global id of a national value, an observation, a document's file, or another record."""

    value: str | None
    dataset_hash: str
    series: str
    place_code: str
    period: str
    dimensions: str
    sha256: str | None
    page: str
    quotation: str
    classification: str
    document: int | None
    address: str | None
    progress_report: int | None
    commitment: int | None
    statement: int | None
    contribution: int | None
    claim: int | None


CITED = tuple(
    {"value": "national_value__urn", "sha256": "document__sha256", "address": "document__url"}.get(name, name)
    for name in Cited._fields
)
"""The fields of a citation in the order of `Cited`."""


def cited(viewer: Viewer) -> Nested:
    """What each finding cites."""
    return Nested(Citation.objects.visible_to(viewer), "finding", CITED)


def citations_of(rows: Sequence[Finding], viewer: Viewer) -> list[list[Cited]]:
    """What each of some findings cites that `findings_read` read, in the order in which it was entered."""
    known = cited(viewer)
    return [[Cited(*one) for one in known.read(row.cited)] for row in rows]  # type: ignore[attr-defined]  # by it


def findings_of(
    review: Review | None,
    *,
    viewer: Viewer,
    language: str,
    sources: SourceBook,
    rows: dict[int, list[Finding]] | None = None,
    national: National | None = None,
    documents: Mapping[int, list[str]] = MappingProxyType({}),
) -> dict[int | None, list[FindingView]]:
    """Findings by objective; None holds those about the whole review or another framework.

    `rows` are those of `findings_read`, when they were read before. What a finding cites are its sources: values of
    `national`, and `documents` by the key of its row; the record is the source of one that cites none of these.
    """
    found: dict[int | None, list[FindingView]] = defaultdict(list)
    if review is None:
        return found
    known = findings_read([review], viewer) if rows is None else rows
    own = known.get(review.id, [])
    group = f"findings of {in_language(review.title, language) or review.code}"
    for row, some in zip(own, citations_of(own, viewer), strict=True):
        urns = [one.value for one in some if one.value]
        values = [national.sources[urn] for urn in urns if urn in national.sources] if national else []
        named = [*documents.get(row.pk, ()), *map(sources.add, values)]
        if row.source:
            named.insert(0, sources.of_record(row, group=group))
        found[_objective(row)].append(
            FindingView(
                kind=row.kind,
                text=in_language(row.text, language),
                drafted_by=drafted_by(row, language),
                confirmed=row.confirmed_on is not None,
                source="\n".join(dict.fromkeys(named)) or sources.of_record(row, group=group),
                mark=row.mark,
                provision=row.provision.urn_code() if row.provision else "",
                about=_about(row, language),
            )
        )
    return found


def drafted_by(row: Finding, language: str) -> str:
    """Who drafted a finding: the words for it, else the title of the post."""
    return row.drafted_by_words or (in_language(row.drafted_by.title, language) if row.drafted_by else "")


def _about(row: Finding, language: str) -> str:
    """What a finding on another text or on a principle is about, in words."""
    if row.provision is None or _objective(row) is not None:
        return ""
    named = in_language(row.provision.title, language) or in_language(row.provision.label, language)
    return f"{in_language(row.provision.framework.title, language)}, {row.provision.code}: {named}".rstrip(": ")


def _objective(row: Finding) -> int | None:
    return objective_of_code(row.provision.framework.code, row.provision.code) if row.provision else None


@dataclass(frozen=True, slots=True)
class Concerned:
    """A recommendation with the objectives that it is tied to, and the provisions that it concerns, as "gcm:7"."""

    row: Recommendation
    objectives: tuple[int, ...]
    concerns: tuple[str, ...]


def recommendations_read(place: str, cycles: Collection[str], viewer: Viewer) -> dict[str, list[Concerned]]:
    """The recommendations of a place's reviews of some cycles, by the code of the cycle, in their order."""
    links = Crosswalk.objects.visible_to(viewer).filter(to_provision__in=Provision.objects.visible_to(viewer))
    to = ("to_provision__framework__code", "to_provision__code", "relation")
    concerned = Nested(links, "from_provision", to, outer="provision_id")
    rows = (
        Recommendation.objects.visible_to(viewer)
        .filter(place__code=place, review__cycle__code__in=cycles)
        .select_related("provision__framework", "review__cycle")
        .annotate(concerned=concerned.within())
        .order_by("provision__position", "id")
    )
    found: dict[str, list[Concerned]] = defaultdict(list)
    for row in rows:
        ties = concerned.read(row.concerned)
        numbers = tuple(sorted({n for text, code, _ in ties if (n := objective_of_code(text, code))}))
        codes = tuple(f"{text}:{code}" for text, code, relation in ties if relation == "concerns")
        found[row.review.cycle.code if row.review else ""].append(Concerned(row, numbers, codes))
    return found


def recommended_by(
    review: Review | None,
    rows: Sequence[Concerned],
    *,
    language: str,
    organisations: OrganisationBook,
    sources: SourceBook,
) -> tuple[AdviceView, ...]:
    """What a review itself recommends, of the rows of its cycle."""
    return tuple(
        AdviceView(
            code=one.row.provision.code,
            text=in_language(one.row.provision.text or one.row.provision.title, language),
            objectives=one.objectives,
            addressee=organisations.name(one.row.addressee_id) if one.row.addressee_id else "",
            source=sources.of_record(one.row, group="recommendations of this review"),
        )
        for one in rows
        if review is not None and one.row.review_id == review.pk
    )


def recommendations_of(
    place: str,
    cycle: str,
    commitments: tuple[CommitmentView, ...],
    *,
    viewer: Viewer,
    day: date,
    language: str,
    sources: SourceBook,
    rows: Sequence[Concerned] | None = None,
    positions: Positions | None = None,
) -> tuple[RecommendationView, ...]:
    """Recommendations of a cycle's review and what became of them, by the commitments that answer each.

    `rows` are those of `recommendations_read`, `positions` those of `positions_read`, when they were read before.
    """
    read = recommendations_read(place, (cycle,), viewer)[cycle] if rows is None else rows
    provisions = [one.row.provision_id for one in read]
    taken = positions_read(place, viewer, provisions) if positions is None else positions
    stances = {row.provision_id: row for row in taken.up_to(day)}
    answering = defaultdict(list)
    for item in commitments:
        for framework, provision in item.ties:
            if provision in item.answers:
                answering[framework, provision].append(item)
    views = []
    for one in read:
        row = one.row
        stance = stances.get(row.provision_id)
        answers = answering.get((row.provision.framework.code, row.provision.code), [])
        views.append(
            RecommendationView(
                code=row.provision.code,
                text=in_language(row.provision.text or row.provision.title, language),
                objectives=one.objectives,
                stance=stance.get_stance_display() if stance else "",
                stance_text=in_language(stance.text, language) if stance else "",
                status=followed_up([item.state for item in answers]),
                commitments=tuple((item.code, item.title, item.state) for item in answers),
                source=sources.of_record(
                    row, group=f"recommendations from the cycle of the {cycle_called(cycle).title}"
                ),
            )
        )
    return tuple(views)


def followed_up(states: list[str]) -> str:
    """What became of a recommendation, from the states of the commitments that answer it.

    "completed" when all that were not dropped are completed, "acted on" when one is under way or completed, "planned"
    when one is agreed and none has begun, "dropped" when all were dropped or superseded, "open" when nothing answers it
    or all is only proposed.
    """
    going = [state for state in states if state not in ("dropped", "superseded")]
    if states and not going:
        return "dropped"
    if going and all(state == "completed" for state in going):
        return "completed"
    if any(state in ("under_way", "completed") for state in going):
        return "acted on"
    return "planned" if "agreed" in going else "open"


def claims_of(
    place: str, *, viewer: Viewer, language: str, sources: SourceBook
) -> tuple[tuple[ConflictView, ...], tuple[FactView, ...]]:
    """What sources claim about the records of a place: conflicts, and claims that stand alone."""
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    choices = Nested(ClaimChoice.objects.visible_to(viewer), "claim", ("subject", "attribute", "rule", "reason"))
    chosen: dict[tuple[str, str], tuple[int, str]] = {}
    rows = Claim.objects.visible_to(viewer).filter(network__place__code=place).annotate(chosen=choices.within())
    rows = rows.select_related("document").defer("document__fingerprint")
    for claim in rows.order_by("subject", "attribute", "id"):
        grouped[(claim.subject, claim.attribute)].append(claim)
        for subject, attribute, rule, reason in choices.read(claim.chosen):
            chosen[(subject, attribute)] = (claim.id, f"{ChoiceRule(rule).label}: {in_language(reason, language)}")
    words = subjects_in_words({subject for subject, _ in grouped}, viewer, language)
    conflicts, facts = [], []
    for (subject, attribute), claims in grouped.items():
        if len({claim.value for claim in claims}) < 2:
            facts.append(fact_view(claims[0], words.get(subject, ""), sources))
            continue
        choice, rule = chosen.get((subject, attribute), (None, ""))
        shown = tuple(claim_view(claim, claim.id == choice, sources) for claim in claims)
        conflicts.append(ConflictView(subject, words.get(subject, ""), attribute, shown, rule))
    return tuple(conflicts), tuple(facts)


def claim_view(claim: Claim, chosen: bool, sources: SourceBook) -> ClaimView:
    """One of several conflicting claims."""
    return ClaimView(claim.value, _source_of_claim(claim, sources), chosen, claim.mark, claim.note)


def fact_view(claim: Claim, subject_words: str, sources: SourceBook) -> FactView:
    """A claim that stands alone."""
    source = _source_of_claim(claim, sources)
    return FactView(subject_words, claim.attribute, claim.value, iso(claim.date), source, claim.mark, claim.note)


def _source_of_claim(claim: Claim, sources: SourceBook) -> str:
    """The document in which a claim stands, with its page; else what it cites in words.

    A claim lies in its document: who may see the one may see the other.
    """
    if claim.document is not None:
        return sources.of_document(claim.document, claim.page or claim.locator)
    return sources.of_record(claim)


NAMED: tuple[tuple[type[Record], str, str, str], ...] = (
    (OrganisationName, "organisation__urn", "name", "from_date"),
    (Network, "urn", "name", ""),
    (Framework, "urn", "title", ""),
    (Document, "urn", "title", ""),
    (Meeting, "urn", "title", ""),
    (Place, "urn", "name", ""),
    (NationalIndicator, "urn", "title", ""),
)
"""Nouns that claims are about: where their URN, their name and the first day of the name stand."""


def subjects_in_words(urns: set[str], viewer: Viewer, language: str) -> dict[str, str]:
    """The names of the records that claims are about, by URN; one that the viewer may not see is left out.

    Of several names of an organisation the latest. All nouns are asked for by one statement.
    """
    if not urns:
        return {}
    parts = [
        model._default_manager.visible_to(viewer)  # type: ignore[attr-defined]  # every record's manager has it
        .filter(**{f"{urn}__in": urns})
        .order_by()
        .values_list(urn, field, F(first) if first else Value(None, DateField()), "id")
        for model, urn, field, first in NAMED
    ]
    found = parts[0].union(*parts[1:], all=True)
    ordered = sorted(found, key=lambda row: (row[2] or date.min, row[3]))
    return {urn: in_language(words, language) for urn, words, _, _ in ordered}
