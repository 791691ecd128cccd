"""What is done about meetings: hold one, note who came and what was said, decide.

What was said at a meeting is recorded by who keeps its minutes, with the meeting and its day: it is the words of a
speaker as the minutes have them, and needs no further paper.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from waymark.actions.acts import act
from waymark.actions.commitments import CommitmentFacts, Partner, Served, agree, propose
from waymark.actions.facts import Amendable, Facts, Paper, Words, check_named, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, free_code, fresh, relate, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.frameworks import Provision
from waymark.records.meetings import Attendance, Decision, Meeting, Statement
from waymark.records.networks import Network, WorkingGroup
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb

LONGEST_WORDS = 500
"""How many letters name a paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts(Facts):
    """A meeting or another dated event: what it was, when, and what came of it."""

    kind: str
    title: Words
    date: datetime.date | None = None
    end_date: datetime.date | None = None
    date_precision: str = "day"
    venue: str = ""
    agenda: Words = ""
    summary: Words = ""
    key_messages: Words = ""
    working_group: WorkingGroup | None = None
    minutes: Document | None = None
    papers: Sequence[Document] = ()
    provisions: Sequence[Provision] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceFacts(Facts):
    """Who was there: an organisation, through a post or a person when these are known.

    `capacity` is what the source calls them.
    """

    organisation: Organisation | None = None
    post: Post | None = None
    person: Person | None = None
    capacity: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFacts(Facts):
    """What a speaker said, in a summary; `language` is the one spoken."""

    summary: Words
    organisation: Organisation | None = None
    post: Post | None = None
    person: Person | None = None
    capacity: Words = ""
    language: str = ""
    provisions: Sequence[Provision] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts(Facts):
    """What was decided; `commitment` is the follow-up that it became."""

    text: Words
    commitment: Commitment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The commitment that a decision becomes: its code, who carries it, what it serves, by when."""

    code: str
    partners: Sequence[Partner]
    ties: Sequence[Served] = ()
    due_date: datetime.date | None = None


@act
def hold(*, by: Actor, network: Network, code: str, facts: MeetingFacts) -> Meeting:
    """Record a meeting or another dated event of the network."""
    check_verb(by, Verb.PLAN, network)
    check_named(by, network, facts)
    row = store(take(Meeting(network=network, code=checked_code(code, "meeting")), facts))
    relate(row, "provisions", facts.provisions)
    relate(row, "papers", facts.papers)
    log(by, "meeting.held", row, date=facts.date, kind=facts.kind)
    return row


@act
def note_attendance(*, by: Actor, meeting: Meeting, facts: AttendanceFacts) -> Attendance:
    """Note that an organisation was there; a post without its organisation brings it."""
    fresh(meeting)
    check_verb(by, Verb.PLAN, meeting)
    check_named(by, meeting, facts)
    code = free_code(Attendance, f"{meeting.code}.p{meeting.attendances.count() + 1}")
    row = take(Attendance(meeting=meeting, code=code, classification=meeting.classification), facts)
    row.organisation = facts.organisation or (facts.post.organisation if facts.post else None)
    store(row)
    log(by, "meeting.attended", row, organisation=row.organisation, post=facts.post)
    return row


@act
def record_statement(*, by: Actor, meeting: Meeting, facts: StatementFacts) -> Statement:
    """Record what a speaker said; a post without its organisation brings it."""
    fresh(meeting)
    check_verb(by, Verb.PLAN, meeting)
    check_named(by, meeting, facts)
    if not facts.summary:
        raise RefusedError("statement.without_summary", meeting=meeting.code)
    position = meeting.statements.count() + 1
    code = free_code(Statement, f"{meeting.code}.s{position}")
    new = Statement(meeting=meeting, code=code, position=position, classification=meeting.classification)
    row = take(new, facts)
    row.organisation = facts.organisation or (facts.post.organisation if facts.post else None)
    store(row)
    relate(row, "provisions", facts.provisions)
    log(by, "meeting.statement.recorded", row, post=facts.post, person=facts.person)
    return row


@act
def decide(*, by: Actor, meeting: Meeting, facts: DecisionFacts, follow_up: FollowUp | None = None) -> Decision:
    """Record a decision. With a `follow_up` it becomes an agreed commitment of that kind."""
    fresh(meeting)
    check_verb(by, Verb.PLAN, meeting)
    position = meeting.decisions.count() + 1
    code = free_code(Decision, f"{meeting.code}.d{position}")
    new = Decision(meeting=meeting, code=code, position=position, classification=meeting.classification)
    _check_decision(new, facts)
    row = take(new, facts)
    if follow_up is not None:
        row.commitment = propose(
            by=by,
            network=meeting.network,
            code=follow_up.code,
            partners=follow_up.partners,
            ties=follow_up.ties,
            on=meeting.date,
            facts=CommitmentFacts(
                kind="follow_up",
                title=facts.text,
                start_date=meeting.date,
                due_date=follow_up.due_date,
                classification=row.classification,
                source=facts.source,
                locator=facts.locator,
                mark=facts.mark,
            ),
        )
        agree(by=by, commitment=row.commitment, on=meeting.date, paper=_minutes(meeting))
    store(row)
    log(by, "meeting.decided", row, commitment=row.commitment)
    return row


def _minutes(meeting: Meeting) -> Paper | None:
    """The paper of what a meeting decided: its minutes, or the meeting's title; None when its day is not known."""
    if meeting.date is None:
        return None
    title = str(meeting.title.get("en") or next(iter(meeting.title.values()), meeting.code))
    return Paper(meeting.date, meeting.minutes, words="" if meeting.minutes else title[:LONGEST_WORDS])


def _check_statement(statement: Statement, facts: StatementFacts) -> None:
    if not facts.summary:
        raise RefusedError("statement.without_summary", meeting=statement.meeting.code)


def _check_decision(decision: Decision, facts: DecisionFacts) -> None:
    """What follows from a meeting is a follow-up of its own network."""
    known = facts.commitment
    if known is not None and (known.kind != "follow_up" or known.keeper != decision.meeting.keeper):
        raise RefusedError("decision.no_follow_up", commitment=known.code, meeting=decision.meeting.code)


AMENDS = {
    Meeting.noun: Amendable(MeetingFacts, Verb.PLAN, lists=("provisions", "papers")),
    Attendance.noun: Amendable(AttendanceFacts, Verb.PLAN),
    Statement.noun: Amendable(StatementFacts, Verb.PLAN, check=_check_statement, lists=("provisions",)),
    Decision.noun: Amendable(DecisionFacts, Verb.PLAN, check=_check_decision),
}
"""How what stands here is corrected."""
