"""Commitments of a place as of a day: who, how far in each voice, what is due, overdue and without evidence.

What the record holds is read once by `rows`; here it is judged by the day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from waymark.gcm.frameworks import objective_of_code
from waymark.gcm.lists import Voice
from waymark.gcm.scales import scale
from waymark.queries.commitments.rows import (
    Change,
    CommitmentRow,
    CommitmentRows,
    Owed,
    Part,
    PeriodRow,
    ReportRow,
    commitments_read,
)
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.nested import words_of
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.wording import in_language, iso
from waymark.records.commitments import CARRYING, TiePurpose
from waymark.records.duties import Running, carries_until
from waymark.records.states import ENDED
from waymark.records.viewers import Viewer

SHOWN_FROM = 3
"""Ratings of contributors without an account are shown only from this many on, so that nobody can be picked out."""


@dataclass(frozen=True, slots=True)
class StateOnDay:
    """The state of a commitment on a day, since when, and the reason given."""

    state: str
    since: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Reports owed on one commitment up to a day: those that did not come or were sent back, with the titles of their
    periods in order; those handed in and not accepted; those excused.

    Of those missing `returned` were sent back, and `in_time` may have come without the viewer's knowledge: the time in
    which their secretariat answers one that came by its day still runs, and only then does the viewer see it.
    """

    due: int
    missing: int
    excused: int
    waiting: int = 0
    periods: tuple[str, ...] = ()
    returned: int = 0
    in_time: int = 0
    bodies: tuple[int, ...] = ()
    """Of how many bodies a report is missing, for each of `periods`."""


def commitments_of(
    place: str,
    *,
    viewer: Viewer,
    day: date,
    language: str,
    organisations: OrganisationBook,
    network: str = "",
    rows: CommitmentRows | None = None,
) -> tuple[CommitmentView, ...]:
    """All commitments of a place's networks that `viewer` may see and that existed on `day`, in order of their code.

    With the code of a `network`: those that it keeps or follows, with the reports of its own desk and, of commitments
    that it follows, those of the implementers at home. `rows` are those of `commitments_read`, when they were read
    before.
    """
    known = commitments_read(place, viewer, network) if rows is None else rows
    duties = Duties.of(known, organisations, viewer)
    views = []
    for row in known.commitments:
        changes = changes_by(day, row.changes)
        state = state_on(day, changes, language)
        if state is None:
            continue
        reports = current_on(day, row.reports, viewer)
        views.append(
            _view(
                row,
                state,
                day=day,
                language=language,
                organisations=organisations,
                reports=latest_reports(reports, known.periods, day, organisations, language),
                duty=duties.of_commitment(row, changes, day, reports, language),
            )
        )
    return tuple(views)


def changes_by(day: date, changes: Iterable[Change]) -> list[Change]:
    """The changes of state that had been made on `day`; one on an unknown day counts as made before."""
    return [change for change in changes if change.date is None or change.date <= day]


def state_on(day: date, changes: Iterable[Change], language: str) -> StateOnDay | None:
    """The state of a commitment on `day` by its changes in order; None when it was first proposed later.

    A change on an unknown day counts as made before.
    """
    state = None
    for change in changes_by(day, changes):
        state = StateOnDay(change.to_state, change.date, in_language(change.reason, language))
    return state


def current_on(day: date, reports: Iterable[ReportRow], viewer: Viewer) -> list[ReportRow]:
    """The reports that had been handed in on `day` and not been replaced by then, in order of their period.

    Until it is accepted a correction stands beside the report that it corrects, but for one that was returned. Outside
    of its network a report without an answer is read only once its secretariat is late.
    """
    found = [row for row in reports if row.submitted_on <= day and (row.corrected_on is None or row.corrected_on > day)]
    known = {row.id for row in found}
    return [
        row
        for row in found
        if not (row.state != "submitted" and row.corrects_id in known)  # returned, or accepted after `day`
        and (row.state != "submitted" or unanswered(row, day) or viewer.sees_all or row.keeper in viewer.networks)
    ]


class Answerable(Protocol):
    """A report with the last day on which its secretariat answers in time."""

    @property
    def state(self) -> str:
        """Its state."""

    @property
    def accept_by(self) -> date | None:
        """That day; None when nobody asks for an answer."""


