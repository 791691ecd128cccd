"""The texts that a review follows beside the Compact, and what the record ties to the Compact's ten principles."""

from collections.abc import Sequence

from django.db.models import Q

from waymark.gcm import frameworks
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.nested import number_within
from waymark.queries.reviews.views import FindingView, PrincipleView, TextView
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import in_language, iso
from waymark.records.frameworks import Framework, Provision
from waymark.records.networks import Network
from waymark.records.reviews import Recommendation, Review
from waymark.records.viewers import Viewer

BUNDLED = tuple(known.code for known in frameworks.frameworks())
"""Texts of the catalogue, which every review stands on."""


def texts_of(
    place: str, review: Review | None, *, viewer: Viewer, language: str, sources: SourceBook
) -> tuple[TextView, ...]:
    """The texts that the networks of a place keep, or that its review is assessed against, without the bundled ones.

    What a review of the place recommends is no text that it follows beside the Compact: a chapter of its own follows it
    up. A text without provisions is one: it is known that there is such a text, and what it says is not on record.
    """
    own = Network.objects.visible_to(viewer).filter(place__code=place).order_by()
    advice = Recommendation.objects.visible_to(viewer).filter(review__isnull=False).order_by()
    rows = (
        Framework.objects.visible_to(viewer)
        .filter(Q(keeper__in=own.values("code")) | (Q(reviews=review) if review else Q(pk__in=())))
        .exclude(code__in=BUNDLED)
        .exclude(pk__in=advice.values("provision__framework"))
        .annotate(parts=number_within(Provision.objects.visible_to(viewer), "framework"))
        .order_by("code")
        .distinct()
    )
    return tuple(
        TextView(
            code=row.code,
            title=in_language(row.title, language),
            issuer=row.issuer,
            edition=row.edition,
            date=iso(row.date),
            provisions=row.parts or 0,
            source=sources.of_record(row, group="texts that are followed up"),
            mark=row.mark,
            note=row.note,
        )
        for row in rows
    )


def principles_of(commitments: Sequence[CommitmentView], findings: Sequence[FindingView]) -> tuple[PrincipleView, ...]:
    """The ten guiding principles of the Compact in their order, each with what the record ties to it."""
    return tuple(
        PrincipleView(
            code=known.code,
            title=known.title,
            place=known.locator.partition(";")[0],
            commitments=tuple((item.code, item.title) for item in commitments if ("gcm", known.code) in item.ties),
            findings=tuple(finding for finding in findings if finding.provision == f"gcm:{known.code}"),
        )
        for known in frameworks.provisions("gcm")
        if known.kind == "principle"
    )
