"""A place's networks: members, working groups, vacancies, meetings; who takes part, by kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from waymark.gcm.lists import OrganisationKind, Voice
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.nested import Nested, number_within
from waymark.queries.networks.views import MeetingView, MemberView, NetworkView, ParticipationView
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.people.naming import person_names
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import in_language, iso
from waymark.records.consultations import Contribution
from waymark.records.meetings import Attendance, DatePrecision, Decision, Meeting, Statement
from waymark.records.networks import Membership, Network, WorkingGroup
from waymark.records.people import Duty, Post, PostHolding
from waymark.records.viewers import Viewer

PRECISION = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
"""How many characters of an ISO date are known."""

MEMBERSHIP = ("organisation_id", "role", "from_date", "to_date", "end_unknown", "note", "source", "locator", "mark")
"""What is read of each membership."""


def networks_of(
    place: str, *, viewer: Viewer, day: date, language: str, organisations: OrganisationBook, sources: SourceBook
) -> tuple[NetworkView, ...]:
    """The networks and government bodies of a place, with what the viewer may see of them up to `day`."""
    groups = Nested(WorkingGroup.objects.visible_to(viewer).on(day), "network", ("code", "name"))
    memberships = Nested(Membership.objects.visible_to(viewer), "network", MEMBERSHIP)
    vacant = vacant_posts(viewer, day)
    found = Network.objects.visible_to(viewer).filter(place__code=place).order_by("code")
    rows = list(
        found.annotate(groups=groups.within(), memberships_read=memberships.within(), vacant_read=vacant.within())
    )
    meetings = meetings_of(rows, viewer, day, language, organisations, sources)
    return tuple(
        NetworkView(
            urn=row.urn,
            name=in_language(row.name, language),
            kind=row.kind,
            founded=iso(row.founded_on),
            members=tuple(
                _once(
                    members_of(
                        memberships.read(row.memberships_read),
                        day=day,
                        organisations=organisations,
                        sources=sources,
                        group=f"members of {in_language(row.name, language)}",
                    )
                )
            ),
            working_groups=tuple(
                in_language(name, language) for _, name in sorted(groups.read(row.groups), key=lambda group: group[0])
            ),
            vacancies=vacant_in_words(vacant.read(row.vacant_read), language, organisations),
            meetings=tuple(meetings[row.id]),
            note=in_language(row.description, language),
            source=sources.of_record(row, in_language(row.name, language)),
            mark=row.mark,
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


def members_of(
    read: Iterable[tuple[Any, ...]], *, day: date, organisations: OrganisationBook, sources: SourceBook, group: str
) -> list[MemberView]:
    """The memberships that had begun by `day`, as far as the body is visible; `group` names their common source."""
    memberships = [Membership(**dict(zip(MEMBERSHIP, one, strict=True))) for one in read]
    return [
        MemberView(
            organisation=view,
            role=one.role,
            since=iso(one.from_date),
            until="unknown day" if one.end_unknown else iso(one.to_date if one.to_date and one.to_date < day else None),
            source=sources.of_record(one, group=group),
            note=one.note,
            mark=one.mark,
        )
        for one in memberships
        if (view := organisations.view(one.organisation_id)) and (one.from_date is None or one.from_date <= day)
    ]


def vacant_posts(viewer: Viewer, day: date) -> Nested:
    """The posts of each network that are open on `day` and that nobody is on record as holding.

    For a record made from public sources this says what is not known; for a record kept by the network, what is vacant.
    """
    holdings = PostHolding.objects.visible_to(viewer).on(day).filter(post=OuterRef("pk"))
    posts = Post.objects.visible_to(viewer).filter(~Exists(holdings), Q(closed_on=None) | Q(closed_on__gt=day))
    return Nested(posts, "network", ("code", "title", "duty", "organisation_id"))


def vacant_in_words(
    posts: Iterable[tuple[Any, ...]], language: str, organisations: OrganisationBook
) -> tuple[str, ...]:
    """Each vacant post and the body it speaks for, in the order of the posts' codes."""
    return tuple(
        f"{in_language(title, language) or Duty(duty).label}, {organisations.name(organisation)}"
        for _, title, duty, organisation in sorted(posts, key=lambda post: str(post[0]))
    )


