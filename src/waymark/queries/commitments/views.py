"""A commitment and its progress reports, as readers know them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportView:
    """The latest report of one organisation in one voice: submitted, returned or accepted, as `state` says."""

    voice: str
    organisation: str
    period: str
    state: str
    scale: str
    rating: str  # label of the step, "" when none was given
    share: float | None  # completion that the scale gives the step, 0 to 1; None when the scale gives none
    narrative: str
    empty_reason: str
    evidence: int
    date: str
    unanswered: bool = False  # handed in, and its secretariat is late to accept or return it
    entered_from: str = ""  # the paper from which it was entered for the organisation, with its day
    correction: str = ""  # why it corrects an earlier report, "" when it corrects none
    organisation_urn: str = ""  # "" for one that the viewer may not see
    waits: bool = False  # a correction that is not accepted yet: the report that it corrects still counts, beside it


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment: who, what, by when, how far, in each voice apart."""

    urn: str
    code: str
    title: str
    kind: str
    state: str
    reason: str
    state_date: str
    start: str
    due: str
    metric: str
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    objectives: tuple[int, ...]
    ties: tuple[tuple[str, str], ...]  # (framework, provision)
    reports: tuple[ReportView, ...]
    milestones_done: int
    milestones: int
    overdue: bool
    reports_due: int
    reports_missing: int
    answers: tuple[str, ...]  # recommendations it follows
    matches: tuple[str, ...]  # matched pledges, by code
    reports_excused: int = 0
    reports_waiting: int = 0  # handed in, and not accepted on the day
    reports_returned: int = 0  # of those missing: sent back
    reports_in_time: int = 0  # of those missing: the viewer would not see them yet, had they come by their day
    periods_missing: tuple[str, ...] = ()  # titles of the periods for which reports are missing, in order
    bodies_missing: tuple[int, ...] = ()  # of how many bodies, for each of these periods
    contributions: int = 0  # ratings by organisations without an account; shown from three on
    contribution_summary: str = ""
    bodies: tuple[str, ...] = ()  # URNs of all who lead or support it, each once