def unanswered(row: Answerable, day: date) -> bool:
    """Whether a report waits for an answer that its secretariat owes since before `day`."""
    return row.state == "submitted" and row.accept_by is not None and row.accept_by < day


@dataclass(frozen=True, slots=True)
class Duties:
    """Who reports by when on which period, under the bodies that carry on, and who is excused."""

    organisations: OrganisationBook
    periods: Mapping[int, PeriodRow]
    due: Mapping[int, Mapping[int, date]]
    """Organisation → the periods on which it reports, with the day by which."""
    excused: frozenset[Owed]
    viewer: Viewer

    @classmethod
    def of(cls, rows: CommitmentRows, organisations: OrganisationBook, viewer: Viewer) -> "Duties":
        """The duties of the rows; of a body and its successor the later day counts."""
        due: dict[int, dict[int, date]] = {}
        for (period, body), day in rows.due.items():
            days = due.setdefault(organisations.carried_on_by(body), {})
            days[period] = max(day, days.get(period, day))
        excused = frozenset((period, organisations.carried_on_by(body)) for period, body in rows.excused)
        return cls(organisations, rows.periods, due, excused, viewer)

    def of_commitment(
        self, row: CommitmentRow, changes: Iterable[Change], day: date, reports: Iterable[ReportRow], language: str
    ) -> Duty:
        """How many reports on a commitment were owed up to the day, and which are missing or wait for an answer.

        A report of the successor counts for the body it took over from; a returned report is still missing.
        """
        carried = self.organisations.carried_on_by
        states: dict[Owed, set[str]] = defaultdict(set)
        for report in reports:
            if report.voice == Voice.IMPLEMENTER:
                states[(report.period_id, carried(report.organisation_id))].add(report.state)
        accepted = {key for key, found in states.items() if found & {"accepted", "corrected"}}
        waiting = {key for key, found in states.items() if "submitted" in found} - accepted
        running = Running.of(row.start_date, changes)
        owed = set()
        for part in row.participations:
            body = carried(part.organisation_id)
            for period_id, until in self.due.get(body, {}).items() if part.role in CARRYING else ():
                period = self.periods.get(period_id)
                if period is None or until > day or not running.within(period.from_date, period.to_date):
                    continue
                if _carries(part, period):
                    owed.add((period_id, body))
        given = accepted | waiting
        missing = sorted(owed - given - self.excused, key=lambda key: (self.periods[key[0]].to_date, key))
        titles = Counter(in_language(self.periods[period].title, language) for period, _ in missing)
        returned = {key for key in missing if states.get(key)}
        return Duty(
            due=len(owed),
            missing=len(missing),
            excused=len(owed & self.excused - given),
            waiting=len(owed & waiting),
            periods=tuple(titles),
            returned=len(returned),
            bodies=tuple(titles.values()),
            in_time=sum(self._in_time(key, day) for key in missing if key not in returned),
        )

    def _in_time(self, owed: Owed, day: date) -> bool:
        """Whether a report that came by its day could still wait for an answer in time, unseen by the viewer."""
        period, body = owed
        row = self.periods[period]
        if self.viewer.sees_all or row.keeper in self.viewer.networks:
            return False
        return self.due[body][period] + timedelta(days=row.network__days_to_accept) >= day


def _carries(part: Part, period: PeriodRow) -> bool:
    return carries_until(period.to_date, part.from_date, part.to_date, end_unknown=part.end_unknown)


