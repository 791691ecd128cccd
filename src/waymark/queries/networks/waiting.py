"""What waits for a second person in a network: appointments, and proposed changes of what it keeps."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from waymark.gcm.nouns import Noun
from waymark.gcm.wording import label
from waymark.queries.history.names import Names
from waymark.queries.history.values import Fields
from waymark.queries.history.within import noun_of
from waymark.queries.networks.views import WaitingAppointment, WaitingChange, WaitingView
from waymark.queries.people.naming import person_names
from waymark.queries.wording import in_language, iso
from waymark.records.networks import Network
from waymark.records.people import Duty, PostHolding
from waymark.records.proposals import ChangeProposal
from waymark.records.viewers import Viewer


def waiting_in(network: Network, *, viewer: Viewer, day: date, language: str) -> WaitingView:
    """What waits in a network, the longest waiting first, as far as the viewer may read it; names are those of `day`.

    What is the reader's own, and so waits for another, is listed too: nothing that waits is an error.
    """
    return WaitingView(
        appointments=_appointments(network, viewer, day, language), changes=_changes(network, viewer, day, language)
    )


def _appointments(network: Network, viewer: Viewer, day: date, language: str) -> tuple[WaitingAppointment, ...]:
    rows = list(
        PostHolding.objects.visible_to(viewer)
        .filter(keeper=network.code, state="waiting")
        .select_related("post__organisation", "entered_by_post")
        .order_by("created_at", "id")
    )
    persons = {key for row in rows for key in (row.person_id, row.entered_by_id) if key is not None}
    named = person_names(persons, viewer, language)
    names = Names(viewer, language)
    names.learn([row.post.organisation.urn for row in rows])
    return tuple(
        WaitingAppointment(
            urn=row.urn,
            person=named.get(row.person_id, ""),
            post=in_language(row.post.title, language),
            duty=label(Duty(row.post.duty), language),
            organisation=names.words(row.post.organisation.urn, day),
            since=iso(row.from_date),
            until=iso(row.to_date),
            acting=row.acting,
            entered_by=named.get(row.entered_by_id or 0, ""),
            entered_by_post=in_language(row.entered_by_post.title, language) if row.entered_by_post else "",
            version=row.version,
        )
        for row in rows
    )


def _changes(network: Network, viewer: Viewer, day: date, language: str) -> tuple[WaitingChange, ...]:
    rows = list(
        ChangeProposal.objects.visible_to(viewer)
        .filter(keeper=network.code, state="waiting")
        .select_related("post")
        .order_by("created_at", "id")
    )
    named = person_names({row.person_id for row in rows if row.person_id}, viewer, language)
    names = Names(viewer, language)
    names.learn([one for row in rows for one in (row.subject, *_pointed(row.changes))])
    words = Fields(names)
    return tuple(
        WaitingChange(
            urn=row.urn,
            subject=row.subject,
            noun=Noun(noun_of(row.subject)).words(language),
            of=names.words(row.subject, day),
            fields=tuple(words.changes(noun_of(row.subject), {}, row.changes, row.changes, day)),
            reason=in_language(row.reason, language),
            proposed_by=named.get(row.person_id or 0, ""),
            proposed_by_post=in_language(row.post.title, language) if row.post else "",
            proposed_for=row.proposed_for,
            seen=row.seen,
        )
        for row in rows
        if names.may_read(row.subject)
    )


def _pointed(changes: Mapping[str, Any]) -> list[str]:
    """The records that a proposal would point to."""
    values = [one for value in changes.values() for one in (value if isinstance(value, list) else [value])]
    return [one for one in values if isinstance(one, str) and noun_of(one)]
