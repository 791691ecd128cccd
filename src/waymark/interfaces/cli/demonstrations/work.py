"""Meetings, commitments and progress reports of a demonstration."""

from collections.abc import Iterable
from datetime import date

from waymark.actions import commitments, meetings, reports, workplans
from waymark.actions.commitments import MilestoneFacts, Partner, Served
from waymark.actions.facts import Paper
from waymark.actions.meetings import AttendanceFacts, DecisionFacts, FollowUp, MeetingFacts, StatementFacts
from waymark.actions.reports import Filed, Proof, Report
from waymark.actions.workplans import PeriodFacts
from waymark.interfaces.cli.demonstrations.files import Row, day, day_of, number, words
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.interfaces.cli.demonstrations.posts import officer, reporter
from waymark.interfaces.cli.demonstrations.texts import passage_with
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.meetings import Meeting
from waymark.records.networks import Network

SCALE = "completion-5"
CURRENCY = "QOD"
"""The invented currency of Orvenia."""


def load_meetings(loading: Loading) -> None:
    """Record meetings with attendance, statements and decisions; a decision may become a follow-up commitment."""
    followed = {row["decision"]: row for row in loading.rows("commitments") if "decision" in row}
    for row in loading.rows("meetings"):
        meeting = meetings.hold(
            by=loading.by,
            network=loading.networks[row["network"]],
            code=loading.own(row["code"]),
            facts=MeetingFacts(
                kind=row["kind"],
                title=row["title"],
                date=day(row["date"]),
                end_date=day(row.get("end")),
                date_precision=row.get("known_to", "day"),
                venue=row.get("venue", ""),
                agenda=_listed(row.get("agenda")),
                summary=str(row.get("summary", row.get("note", ""))),
                key_messages=row.get("key_messages", ""),
                provisions=loading.objectives(row),
                papers=[loading.documents[key] for key in row.get("papers", [])],
                minutes=loading.documents.get(row.get("minutes", "")),
                working_group=loading.groups.get(row.get("group", "")),
                classification=row.get("classification", "public"),
                **loading.source(row),
            ),
        )
        loading.meetings[row["code"]] = meeting
        loading.count("meetings")
        _who_came_and_spoke(loading, meeting, row)
        for decision in row.get("decisions", []):
            _decide(loading, meeting, decision, followed.get(decision["code"]))


def _listed(agenda: str | list[str] | None) -> str:
    return "; ".join(agenda) if isinstance(agenda, list) else agenda or ""


def _who_came_and_spoke(loading: Loading, meeting: Meeting, row: Row) -> None:
    for came in row.get("attendance", []):
        known = came if isinstance(came, dict) else {"organisation": came}
        meetings.note_attendance(
            by=loading.by,
            meeting=meeting,
            facts=AttendanceFacts(
                organisation=loading.organisations[known["organisation"]],
                capacity=known.get("post", ""),
                **loading.source(row),
            ),
        )
        loading.count("attendances")
    for said in row.get("statements", []):
        post = None if "speaker" in said else loading.posts[said["post"]]
        meetings.record_statement(
            by=loading.by,
            meeting=meeting,
            facts=StatementFacts(
                summary=said["text"],
                person=loading.persons.get(said.get("speaker", "")),
                post=post,
                organisation=loading.organisations[said["organisation"]] if "organisation" in said else None,
                capacity=said["post"] if "speaker" in said else "",
                provisions=loading.objectives(said),
                **loading.source(said),
            ),
        )
        loading.count("statements")


def _decide(loading: Loading, meeting: Meeting, row: Row, follow_up: Row | None) -> None:
    decision = meetings.decide(
        by=loading.by,
        meeting=meeting,
        facts=DecisionFacts(text=row["text"], **loading.source(row)),
        follow_up=_follow_up(loading, follow_up) if follow_up else None,
    )
    loading.count("decisions")
    if decision.commitment is not None and follow_up is not None:
        loading.commitments[follow_up["code"]] = decision.commitment
        loading.count("commitments")
        if follow_up["state"] != "agreed":
            commitments.start(by=_officer(loading, meeting.date), commitment=decision.commitment, on=meeting.date)


