"""A network, its members and meetings, and who took part."""

from dataclasses import dataclass

from waymark.queries.organisations.views import OrganisationView


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting of the network as the public may see it."""

    date: str
    title: str
    place: str
    statements: tuple[tuple[str, str, str], ...]  # (speaker and post, words, source)
    decisions: tuple[str, ...]
    attendance: int | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a network on the as-of date."""

    organisation: OrganisationView
    role: str
    since: str
    until: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network or government body of the place."""

    urn: str
    name: str
    kind: str
    founded: str
    members: tuple[MemberView, ...]
    working_groups: tuple[str, ...]
    vacancies: tuple[str, ...]
    meetings: tuple[MeetingView, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """Whole-of-government and whole-of-society: who takes part, by kind, counted from the record."""

    kind: str
    label: str
    members: int
    with_commitments: int
    with_reports: int
