"""A network, its members and meetings, and who took part."""

from dataclasses import dataclass

from waymark.queries.history.views import FieldTold
from waymark.queries.organisations.views import OrganisationView


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting of the network as the public may see it."""

    date: str
    title: str
    place: str
    statements: tuple[tuple[str, str, str, str], ...]  # (speaker and post, words, source, mark)
    decisions: tuple[str, ...]
    attendance: int | None
    source: str
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a network on the as-of date."""

    organisation: OrganisationView
    role: str
    since: str
    until: str
    source: str
    note: str = ""
    mark: str = ""


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
    mark: str = ""


@dataclass(frozen=True, slots=True)
class EnteredView:
    """An appointment that the operator entered from a paper; `person` is "" where the reader knows the post only."""

    person: str
    duty: str
    post: str
    paper: str
    paper_date: str


@dataclass(frozen=True, slots=True)
class LeadingView:
    """Who leads a network on a day.

    `without_co_chair` and `without_officer` are the first day on which it had none, "" when that day is not known, None
    while it has one.
    """

    without_co_chair: str | None
    without_officer: str | None
    entered: tuple[EnteredView, ...]


@dataclass(frozen=True, slots=True)
class WaitingAppointment:
    """An appointment that waits for a co-chair; persons are "" where the reader knows the post only."""

    urn: str
    person: str
    post: str
    duty: str
    organisation: str
    since: str
    until: str
    acting: bool
    entered_by: str
    entered_by_post: str
    version: int


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change proposed to the network that keeps a row: what it would say, and why.

    `seen` is the version of the row that the proposer read.
    """

    urn: str
    subject: str
    noun: str
    of: str
    fields: tuple[FieldTold, ...]
    reason: str
    proposed_by: str
    proposed_by_post: str
    proposed_for: str
    seen: int


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What waits for a second person in a network, the longest waiting first."""

    appointments: tuple[WaitingAppointment, ...]
    changes: tuple[WaitingChange, ...]


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """Whole-of-government and whole-of-society: who takes part, by kind, counted from the record.

    A body counts once, whatever roles it has and in however many networks. `reported` counts bodies by the voice in
    which they have a report: a body that speaks in two voices stands in both columns.
    """

    kind: str
    label: str
    members: int
    with_commitments: int
    reported_as_implementer: int
    reported_as_secretariat: int
    reported_as_civil_society: int
