"""What is done about meetings: hold one, note who came and what was said, decide."""

from collections.abc import Sequence
from datetime import date

from waymark.actions.acts import act
from waymark.actions.commitments import CommitmentFacts, Partner, Served, agree, propose
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, fresh, relate, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.frameworks import Provision
from waymark.records.meetings import Attendance, Decision, Meeting, Statement
from waymark.records.networks import Network, WorkingGroup
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post
from waymark.records.permissions import Verb, check_verb

Words = str | dict[str, str]


@act
def hold(
    *,
    by: Actor,
    network: Network,
    code: str,
    kind: str,
    title: Words,
    date: date | None = None,
    end_date: date | None = None,
    date_precision: str = "day",
    venue: str = "",
    agenda: Words = "",
    summary: Words = "",
    key_messages: Words = "",
    provisions: Sequence[Provision] = (),
    papers: Sequence[Document] = (),
    minutes: Document | None = None,
    group: WorkingGroup | None = None,
    classification: str = "network",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Meeting:
    """Record a meeting or another dated event of the network."""
    check_verb(by, Verb.PLAN, network)
    row = Meeting(
        network=network,
        working_group=group,
        code=checked_code(code, "meeting"),
        kind=kind,
        title=said(title),
        date=date,
        end_date=end_date,
        date_precision=date_precision,
        venue=venue,
        agenda=said(agenda),
        summary=said(summary),
        key_messages=said(key_messages),
        minutes=minutes,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    relate(row, "provisions", provisions)
    relate(row, "papers", papers)
    log(by, "meeting.held", row, date=date, kind=kind)
    return row


@act
def note_attendance(
    *,
    by: Actor,
    meeting: Meeting,
    organisation: Organisation | None = None,
    post: Post | None = None,
    person: Person | None = None,
    capacity: Words = "",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Attendance:
    """Note that an organisation was there, through a post or a person when these are known."""
    fresh(meeting)
    check_verb(by, Verb.PLAN, meeting)
    row = Attendance(
        meeting=meeting,
        code=free_code(Attendance, f"{meeting.code}.p{meeting.attendances.count() + 1}"),
        organisation=organisation or (post.organisation if post else None),
        post=post,
        person=person,
        capacity=said(capacity),
        classification=meeting.classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "meeting.attended", row, organisation=row.organisation, post=post)
    return row


@act
def record_statement(
    *,
    by: Actor,
    meeting: Meeting,
    summary: Words,
    person: Person | None = None,
    post: Post | None = None,
    organisation: Organisation | None = None,
    capacity: Words = "",
    language: str = "",
    provisions: Sequence[Provision] = (),
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Statement:
    """Record what a speaker said, in a summary; `language` is the one spoken."""
    check_verb(by, Verb.PLAN, meeting)
    if not summary:
        raise RefusedError("statement.without_summary", meeting=meeting.code)
    fresh(meeting)
    position = meeting.statements.count() + 1
    row = Statement(
        meeting=meeting,
        code=f"{meeting.code}.s{position}",
        position=position,
        person=person,
        post=post,
        organisation=organisation or (post.organisation if post else None),
        capacity=said(capacity),
        summary=said(summary),
        language=language,
        classification=meeting.classification,
        **fact(source, locator, mark),
    )
    store(row)
    relate(row, "provisions", provisions)
    log(by, "meeting.statement.recorded", row, post=post, person=person)
    return row


@act
def decide(
    *,
    by: Actor,
    meeting: Meeting,
    text: Words,
    follow_up: str = "",
    partners: Sequence[Partner] = (),
    ties: Sequence[Served] = (),
    due_date: date | None = None,
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Decision:
    """Record a decision. With `follow_up` (a code) it becomes an agreed commitment of kind follow-up by `partners`."""
    check_verb(by, Verb.PLAN, meeting)
    fresh(meeting)
    position = meeting.decisions.count() + 1
    row = Decision(
        meeting=meeting,
        code=f"{meeting.code}.d{position}",
        position=position,
        text=said(text),
        classification=meeting.classification,
        **fact(source, locator, mark),
    )
    if follow_up:
        row.commitment = propose(
            by=by,
            network=meeting.network,
            code=follow_up,
            partners=partners,
            ties=ties,
            on=meeting.date,
            facts=CommitmentFacts(
                kind="follow_up",
                title=text,
                start_date=meeting.date,
                due_date=due_date,
                classification=meeting.classification,
                source=source,
                locator=locator,
                mark=mark,
            ),
        )
        agree(by=by, commitment=row.commitment, on=meeting.date)
    store(row)
    log(by, "meeting.decided", row, commitment=row.commitment)
    return row