def _follow_up(loading: Loading, row: Row) -> FollowUp:
    return FollowUp(
        code=row["code"],
        partners=_partners(loading, row["participants"]),
        ties=_ties(loading, row),
        due_date=day(row["due"]),
    )


def _partners(loading: Loading, rows: Iterable[Row]) -> list[Partner]:
    return [
        Partner(
            organisation=loading.organisations[row["organisation"]],
            role=row["role"],
            share=number(row.get("share")),
            amount=number(row.get("amount")),
            currency=CURRENCY if "amount" in row else "",
        )
        for row in rows
    ]


def _ties(loading: Loading, row: Row) -> list[Served]:
    """What a commitment serves: objectives, SDG targets, the strategy, and the recommendations it answers."""
    targets = [loading.provisions[("sdg", code)] for code in words(row.get("sdg"))]
    strategy = [loading.provisions[("strategy", code)] for code in words(row.get("strategy"))]
    served = [Served(provision) for provision in [*loading.objectives(row), *targets, *strategy]]
    return [*served, *(Served(loading.provisions[("answers", code)], "answers") for code in words(row.get("answers")))]


def load_commitments(loading: Loading) -> None:
    """Propose, agree and start the measures, pledges and activities; how they end is told after the reports."""
    for row in loading.rows("measures"):
        _propose(loading, {**row, "kind": "measure"}, _measure_partners(row))
    for row in loading.rows("commitments"):
        if "decision" not in row:
            _propose(loading, row, row["participants"])
    for row in loading.rows("commitments"):
        for matched in row.get("matches", []):
            commitments.match(
                by=_officer(loading, day(row["start"])),
                matching=loading.commitments[row["code"]],
                matched=loading.commitments[matched],
            )


def _measure_partners(row: Row) -> list[Row]:
    """The lead, the contributors, and those who pay, each once, with the money beside the name."""
    money = {row.get("payer"): row.get("amount"), row.get("co_payer"): row.get("co_amount")}
    names = dict.fromkeys([*words(row.get("contributors")), *(name for name in money if name)])
    roles = {row["lead"]: "lead"} | {name: "contributor" for name in names if name != row["lead"]}
    return [
        {"organisation": name, "role": role} | ({"amount": money[name]} if money.get(name) else {})
        for name, role in roles.items()
    ]


def _officer(loading: Loading, on: date | None) -> Actor:
    """The officer of the network who keeps its commitments on a day; today's for a day that nobody knows."""
    return officer(loading, loading.networks["network"].code, on or day_of(loading.code))


def _propose(loading: Loading, row: Row, partners: Iterable[Row]) -> None:
    proposed = day(row.get("proposed", row["start"]))
    commitment = commitments.propose(
        by=_officer(loading, proposed),
        network=loading.networks["network"],
        code=row["code"],
        partners=_partners(loading, partners),
        ties=_ties(loading, row),
        on=proposed,
        facts=commitments.CommitmentFacts(
            kind=row["kind"],
            title=row["title"],
            way=row.get("way", ""),
            level=row.get("level", "national"),
            description=row.get("description", ""),
            metric=row.get("metric", ""),
            baseline=row.get("baseline", ""),
            target=row.get("target", ""),
            start_date=day(row["start"]),
            due_date=day(row["due"]),
            work_area=loading.areas.get(row.get("area", "")),
            place=loading.place,
            classification=row.get("classification", "public"),
        ),
    )
    loading.commitments[row["code"]] = commitment
    loading.count("commitments")
    for milestone in row.get("milestones", []):
        commitments.set_milestone(
            by=_officer(loading, proposed),
            commitment=commitment,
            facts=MilestoneFacts(
                title=milestone["title"], due_date=day(milestone["due"]), done_on=day(milestone["done"])
            ),
        )
        loading.count("milestones")
    if row["state"] == "proposed":
        return
    agreed, started = day(row.get("agreed", row["start"])), day(row.get("started", row["start"]))
    commitments.agree(by=_officer(loading, agreed), commitment=commitment, on=agreed)
    if row["state"] != "agreed":
        commitments.start(by=_officer(loading, started), commitment=commitment, on=started)