def meetings_of(
    networks: Sequence[Network],
    viewer: Viewer,
    day: date,
    language: str,
    organisations: OrganisationBook,
    sources: SourceBook,
) -> dict[int, list[MeetingView]]:
    """Meetings up to `day`, then those of an unknown day, with statements and decisions, per network."""
    statements = defaultdict(list)
    spoken = list(
        Statement.objects.visible_to(viewer)
        .filter(meeting__network__in=networks)
        .select_related("post", "meeting")
        .order_by("position", "id")
    )
    persons = person_names((row.person_id for row in spoken if row.person_id), viewer, language)
    for row in spoken:
        statements[row.meeting_id].append(
            (
                speaker(row, language, organisations, persons),
                in_language(row.summary, language),
                sources.of_record(row, group=f"statements at {in_language(row.meeting.title, language)}"),
                row.mark,
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
        .order_by(F("date").asc(nulls_last=True), "code")
    ):
        if meeting.date is not None and meeting.date > day:
            continue
        meetings[meeting.network_id].append(
            MeetingView(
                date=iso(meeting.date)[: PRECISION[DatePrecision(meeting.date_precision)]],
                title=in_language(meeting.title, language),
                place=meeting.venue,
                statements=tuple(statements[meeting.id]),
                decisions=tuple(
                    in_language(words, language)
                    for _, words in sorted(decided.read(meeting.decided), key=lambda one: one[0])
                ),
                attendance=meeting.attended,
                source=sources.of_record(meeting, group=f"meetings of {in_language(meeting.network.name, language)}"),
                note=in_language(meeting.summary, language),
                mark=meeting.mark,
            )
        )
    return meetings


def speaker(
    row: Statement, language: str, organisations: OrganisationBook, persons: Mapping[int, str] = MappingProxyType({})
) -> str:
    """Who spoke: a person who may be named (`persons`) only with the post, else the capacity the source gives, else the
    organisation.
    """
    capacity = in_language(row.capacity, language)
    name = persons.get(row.person_id or 0)
    if name and (row.post or capacity):
        title = capacity or (in_language(row.post.title, language) if row.post else "")
        return f"{name}, {title}"
    if capacity:
        return capacity
    organisation = row.organisation_id or (row.post.organisation_id if row.post else None)
    return organisations.name_on(organisation, row.meeting.date) if organisation else "speaker not named"


def contributions(place: str, *, viewer: Viewer, day: date) -> int:
    """How many contributions to consultations of a place's networks are published, of consultations begun by `day`.

    One whose own day is not known, as of an anonymous one, counts with its consultation.
    """
    begun = Q(consultation__from_date=None) | Q(consultation__from_date__lte=day)
    given = Q(date=None) | Q(date__lte=day)
    rows = Contribution.objects.visible_to(viewer).filter(begun, given, state="published")
    return rows.filter(consultation__network__place__code=place).count()


def participation(
    networks: tuple[NetworkView, ...], commitments: tuple[CommitmentView, ...]
) -> tuple[ParticipationView, ...]:
    """Members by kind of organisation, and how many of them have commitments and reports: counted, never graded."""
    members: dict[str, set[str]] = defaultdict(set)
    for network in networks:
        for member in network.members:
            if not member.until:
                members[member.organisation.kind].add(member.organisation.urn)
    acting = {body for item in commitments for body in item.bodies}
    reporting: dict[str, set[str]] = defaultdict(set)
    for report in (report for item in commitments for report in item.reports):
        reporting[report.voice].add(report.organisation_urn)
    return tuple(
        ParticipationView(
            kind,
            str(label),
            len(bodies),
            len(bodies & acting),
            len(bodies & reporting[Voice.IMPLEMENTER]),
            len(bodies & reporting[Voice.SECRETARIAT]),
            len(bodies & reporting[Voice.CIVIL_SOCIETY]),
        )
        for kind, label in OrganisationKind.choices
        if (bodies := members.get(kind, set()))
    )
