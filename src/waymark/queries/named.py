"""Rows that somebody names by a code: the one way from the words at a door to the row that an act takes.

Each function gives the row, or None when there is none that the viewer may see.
"""

from datetime import date

from django.db.models import Q

from waymark.records.commitments import Commitment
from waymark.records.documents import Document, Passage
from waymark.records.events import Event
from waymark.records.frameworks import Framework, Provision
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import PostHolding
from waymark.records.permissions import in_office
from waymark.records.places import Place
from waymark.records.reports import ProgressReport, ReportingPeriod
from waymark.records.reviews import ReviewCycle
from waymark.records.viewers import Viewer


def network_named(code: str, viewer: Viewer) -> Network | None:
    """The network of this code."""
    return Network.objects.visible_to(viewer).filter(code=code).first()


def network_codes(viewer: Viewer) -> tuple[str, ...]:
    """The codes of all networks that the viewer may see, in alphabetical order."""
    return tuple(Network.objects.visible_to(viewer).order_by("code").values_list("code", flat=True))


def network_at(place: str, viewer: Viewer, *, demonstration: bool) -> Network | None:
    """The first network of a place that is, or is not, a demonstration."""
    rows = Network.objects.visible_to(viewer).filter(place__code=place).order_by("id")
    return (rows.exclude(demonstration={}) if demonstration else rows.filter(demonstration={})).first()


def framework_named(code: str, viewer: Viewer) -> Framework | None:
    """The framework of this code."""
    return Framework.objects.visible_to(viewer).filter(code=code).first()


def provision_named(framework: str, code: str, viewer: Viewer) -> Provision | None:
    """The provision of this code in a framework."""
    rows = Provision.objects.visible_to(viewer).filter(framework__code=framework, code=code)
    return rows.select_related("framework").first()


def organisation_named(code: str, viewer: Viewer) -> Organisation | None:
    """The organisation of this code."""
    return Organisation.objects.visible_to(viewer).filter(code=code).first()


def indicator_named(code: str, viewer: Viewer) -> NationalIndicator | None:
    """The national indicator of this code."""
    rows = NationalIndicator.objects.visible_to(viewer).filter(code=code)
    return rows.select_related("network__place", "place", "producer").first()


def value_named(indicator: str, period: str, viewer: Viewer) -> NationalValue | None:
    """The accepted total of an indicator for a period, the first body's by its code."""
    rows = NationalValue.objects.visible_to(viewer).accepted().filter(period=period, disaggregation="")
    rows = rows.filter(Q(indicator__code=indicator) | Q(catalogue_code=indicator))
    return rows.order_by("organisation__code", "id").first()


def provisions_in(frameworks: tuple[str, ...], viewer: Viewer) -> list[Provision]:
    """Every provision of these frameworks, each with its framework."""
    rows = Provision.objects.visible_to(viewer).filter(framework__code__in=frameworks)
    return list(rows.select_related("framework").order_by("id"))


def passage_named(code: str, viewer: Viewer) -> Passage | None:
    """The passage of this code, with its document."""
    return Passage.objects.visible_to(viewer).filter(code=code).select_related("document__network").first()


def document_named(code: str, viewer: Viewer) -> Document | None:
    """The document of this code."""
    return Document.objects.visible_to(viewer).filter(code=code).first()


def holding_named(person: str, post: str, on: date, viewer: Viewer) -> PostHolding | None:
    """The holding by which a person of this code held the post of that code on a day."""
    rows = PostHolding.objects.visible_to(viewer).on(on).filter(person__code=person, post__code=post)
    return rows.select_related("post__organisation", "post__network", "person").order_by("id").first()


def holding_of(post: str, today: date) -> PostHolding | None:
    """Who holds the post of this code today, the holder before one who stands in; None when nobody does."""
    rows = PostHolding.objects.filter(post__code=post, shown=True).order_by("acting", "id")
    rows = rows.select_related("post__network", "post__organisation", "person")
    return next((row for row in rows if in_office(row, today)), None)


def place_named(code: str) -> Place | None:
    """The place of this ISO 3166 or M49 code; places are public."""
    return Place.objects.filter(code=code).first()


def cycle_named(code: str) -> ReviewCycle | None:
    """The review cycle of this code; cycles are public."""
    return ReviewCycle.objects.filter(code=code).first()


def report_on(commitment: Commitment, period: ReportingPeriod, voice: str, viewer: Viewer) -> ProgressReport | None:
    """The only report on a commitment for a period in one voice; None when there is none, or several bodies' own."""
    rows = ProgressReport.objects.visible_to(viewer).filter(commitment=commitment, period=period, voice=voice)
    found = list(rows.order_by("id")[:2])
    return found[0] if len(found) == 1 else None


def last_change(verb: str, subject: str, field: str) -> str | None:
    """What the last event of this verb says of a field of its subject; "" when it does not, None without an event."""
    event = Event.objects.filter(verb=verb, subject=subject).select_related("detail").order_by("-id").first()
    return str(event.detail.words.get("changes", {}).get(field, "")) if event else None


def commitment_named(code: str, viewer: Viewer) -> Commitment | None:
    """The commitment of this code, with its network."""
    return Commitment.objects.visible_to(viewer).filter(code=code).select_related("network").first()


def period_named(code: str, viewer: Viewer) -> ReportingPeriod | None:
    """The reporting period of this code, with its network."""
    return ReportingPeriod.objects.visible_to(viewer).filter(code=code).select_related("network").first()


def report_named(code: str, viewer: Viewer) -> ProgressReport | None:
    """The report of this code, with what it is on, whose it is and who decided on it."""
    rows = ProgressReport.objects.visible_to(viewer).filter(code=code)
    joined = ("commitment", "period__network", "organisation", "post", "returned_by", "released_by", "accepted_by")
    return rows.select_related(*joined).first()


def report_begun(
    commitment: Commitment, period: ReportingPeriod, organisation: Organisation, voice: str, viewer: Viewer
) -> ProgressReport | None:
    """The report of a body in one voice, if it has one that does not correct another."""
    rows = ProgressReport.objects.visible_to(viewer).filter(commitment=commitment, period=period, voice=voice)
    rows = rows.filter(organisation=organisation, corrects__isnull=True)
    return rows.select_related("commitment", "period__network", "organisation").order_by("id").first()
