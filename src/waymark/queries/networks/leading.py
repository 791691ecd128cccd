"""Who leads a network on a day: whether it has a co-chair and an officer, and who was entered from a paper."""

from datetime import date, timedelta

from waymark.gcm.wording import label
from waymark.queries.networks.views import EnteredView, LeadingView
from waymark.queries.people.naming import person_names
from waymark.queries.wording import in_language, iso
from waymark.records.appointing import FIRST
from waymark.records.documents import Document
from waymark.records.networks import Network
from waymark.records.people import Duty, PostHolding
from waymark.records.permissions import in_office
from waymark.records.viewers import Viewer


def leading_of(network: Network, *, viewer: Viewer, day: date, language: str) -> LeadingView:
    """Whether the network has a co-chair and an officer on `day`, since when not, and whom the operator entered."""
    rows = list(
        PostHolding.objects.visible_to(viewer)
        .filter(keeper=network.code, post__duty__in=FIRST)
        .select_related("post")
        .order_by("from_date", "id")
    )
    named = person_names({row.person_id for row in rows}, viewer, language)
    papers = {row.paper_id for row in rows if row.paper_id is not None}
    readable = {row.pk: row for row in Document.objects.visible_to(viewer).filter(pk__in=papers)} if papers else {}
    entered = [row for row in rows if row.entered_by_id is None and row.entered_for and in_office(row, day)]
    return LeadingView(
        without_co_chair=_vacancy(network, [row for row in rows if row.post.duty == Duty.CO_CHAIR], day),
        without_officer=_vacancy(network, [row for row in rows if row.post.duty == Duty.SECRETARIAT_OFFICER], day),
        entered=tuple(
            EnteredView(
                person=named.get(row.person_id, ""),
                duty=label(Duty(row.post.duty), language),
                post=in_language(row.post.title, language),
                paper=row.paper_words
                or (in_language(readable[row.paper_id].title, language) if row.paper_id in readable else ""),
                paper_date=iso(row.paper_date),
            )
            for row in entered
        ),
    )


def _vacancy(network: Network, rows: list[PostHolding], day: date) -> str | None:
    """The first day of a vacancy that lasts on `day`, "" when it is not known; None while somebody is in office."""
    if any(in_office(row, day) for row in rows):
        return None
    begun = [row for row in rows if row.confirmed_on is not None or row.state == "made"]
    over = [row for row in begun if row.from_date is None or row.from_date <= day]
    if not over:
        return iso(network.founded_on)
    ends = [_last_day(row) for row in over]
    known = [one for one in ends if one is not None]
    return iso(max(known) + timedelta(days=1)) if len(known) == len(ends) else ""


def _last_day(row: PostHolding) -> date | None:
    """The last day on which a holding gave its rights, None when it is not known."""
    closed = row.post.closed_on - timedelta(days=1) if row.post.closed_on else None
    if row.end_unknown:
        return None
    known = [one for one in (row.to_date, closed) if one is not None]
    return min(known) if known else None