def latest_reports(
    reports: Sequence[ReportRow],
    periods: Mapping[int, PeriodRow],
    day: date,
    organisations: OrganisationBook,
    language: str,
) -> tuple[ReportView, ...]:
    """For each voice and organisation the report of its latest period; voices in their fixed order, never averaged.

    A correction that nobody accepted yet comes after the report that it corrects, which counts until then.
    """
    known = {row.id for row in reports}
    waiting = {row.corrects_id: row for row in reports if row.corrects_id in known}
    latest: dict[tuple[str, int], ReportRow] = {}
    for report in sorted(reports, key=lambda row: (row.period__to_date, row.id)):
        if report.corrects_id not in known:
            latest[(report.voice, organisations.carried_on_by(report.organisation_id))] = report
    order = list(Voice.values)
    views = []
    chosen = list(latest.items())
    chosen += [(key, waiting[row.id]) for key, row in latest.items() if row.id in waiting]
    for (voice, organisation), report in chosen:
        period = periods.get(report.period_id)
        step = scale(report.scale).step(report.rating) if report.rating else None
        views.append(
            ReportView(
                voice=voice,
                organisation=organisations.name(organisation),
                period=in_language(period.title, language) if period else "",
                state="accepted" if report.state == "corrected" else report.state,
                scale=report.scale,
                rating=step.label(language) if step else "",
                share=step.share if step else None,
                narrative=in_language(words_of(report.narrative_json), language),
                empty_reason=report.empty_reason,
                evidence=report.proofs or 0,
                date=iso(report.submitted_on),
                unanswered=unanswered(report, day),
                entered_from=entered_from(report.paper_date, report.paper_words, report.paper_title, language),
                correction=in_language(words_of(report.correction_json), language) if report.corrects_id else "",
                organisation_urn=body.urn if (body := organisations.view(organisation)) else "",
                waits=report.corrects_id in known,
            )
        )
    return tuple(sorted(views, key=lambda view: (order.index(view.voice), view.organisation)))


def entered_from(day: date | None, words: str, title: Mapping[str, str] | None, language: str) -> str:
    """The paper from which a report was entered for its organisation, with its `day`; "" when it reported itself.

    `words` name it, or the `title` that it has on record, if that may be read.
    """
    if day is None:
        return ""
    return f"{words or in_language(title, language) or 'a paper that is not shown here'}, {iso(day)}"


def contributor_ratings(ratings: Iterable[tuple[str, str]]) -> Counter[str]:
    """Published ratings by contributors (scale and step), counted by the name of the step, apart from the voices."""
    return Counter(scale(code).step(rating).label("en") for code, rating in ratings)


def _view(
    row: CommitmentRow,
    state: StateOnDay,
    *,
    day: date,
    language: str,
    organisations: OrganisationBook,
    reports: tuple[ReportView, ...],
    duty: Duty,
) -> CommitmentView:
    current = [
        part
        for part in row.participations
        if not part.end_unknown
        and (part.to_date is None or part.to_date >= day)
        and (part.from_date is None or part.from_date <= day)
    ]
    parts = current or row.participations
    named = [(part.role in CARRYING, organisations.name(part.organisation_id)) for part in parts]
    ratings = contributor_ratings(row.ratings)
    rated = sum(ratings.values())
    return CommitmentView(
        urn=row.urn,
        code=row.code,
        title=in_language(row.title, language),
        kind=row.kind,
        state=state.state,
        reason=state.reason,
        state_date=iso(state.since),
        start=iso(row.start_date),
        due=iso(row.due_date),
        metric=in_language(row.metric, language),
        leads=tuple(dict.fromkeys(name for leading, name in named if leading)),
        partners=tuple(dict.fromkeys(name for leading, name in named if not leading)),
        objectives=tuple(
            sorted({number for tie in row.ties if (number := objective_of_code(tie.framework, tie.provision))})
        ),
        ties=tuple(sorted({(tie.framework, tie.provision) for tie in row.ties})),
        reports=reports,
        milestones_done=sum(1 for done in row.milestones if done and done <= day),
        milestones=len(row.milestones),
        overdue=state.state not in ENDED and row.due_date is not None and row.due_date < day,
        reports_due=duty.due,
        reports_missing=duty.missing,
        reports_excused=duty.excused,
        reports_waiting=duty.waiting,
        reports_returned=duty.returned,
        reports_in_time=duty.in_time,
        periods_missing=duty.periods,
        bodies_missing=duty.bodies,
        answers=tuple(sorted(tie.provision for tie in row.ties if tie.purpose == TiePurpose.ANSWERS)),
        matches=tuple(sorted(row.matches)),
        contributions=rated if rated >= SHOWN_FROM else 0,
        contribution_summary="; ".join(f"{label}: {n}" for label, n in sorted(ratings.items()))
        if rated >= SHOWN_FROM
        else "",
        bodies=tuple(sorted({view.urn for part in parts if (view := organisations.view(part.organisation_id))})),
    )
