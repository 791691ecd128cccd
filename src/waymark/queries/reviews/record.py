"""What the record says for one review: findings, evidence, positions, recommendations and conflicting claims."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from waymark.gcm.frameworks import objective_of_code
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.reviews.views import (
    ClaimView,
    ConflictView,
    FactView,
    FindingView,
    PositionView,
    RecommendationView,
)
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import iso, said
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.documents import Document
from waymark.records.frameworks import Crosswalk, Framework, Position
from waymark.records.meetings import Meeting
from waymark.records.networks import Network
from waymark.records.organisations import OrganisationName
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reviews import Finding, Recommendation, Review
from waymark.records.viewers import Viewer


def review_of(place: str, cycle: str, viewer: Viewer) -> Review | None:
    """The place's review of a cycle, None when the record has none yet."""
    return (
        Review.objects.visible_to(viewer)
        .filter(place__code=place, cycle__code=cycle)
        .select_related("publishing_body", "cycle", "network")
        .order_by("code")
        .first()
    )


def findings_of(
    review: Review | None, *, viewer: Viewer, language: str, sources: SourceBook
) -> dict[int | None, list[FindingView]]:
    """Findings by objective; None holds those about the whole review or another framework."""
    found: dict[int | None, list[FindingView]] = defaultdict(list)
    if review is None:
        return found
    rows = (
        Finding.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("provision__framework", "drafted_by")
        .order_by("provision__position", "kind", "position", "id")
    )
    for row in rows:
        drafted = row.drafted_by_words or (said(row.drafted_by.title, language) if row.drafted_by else "")
        found[_objective(row)].append(
            FindingView(
                kind=row.kind,
                text=said(row.text, language),
                drafted_by=drafted,
                confirmed=row.confirmed_on is not None,
                source=sources.of_record(row, group=f"findings of {said(review.title, language) or review.code}"),
            )
        )
    return found


def _objective(row: Finding) -> int | None:
    return objective_of_code(row.provision.framework.code, row.provision.code) if row.provision else None


def positions_of(
    place: str, *, viewer: Viewer, day: date, language: str, organisations: OrganisationBook, sources: SourceBook
) -> tuple[PositionView, ...]:
    """What the country and its organisations think of whole frameworks (answers to recommendations stand elsewhere)."""
    rows = (
        Position.objects.visible_to(viewer)
        .filter(framework__isnull=False)
        .filter(_of_place(place))
        .select_related("framework", "place")
        .order_by("date", "id")
    )
    views = []
    for row in rows:
        if row.date is not None and row.date > day:
            continue
        holder = organisations.name(row.organisation_id) if row.organisation_id else said(row.place.name, language)  # type: ignore[union-attr]  # one of both is set
        views.append(
            PositionView(
                holder=holder,
                subject=said(row.framework.title, language) if row.framework else "",
                stance=row.get_stance_display(),
                date=iso(row.date),
                text=said(row.text, language),
                source=sources.of_record(row, group="positions"),
                mark=row.mark,
                note=row.note,
            )
        )
    return tuple(views)


def _of_place(place: str) -> Q:
    return Q(place__code=place) | Q(organisation__place__code=place)


def recommendations_of(
    place: str,
    cycle: str,
    commitments: tuple[CommitmentView, ...],
    *,
    viewer: Viewer,
    day: date,
    language: str,
    sources: SourceBook,
) -> tuple[RecommendationView, ...]:
    """Recommendations of a cycle's review and what became of them, by the commitments that answer each."""
    rows = list(
        Recommendation.objects.visible_to(viewer)
        .filter(place__code=place, review__cycle__code=cycle)
        .select_related("provision__framework")
        .order_by("provision__position", "id")
    )
    provisions = [row.provision_id for row in rows]
    stances: dict[int, Position] = {}
    for position in Position.objects.visible_to(viewer).filter(provision_id__in=provisions).order_by("date", "id"):
        if position.provision_id is not None and (position.date is None or position.date <= day):
            stances[position.provision_id] = position
    concerns = defaultdict(set)
    links = Crosswalk.objects.visible_to(viewer).filter(from_provision_id__in=provisions)
    for link in links.select_related("to_provision__framework"):
        number = objective_of_code(link.to_provision.framework.code, link.to_provision.code)
        if number is not None:
            concerns[link.from_provision_id].add(number)
    answering = defaultdict(list)
    for item in commitments:
        for provision in item.answers:
            answering[provision].append(item)
    views = []
    for row in rows:
        stance = stances.get(row.provision_id)
        answers = answering.get(row.provision.code, [])
        views.append(
            RecommendationView(
                code=row.provision.code,
                text=said(row.provision.text or row.provision.title, language),
                objectives=tuple(sorted(concerns[row.provision_id])),
                stance=stance.get_stance_display() if stance else "",
                stance_text=said(stance.text, language) if stance else "",
                status=followed_up([item.state for item in answers]),
                commitments=tuple((item.code, item.title, item.state) for item in answers),
                source=sources.of_record(row, group=f"recommendations of {cycle}"),
            )
        )
    return tuple(views)