def end_commitments(loading: Loading, before: date | None, since: date | None) -> None:
    """Complete, drop or supersede what ended before a day, or since a day."""
    rows = [*loading.rows("measures"), *loading.rows("commitments")]
    for row in rows:
        ended = day(row.get("ended", row.get("since")))
        if ended is None or (before is not None and ended >= before) or (since is not None and ended < since):
            continue
        _end(loading, row, loading.commitments[row["code"]], ended)


def _end(loading: Loading, row: Row, commitment: Commitment, on: date) -> None:
    by = _officer(loading, on)
    if row["state"] == "completed":
        commitments.complete(by=by, commitment=commitment, on=on)
    elif row["state"] == "dropped":
        commitments.drop(by=by, commitment=commitment, on=on, reason=row["reason"])
    else:
        successor = loading.commitments[row["superseded_by"]]
        commitments.supersede(by=by, commitment=commitment, successor=successor, on=on, reason=row["reason"])


def load_reports(loading: Loading) -> None:
    """Open the reporting periods; let the reports of three voices be written, handed in and answered on their days."""
    network = loading.networks.get("network")
    if network is None:
        return
    for row in loading.rows("periods"):
        loading.periods[row["code"]] = workplans.open_period(
            by=loading.by,
            network=network,
            code=loading.own(row["code"]),
            facts=PeriodFacts(
                title=row["title"],
                from_date=date.fromisoformat(row["from"]),
                to_date=date.fromisoformat(row["to"]),
                due_date=day(row["due"]),
            ),
        )
        loading.count("periods")
    for row in loading.rows("reports"):
        _report(loading, row, network)
        loading.count("reports")
    reports.note_untouched(by=loading.by, on=day_of(loading.code))


def _report(loading: Loading, row: Row, network: Network) -> None:
    """Write, hand in and answer a report by the holders of the posts of the day.

    What a body without such a post handed in is entered for it from its sheet.
    """
    report = _said(loading, row)
    on, decided = day(row.get("submitted")), day(row.get("decided"))
    written = on or min(report.period.to_date, day_of(loading.code))
    by = reporter(loading, report.organisation, report.voice, written)
    if by is not None:
        entered = reports.hand_in(by=by, report=report) if on else reports.draft(by=by, report=report)
    else:
        sheet = Paper(written, words=f"Reporting sheet, {report.period.title['en']}")
        (entered,) = reports.enter_reports(by=loading.by, filed=[Filed(report, sheet)])
    if decided is None:
        return
    answers = officer(loading, network.code, decided, entered.writers)
    if row["state"] == "accepted":
        reports.accept(by=answers, row=entered)
    else:
        reports.send_back(by=answers, row=entered, note=row["return_note"])


def _said(loading: Loading, row: Row) -> Report:
    document = loading.documents.get(row.get("document", ""))
    proofs = [_proof(document, row)] if document else [Proof(text=row["evidence"])] if "evidence" in row else []
    return Report(
        commitment=loading.commitments[row["commitment"]],
        period=loading.periods[row["period"]],
        organisation=loading.organisations[row["organisation"]],
        voice=row["voice"],
        scale=SCALE,
        rating=row.get("rating", ""),
        empty_reason=row.get("empty_reason", ""),
        narrative=row["narrative"],
        reason=row.get("reason", ""),
        evidence=tuple(proofs),
    )


def _proof(document: Document, row: Row) -> Proof:
    """Evidence of a report: the passage that holds the words it quotes, or the document alone."""
    if "quotation" not in row:
        return Proof(document=document)
    return Proof(passage=passage_with(document, row["quotation"]), quotation=row["quotation"])
