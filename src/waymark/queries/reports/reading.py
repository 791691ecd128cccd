"""Reports of a network, newest first, a page at a time.

Five statements at most, whatever the number of rows: the reports of the page, their commitments, their periods, the
bodies that made them, and the papers from which they were entered, where these are on record. Each is read as the
viewer may see it: a report may be shown where what it is about is not.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from waymark.gcm.lists import EmptyReason, Voice
from waymark.gcm.scales import scale
from waymark.gcm.wording import label
from waymark.queries.commitments.reading import entered_from, unanswered
from waymark.queries.nested import titles
from waymark.queries.organisations.reading import OrganisationBook, bodies_read, organisations_on
from waymark.queries.reports.views import EVERY, After, ListedReport, Promised, ReportFilter, ReportPage
from waymark.queries.wording import in_language, iso
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.organisations import Organisation
from waymark.records.reports import ProgressReport, ReportingPeriod
from waymark.records.states import state_label
from waymark.records.viewers import Viewer

PAGE = 100
"""Reports of a page, when nobody asks for another number."""


class Row(NamedTuple):
    """A report as the record has it."""

    urn: str
    version: int
    commitment_id: int
    period_id: int
    organisation_id: int
    voice: str
    state: str
    scale: str
    rating: str
    empty_reason: str
    submitted_on: date | None
    returned_on: date | None
    accepted_on: date | None
    accept_by: date | None
    paper_date: date | None
    paper_words: str
    paper_id: int | None


@dataclass(frozen=True, slots=True)
class _About:
    """What the reports of a page are about, as the viewer may see it, by ids.

    A body stands by itself: what it said is not said by the one that it became.
    """

    commitments: Mapping[int, Promised]
    periods: Mapping[int, Mapping[str, str]]
    papers: Mapping[int, Mapping[str, str]]
    bodies: OrganisationBook


def reports_of(
    network: str,
    *,
    viewer: Viewer,
    day: date,
    language: str,
    only: ReportFilter = EVERY,
    limit: int = PAGE,
    after: After | None = None,
) -> ReportPage:
    """Reports that a network (by its code) keeps and that `viewer` may see, at most `limit` of them.

    Those that were not handed in stand first, then the others, the latest first; of one day in the order of their URN.
    `after` is that of the page before.
    """
    found = _read(network, viewer, only, after, limit + 1)
    rows, more = found[:limit], len(found) > limit
    about = _About(
        commitments=_commitments(viewer, {row.commitment_id for row in rows}, language),
        periods=titles(ReportingPeriod, viewer, {row.period_id for row in rows}),
        papers=titles(Document, viewer, {row.paper_id for row in rows if row.paper_id}),
        bodies=organisations_on(day, viewer, language, bodies_read(viewer, {row.organisation_id for row in rows})),
    )
    listed = tuple(_listed(row, about, day, language) for row in rows)
    return ReportPage(listed, After(rows[-1].submitted_on, rows[-1].urn) if more else None)


def _read(network: str, viewer: Viewer, only: ReportFilter, after: After | None, limit: int) -> Sequence[Row]:
    rows = _narrowed(ProgressReport.objects.visible_to(viewer).filter(period__network__code=network), viewer, only)
    if after is not None:
        rows = rows.filter(_behind(after))
    rows = rows.order_by(F("submitted_on").desc(nulls_first=True), "urn")
    return [Row(*row) for row in rows.values_list(*Row._fields)[:limit]]


def _narrowed(rows: QuerySet[ProgressReport], viewer: Viewer, only: ReportFilter) -> QuerySet[ProgressReport]:
    """The rows of a filter. A period or a body that the viewer may not see finds nothing: nobody can try codes."""
    if only.states:
        rows = rows.filter(state__in=only.states)
    if only.voices:
        rows = rows.filter(voice__in=only.voices)
    if only.periods:
        periods = ReportingPeriod.objects.visible_to(viewer).order_by().filter(code__in=only.periods)
        rows = rows.filter(period__in=periods.values("pk"))
    if only.organisations:
        bodies = Organisation.objects.visible_to(viewer).order_by().filter(code__in=only.organisations)
        rows = rows.filter(organisation__in=bodies.values("pk"))
    return rows


def _behind(after: After) -> Q:
    """What comes after a row in the order of the list."""
    if after.handed_in is None:
        return Q(submitted_on__isnull=False) | Q(urn__gt=after.urn)
    return Q(submitted_on__lt=after.handed_in) | Q(submitted_on=after.handed_in, urn__gt=after.urn)


def _commitments(viewer: Viewer, keys: Set[int], language: str) -> dict[int, Promised]:
    rows = Commitment.objects.visible_to(viewer).order_by().filter(pk__in=keys)
    return {
        pk: Promised(urn, code, in_language(title, language))
        for pk, urn, code, title in rows.values_list("pk", "urn", "code", "title")
    }


def _listed(row: Row, about: _About, day: date, language: str) -> ListedReport:
    step = scale(row.scale).step(row.rating) if row.rating else None
    decided = row.returned_on if row.state == "returned" else row.accepted_on
    return ListedReport(
        urn=row.urn,
        version=row.version,
        commitment=about.commitments.get(row.commitment_id),
        period=in_language(about.periods.get(row.period_id), language),
        organisation=about.bodies.name_on(row.organisation_id, row.submitted_on),
        voice=label(Voice(row.voice), language),
        scale=row.scale,
        rating=step.label(language) if step else "",
        share=step.share if step else None,
        empty_reason=label(EmptyReason(row.empty_reason), language) if row.empty_reason else "",
        state=row.state,
        state_label=state_label(row.state).words(language),
        handed_in=iso(row.submitted_on),
        decided=iso(decided),
        entered_from=entered_from(row.paper_date, row.paper_words, about.papers.get(row.paper_id or 0), language),
        unanswered=unanswered(row, day),
    )
