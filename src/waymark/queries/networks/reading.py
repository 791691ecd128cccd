"""A place's networks: members, working groups, vacancies, meetings; who takes part, by kind."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from waymark.gcm.lists import OrganisationKind
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.nested import Nested, number_within
from waymark.queries.networks.views import MeetingView, MemberView, NetworkView, ParticipationView
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import iso, said
from waymark.records.meetings import Attendance, DatePrecision, Decision, Meeting, Statement
from waymark.records.networks import Membership, Network, WorkingGroup
from waymark.records.people import Post, PostHolding
from waymark.records.viewers import Viewer

PRECISION = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
"""How many characters of an ISO date are known."""


def networks_of(
    place: str, *, viewer: Viewer, day: date, language: str, organisations: OrganisationBook, sources: SourceBook
) -> tuple[NetworkView, ...]:
    """The networks and government bodies of a place, with what the viewer may see of them up to `day`."""
    groups = Nested(WorkingGroup.objects.visible_to(viewer).on(day), "network", ("code", "name"))
    found = Network.objects.visible_to(viewer).filter(place__code=place).order_by("code")
    rows = list(found.annotate(groups=groups.within()))
    names = {row.id: said(row.name, language) for row in rows}
    members = defaultdict(list)
    for membership in Membership.objects.visible_to(viewer).filter(network__in=rows).order_by("id"):
        view = organisations.view(membership.organisation_id)
        if view and (membership.from_date is None or membership.from_date <= day):
            members[membership.network_id].append(
                MemberView(
                    organisation=view,
                    role=membership.role,
                    since=iso(membership.from_date),
                    until="unknown day"
                    if membership.end_unknown
                    else iso(membership.to_date if membership.to_date and membership.to_date < day else None),
                    source=sources.of_record(membership, group=f"members of {names[membership.network_id]}"),
                    note=membership.note,
                )
            )
    meetings = meetings_of(rows, viewer, day, language, organisations, sources)
    vacancies = vacant_posts(rows, viewer, day, language, organisations)
    return tuple(
        NetworkView(
            urn=row.urn,
            name=said(row.name, language),
            kind=row.kind,
            founded=iso(row.founded_on),
            members=tuple(_once(members[row.id])),
            working_groups=tuple(
                said(name, language) for _, name in sorted(groups.read(row.groups), key=lambda group: group[0])
            ),
            vacancies=tuple(vacancies[row.id]),
            meetings=tuple(meetings[row.id]),
            note=said(row.description, language),
            source=sources.of_record(row, said(row.name, language)),
        )
        for row in rows
    )


def _once(members: list[MemberView]) -> list[MemberView]:
    """Members in order of role and name.

    A body that carries on for another member appears once per role: as it takes part now, else as it did last.
    """
    by_end = sorted(members, key=lambda member: (not member.until, member.until))
    seen = {(member.organisation.urn, member.role): member for member in by_end}
    return sorted(seen.values(), key=lambda member: (member.role, member.organisation.name))


def vacant_posts(
    networks: Sequence[Network], viewer: Viewer, day: date, language: str, organisations: OrganisationBook
) -> dict[int, list[str]]:
    """Posts open on `day` that nobody is on record as holding, in words, per network.

    For a record made from public sources this says what is not known; for a record kept by the network, what is vacant.
    """
    vacant: dict[int, list[str]] = defaultdict(list)
    holdings = PostHolding.objects.visible_to(viewer).on(day).filter(post=OuterRef("pk"))
    posts = Post.objects.visible_to(viewer).filter(~Exists(holdings), network__in=networks)
    for post in posts.order_by("code"):
        closed = post.closed_on is not None and post.closed_on <= day
        if not closed and post.network_id is not None:
            title = said(post.title, language) or post.get_duty_display()
            vacant[post.network_id].append(f"{title}, {organisations.name(post.organisation_id)}")
    return vacant


def meetings_of(
    networks: Sequence[Network],
    viewer: Viewer,
    day: date,
    language: str,
    organisations: OrganisationBook,
    sources: SourceBook,
) -> dict[int, list[MeetingView]]:
    """Meetings up to `day` (or on an unknown day), with statements and decisions, per network."""
    statements = defaultdict(list)
    for row in (
        Statement.objects.visible_to(viewer)
        .filter(meeting__network__in=networks)
        .select_related("person", "post", "meeting")
        .order_by("position", "id")
    ):
        statements[row.meeting_id].append(
            (
                speaker(row, language, organisations),
                said(row.summary, language),
                sources.of_record(row, group=f"statements at {said(row.meeting.title, language)}"),
            )
        )
    decided = Nested(Decision.objects.visible_to(viewer), "meeting", ("position", "text"))
    attendance = number_within(Attendance.objects.visible_to(viewer), "meeting")
    meetings: dict[int, list[MeetingView]] = defaultdict(list)
    for meeting in (
        Meeting.objects.visible_to(viewer)
        .filter(network__in=networks)
        .select_related("network")
        .annotate(decided=decided.within(), attended=attendance)
        .order_by("date", "code")
    ):
        if meeting.date is not None and meeting.date > day:
            continue
        meetings[meeting.network_id].append(
            MeetingView(
                date=iso(meeting.date)[: PRECISION[DatePrecision(meeting.date_precision)]],
                title=said(meeting.title, language),
                place=meeting.venue,
                statements=tuple(statements[meeting.id]),
                decisions=tuple(
                    said(words, language) for _, words in sorted(decided.read(meeting.decided), key=lambda one: one[0])
                ),
                attendance=meeting.attended,
                source=sources.of_record(meeting, group=f"meetings of {said(meeting.network.name, language)}"),
                note=said(meeting.summary, language),
            )
        )
    return meetings


def speaker(row: Statement, language: str, organisations: OrganisationBook) -> str:
    """Who spoke: a person only with the post, else the capacity the source gives, else the organisation."""
    capacity = said(row.capacity, language)
    if row.person and (row.post or capacity):
        title = capacity or (said(row.post.title, language) if row.post else "")
        return f"{said(row.person.name, language)}, {title}"
    if capacity:
        return capacity
    organisation = row.organisation_id or (row.post.organisation_id if row.post else None)
    return organisations.name_on(organisation, row.meeting.date) if organisation else "speaker not named"


def participation(
    networks: tuple[NetworkView, ...], commitments: tuple[CommitmentView, ...]
) -> tuple[ParticipationView, ...]:
    """Members by kind of organisation, and how many of them have commitments and reports: counted, never graded."""
    members: dict[str, set[str]] = defaultdict(set)
    for network in networks:
        for member in network.members:
            if not member.until:
                members[member.organisation.kind].add(member.organisation.name)
    acting = {name for item in commitments for name in (*item.leads, *item.partners)}
    reporting = {report.organisation for item in commitments for report in item.reports}
    return tuple(
        ParticipationView(kind, str(label), len(names), len(names & acting), len(names & reporting))
        for kind, label in OrganisationKind.choices
        if (names := members.get(kind, set()))
    )
