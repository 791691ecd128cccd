"""What the holder of a post has to do on a day: what is returned, owed, waits for release or acceptance.

Eight statements at most, whatever the number of commitments.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.gcm.lists import Voice
from waymark.gcm.scales import scale
from waymark.queries.nested import Nested, titles
from waymark.queries.tasks.views import Task, Tasks
from waymark.queries.wording import in_language, iso
from waymark.records.commitments import CARRYING, Commitment, CommitmentChange, Participation
from waymark.records.duties import Running, carries_until
from waymark.records.organisations import Organisation, OrganisationName
from waymark.records.people import Post, PostHolding
from waymark.records.reports import DueDate, Excuse, ProgressReport, ReportingPeriod
from waymark.records.roles import ROLES, VERB_OF_VOICE, Verb
from waymark.records.viewers import Viewer

FIRST_WORDS = 60
"""Signs of a text that stand for it in a list."""

OPEN_STATES = ("draft", "released", "submitted", "returned")


def tasks_of(holding: PostHolding, *, viewer: Viewer, day: date, language: str) -> Tasks:
    """What waits for the holder of a post in its network on `day`, as far as `viewer` may read it."""
    verbs = ROLES[holding.post.duty].verbs
    voices = frozenset(voice for voice, verb in VERB_OF_VOICE.items() if verb in verbs)
    reports = _reports(holding, viewer)
    told = _Teller(holding, day, language, _Known.of(reports, viewer, day, language))
    own = [row for row in reports if row.organisation_id == holding.post.organisation_id]
    written = [row for row in own if row.voice in voices]
    owed = _owed(holding, viewer) if Voice.IMPLEMENTER in voices else []
    begun = {(row.commitment_id, row.period_id): row for row in written if row.state in ("draft", "released")}
    due = [told.owed(one, begun.pop((one.commitment.pk, one.period.pk), None)) for one in owed]
    releases = Verb.RELEASE_REPORT in verbs and holding.post.network is not None
    released_here = releases and holding.post.network.reports_released  # type: ignore[union-attr]
    return Tasks(
        returned=_sorted(told.of(row, row.returned_on) for row in written if row.state == "returned"),
        due=_sorted(due),
        begun=_sorted(told.of(row, row.period.due_date) for row in begun.values()),
        to_release=_sorted(
            told.of(row, row.period.due_date) for row in own if released_here and row.state in ("draft", "returned")
        ),
        to_accept=_sorted(
            told.of(row, row.submitted_on)
            for row in reports
            if row.state == "submitted" and Verb.ACCEPT_REPORT in verbs
        ),
        waiting=_sorted(told.of(row, row.submitted_on) for row in written if row.state == "submitted"),
    )


def _sorted(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda one: (one.day or "9999", one.commitment, one.period, one.voice)))


@dataclass(frozen=True, slots=True)
class _Owed:
    """A report that is owed and not handed in."""

    commitment: Commitment
    period: ReportingPeriod
    day: date
    last: tuple[str, str, Mapping[str, str]] | None
    """Scale and step of the last accepted rating, and the title of its period."""


def _reports(holding: PostHolding, viewer: Viewer) -> list[ProgressReport]:
    """Every report in the network that is not decided, and that the viewer may read."""
    rows = ProgressReport.objects.visible_to(viewer).filter(keeper=holding.post.keeper, state__in=OPEN_STATES)
    return list(rows.select_related("commitment", "period").order_by("commitment__code", "period_id", "voice", "id"))


def _owed(holding: PostHolding, viewer: Viewer) -> list[_Owed]:
    """What the body of the post owes for the open periods of the network and did not hand in.

    The duties of a body that is gone stand in rows of its successor, which the act of succession made.
    """
    body = holding.post.organisation_id
    days = DueDate.objects.visible_to(viewer).filter(organisation=body, period__keeper=holding.post.keeper)
    excused = Excuse.objects.standing().filter(organisation=body).order_by().values("period")
    open_days = list(days.filter(period__locked=False).exclude(period__in=excused).select_related("period"))
    if not open_days:
        return []
    given, last = _handed_in(holding, viewer)
    found = []
    for commitment, parts, changes in _carried(holding, viewer):
        running = Running.of(commitment.start_date, changes)
        for row in open_days:
            first, end = row.period.from_date, row.period.to_date
            carries = any(carries_until(end, part[0], part[1], end_unknown=part[2]) for part in parts)
            if carries and running.within(first, end) and (commitment.pk, row.period_id) not in given:
                found.append(_Owed(commitment, row.period, row.due_date, last.get(commitment.pk)))
    return found


class _Change:
    """A change of state, as `Running` reads it."""

    __slots__ = ("date", "to_state")

    def __init__(self, day: date | None, to_state: str) -> None:
        self.date, self.to_state = day, to_state


def _carried(holding: PostHolding, viewer: Viewer) -> list[tuple[Commitment, list[tuple[Any, ...]], list[_Change]]]:
    """The commitments of the network that the body of the post carries, with its parts in them and their changes."""
    body = holding.post.organisation_id
    mine = Participation.objects.visible_to(viewer).filter(organisation=body, role__in=CARRYING)
    parts = Nested(mine, "commitment", ("from_date", "to_date", "end_unknown"))
    changes = Nested(CommitmentChange.objects.visible_to(viewer), "commitment", ("date", "to_state"))
    rows = Commitment.objects.visible_to(viewer).filter(
        keeper=holding.post.keeper, pk__in=mine.order_by().values("commitment")
    )
    rows = rows.annotate(all_parts=parts.within(), all_changes=changes.within()).order_by("code")
    return [
        (row, list(parts.read(row.all_parts)), [_Change(*one) for one in changes.read(row.all_changes)]) for row in rows
    ]


def _handed_in(
    holding: PostHolding, viewer: Viewer
) -> tuple[set[tuple[int, int]], dict[int, tuple[str, str, Mapping[str, str]]]]:
    """What the body handed in as implementer, returned reports among it; and its last accepted ratings."""
    rows = ProgressReport.objects.visible_to(viewer).filter(
        organisation=holding.post.organisation_id, keeper=holding.post.keeper, voice=Voice.IMPLEMENTER
    )
    rows = rows.filter(state__in=("submitted", "returned", "accepted", "corrected")).order_by("period__to_date", "id")
    fields = ("commitment_id", "period_id", "state", "scale", "rating", "period__title")
    given, last = set(), {}
    for commitment, period, state, of, rating, title in rows.values_list(*fields):
        given.add((commitment, period))
        if state == "accepted" and rating:
            last[commitment] = (of, rating, title)
    return given, last


def _names(viewer: Viewer, reports: list[ProgressReport], day: date, language: str) -> dict[int, str]:
    """Body → its name of the day, for those of whom there are reports."""
    keys = {row.organisation_id for row in reports}
    rows = OrganisationName.objects.visible_to(viewer).on(day).filter(organisation__in=keys)
    known = Organisation.objects.visible_to(viewer).filter(pk__in=keys).order_by().values("pk")
    named: dict[int, str] = defaultdict(str)
    for row in rows.filter(organisation__in=known).order_by("from_date", "id"):
        named[row.organisation_id] = in_language(row.name, language)
    return named


@dataclass(frozen=True, slots=True)
class _Known:
    """What the viewer may read beside the reports, by keys: names of bodies, titles of commitments, periods, posts."""

    names: Mapping[int, str]
    commitments: Mapping[int, Mapping[str, str]]
    periods: Mapping[int, Mapping[str, str]]
    posts: Mapping[int, Mapping[str, str]]

    @classmethod
    def of(cls, reports: list[ProgressReport], viewer: Viewer, day: date, language: str) -> "_Known":
        """All that these reports name."""
        posts = {key for row in reports for key in (row.post_id, row.returned_by_id, row.released_by_id) if key}
        return cls(
            _names(viewer, reports, day, language),
            titles(Commitment, viewer, {row.commitment_id for row in reports}),
            titles(ReportingPeriod, viewer, {row.period_id for row in reports}),
            titles(Post, viewer, posts),
        )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts rows into words."""

    holding: PostHolding
    day: date
    language: str
    known: _Known

    def of(self, row: ProgressReport, day: date | None) -> Task:
        """A report that was begun."""
        last = row.returned_by_id if row.state == "returned" else row.released_by_id or row.post_id
        persons = {row.person_id, row.revised_by_person_id, row.submitted_by_person_id, row.released_by_person_id}
        return Task(
            commitment=row.commitment.code,
            title=in_language(self.known.commitments.get(row.commitment_id), self.language),
            period=row.period.code,
            period_title=in_language(self.known.periods.get(row.period_id), self.language),
            voice=row.voice,
            organisation=self.known.names.get(row.organisation_id, ""),
            day=iso(day),
            days=(day - self.day).days if day else 0,
            report=row.code,
            state=row.state,
            by=in_language(self.known.posts.get(last or 0), self.language),
            note=in_language(row.return_note, self.language) if row.state == "returned" else "",
            begun=first_words(in_language(row.narrative, self.language)),
            own=self.holding.person_id in persons,
        )

    def owed(self, one: _Owed, begun: ProgressReport | None) -> Task:
        """A report that is owed, begun or not."""
        scale_code, step, title = one.last or ("", "", {})
        return Task(
            commitment=one.commitment.code,
            title=in_language(one.commitment.title, self.language),
            period=one.period.code,
            period_title=in_language(one.period.title, self.language),
            voice=Voice.IMPLEMENTER.value,
            organisation="",
            day=iso(one.day),
            days=(one.day - self.day).days,
            report=begun.code if begun else "",
            state=begun.state if begun else "",
            begun=first_words(in_language(begun.narrative, self.language)) if begun else "",
            last=scale(scale_code).step(step).label(self.language) if step else "",
            last_period=in_language(title, self.language) if step else "",
        )


def first_words(text: str) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= FIRST_WORDS:
        return text
    return f"{text[:FIRST_WORDS].rsplit(' ', 1)[0]} …"