def followed_up(states: list[str]) -> str:
    """What became of a recommendation, from the states of the commitments that answer it.

    "completed" when all that were not dropped are completed, "acted on" when one is agreed or under way or completed,
    "dropped" when all were dropped or superseded, "open" when nothing answers it or all is only proposed.
    """
    going = [state for state in states if state not in ("dropped", "superseded")]
    if states and not going:
        return "dropped"
    if going and all(state == "completed" for state in going):
        return "completed"
    if any(state in ("agreed", "under_way", "completed") for state in going):
        return "acted on"
    return "open"


def claims_of(
    place: str, *, viewer: Viewer, language: str, sources: SourceBook
) -> tuple[tuple[ConflictView, ...], tuple[FactView, ...]]:
    """What sources claim about the records of a place: conflicts, and claims that stand alone."""
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in (
        Claim.objects.visible_to(viewer).filter(network__place__code=place).order_by("subject", "attribute", "id")
    ):
        grouped[(claim.subject, claim.attribute)].append(claim)
    chosen = {(c.subject, c.attribute): c for c in ClaimChoice.objects.visible_to(viewer).select_related("claim")}
    words = subjects_in_words({subject for subject, _ in grouped}, viewer, language)
    conflicts, facts = [], []
    for (subject, attribute), claims in grouped.items():
        if len({claim.value for claim in claims}) < 2:
            facts.append(fact_view(claims[0], words.get(subject, ""), sources))
            continue
        choice = chosen.get((subject, attribute))
        rule = f"{choice.get_rule_display()}: {said(choice.reason, language)}" if choice else ""
        shown = tuple(
            claim_view(claim, choice is not None and claim.id == choice.claim_id, sources) for claim in claims
        )
        conflicts.append(ConflictView(subject, words.get(subject, ""), attribute, shown, rule))
    return tuple(conflicts), tuple(facts)


def claim_view(claim: Claim, chosen: bool, sources: SourceBook) -> ClaimView:
    """One of several conflicting claims."""
    return ClaimView(claim.value, sources.of_record(claim), chosen, claim.mark, claim.note)


def fact_view(claim: Claim, subject_words: str, sources: SourceBook) -> FactView:
    """A claim that stands alone."""
    return FactView(
        subject_words, claim.attribute, claim.value, iso(claim.date), sources.of_record(claim), claim.mark, claim.note
    )


def subjects_in_words(urns: set[str], viewer: Viewer, language: str) -> dict[str, str]:
    """The names of the records that claims are about, by URN; one that the viewer may not see is left out."""
    words = {row.organisation.urn: said(row.name, language) for row in _names(urns, viewer)}
    named: tuple[tuple[type[Record], str], ...] = (
        (Network, "name"),
        (Framework, "title"),
        (Document, "title"),
        (Meeting, "title"),
        (Place, "name"),
    )
    for model, field in named:
        for row in model._default_manager.visible_to(viewer).filter(urn__in=urns):  # type: ignore[attr-defined]  # every record's manager has it
            words[row.urn] = said(getattr(row, field), language)
    return words


def _names(urns: set[str], viewer: Viewer) -> QuerySet[OrganisationName]:
    return (
        OrganisationName.objects.visible_to(viewer)
        .filter(organisation__urn__in=urns)
        .select_related("organisation")
        .order_by("from_date", "id")
    )
