"""Process and participation, timeline and positions: who took part and what they said."""

from collections import defaultdict
from collections.abc import Iterable

from waymark.engines.printing.blocks import Align, Block, BulletList, Run, Runs, Single
from waymark.gcm.lists import MemberRole, OrganisationKind, Stance
from waymark.gcm.vocabulary import sources
from waymark.gcm.votes import RECORD as ROLL_CALL
from waymark.gcm.votes import votes
from waymark.papers.choosing import commitments
from waymark.papers.words import dated, joined, marked, paragraph, phrase
from waymark.papers.writer import EMPTY, Chapter, Columns, Writer, heading, lead, source_line
from waymark.queries.networks.views import MeetingView, MemberView, NetworkView
from waymark.queries.reviews.views import FactView, PositionView

NOT_FOUND = "looked for and not found"
"""How the attribute of a claim begins that says what was looked for in vain."""

OTHER_KIND = "kind not known, or another"
"""How the record's kind "other" is counted: bodies whose source does not say what they are have it too."""


def participation(writer: Writer) -> Chapter:
    """Whole-of-government and whole-of-society as the record shows it, then each network."""
    blocks: list[Block] = []
    if not writer.data.networks:
        blocks.append(
            lead(
                "The record holds no network, government body or meeting for this place, so who takes part is not "
                "known here.",
                ""
                if writer.data.audience == "public"
                else " To say it, the secretariat enters the network and its members.",
            )
        )
        return tuple(blocks)
    blocks.append(
        lead(
            "The Compact asks for a whole-of-government and a whole-of-society approach. The table counts who takes "
            "part, as the record shows it. It counts; it does not grade."
        )
    )
    blocks += members_by_kind(writer)
    blocks += public_contributions(writer)
    for network in writer.data.networks:
        blocks += network_blocks(writer, network)
    if writer.data.timeline:
        blocks += timeline(writer)
    absent = [fact for fact in writer.data.facts if fact.attribute.startswith(NOT_FOUND)]
    other = sorted((fact for fact in writer.data.facts if fact not in absent), key=by_subject)
    if other:
        blocks += [heading(2, "facts", "National strategy and other facts on record"), fact_list(writer, other)]
    if absent:
        blocks += [
            heading(2, "not-found", "Looked for and not found"),
            paragraph("What was not found may still exist. It was not found in the sources used."),
            fact_list(writer, absent),
        ]
    return tuple(blocks)


BODY_COUNTS: Columns = (
    ("Bodies", "end", 1), ("Lead or support a commitment", "end", 1.7), ("Reported as implementer", "end", 1.5),
    ("Reported as secretariat", "end", 1.5), ("Reported as civil society", "end", 1.5),
)  # fmt: skip


def members_by_kind(writer: Writer) -> list[Block]:
    """How many bodies of each kind take part, carry or support a commitment, and report, by voice; then all of them.

    A column in which nobody counts is left out.
    """
    found = writer.data.participation
    if not found:
        return []
    counts = [
        (
            row.members,
            row.with_commitments,
            row.reported_as_implementer,
            row.reported_as_secretariat,
            row.reported_as_civil_society,
        )
        for row in found
    ]
    totals = tuple(sum(column) for column in zip(*counts, strict=True))
    rows = [
        (name, *((writer.count(number),) for number in numbers))
        for name, numbers in zip(
            [
                *(marked(OTHER_KIND if row.kind == OrganisationKind.OTHER else row.label) for row in found),
                phrase("all"),
            ],
            [*counts, totals],
            strict=True,
        )
    ]
    told = [place for place, total in enumerate(totals) if total or place == 0]
    columns = (("Kind", "start", 3.4), *(BODY_COUNTS[place] for place in told))
    table = writer.table(
        "Bodies by kind", columns, [(row[0], *(row[1 + place] for place in told)) for row in rows], anchor="bodies"
    )
    two_voices = "; one that speaks in two voices stands in both columns" if sum(totals[2:]) else ""
    return [
        paragraph(
            "The record names ",
            writer.counted(totals[0], "body that takes", "bodies that take"),
            f" part. Each counts once, whatever roles it has and in however many networks{two_voices}.",
        ),
        table,
    ]


def public_contributions(writer: Writer) -> list[Block]:
    """How much the public said in consultations, and where its ratings stand; nothing where it said nothing."""
    number = writer.data.contributions
    if not number:
        return []
    rated = sum(bool(one.contributions) for one in commitments(writer.data))
    where = phrase(
        " Their ratings are shown from three on, beside the commitment and in none of the three voices: so on ",
        writer.counted(rated, "commitment", "commitments"), ".",
    ) if rated else phrase(" No commitment has three ratings of them, from which on they are shown.")  # fmt: skip
    held = writer.counted(number, "contribution", "contributions")
    return [paragraph("Consultations: ", held, " of the public ", "is" if number == 1 else "are", " published.", where)]


def fact_list(writer: Writer, facts: list[FactView]) -> BulletList:
    """Single claims, each with its day and source."""
    return BulletList(
        tuple(
            phrase(
                marked(capital(fact_name(fact)), style="strong"),
                ": ",
                marked(fact.value),
                writer.mark(fact.mark),
                writer.cite(fact.source),
                marked(f" {fact.note}", style="muted") if fact.note else (),
            )
            for fact in facts
        )
    )


def fact_name(fact: FactView) -> str:
    """What a claim is about: its subject and attribute, in words."""
    attribute = fact.attribute.removeprefix(NOT_FOUND).lstrip(": ")
    return f"{fact.subject_words}, {attribute}" if fact.subject_words and attribute else attribute or fact.subject_words


def capital(words: str) -> str:
    """Words as they stand at the start of a line."""
    return words[:1].upper() + words[1:]


def by_subject(fact: FactView) -> tuple[str, str, str]:
    """The order of facts: by subject, then by day, then by name; letters count, not capitals."""
    name = fact_name(fact)
    return (fact.subject_words.casefold() or name.casefold(), fact.date, name.casefold())


def network_blocks(writer: Writer, network: NetworkView) -> list[Block]:
    """One network: since when, members, working groups, vacancies and meetings."""
    anchor = f"network-{network.urn.rpartition(':')[2]}"
    founded = (
        phrase("Set up on ", writer.day(network.founded), ". ")
        if network.founded
        else phrase("The record does not say when it was set up. ")
    )
    blocks: list[Block] = [heading(2, anchor, marked(network.name))]
    blocks.append(paragraph(founded, marked(network.note), writer.mark(network.mark), writer.cite(network.source)))
    blocks += members_table(writer, network)
    if network.working_groups:
        blocks.append(
            paragraph("Working groups: ", joined([marked(name) for name in network.working_groups], "; "), ".")
        )
    if network.vacancies:
        blocks.append(
            paragraph(
                "Posts without a holder on record: ", joined([marked(words) for words in network.vacancies], "; "), "."
            )
        )
    if network.meetings:
        blocks.append(heading(3, f"{anchor}-meetings", "Meetings and events"))
        blocks.append(paragraph(*meetings_known(writer, network)))
        for meeting in network.meetings:
            blocks += meeting_blocks(writer, meeting)
    return blocks


def meetings_known(writer: Writer, network: NetworkView) -> Iterable[Run | Runs | str]:
    """How many meetings the record holds and of which day the last is: what a body promises of itself stands above."""
    days = sorted(one.date for one in network.meetings if one.date)
    yield phrase("The record holds ", writer.counted(len(network.meetings), "meeting or event", "meetings and events"))
    if days:
        yield phrase(", of " if len(network.meetings) == 1 else ", the last with a known day of ", writer.day(days[-1]))
    undated = len(network.meetings) - len(days)
    if undated:
        yield phrase("; of ", writer.count(undated), " no day is known")
    yield "."


def members_table(writer: Writer, network: NetworkView) -> list[Block]:
    """Present members, each once with all its roles; those of the same roles, days and remarks share a row."""
    present: dict[str, list[MemberView]] = defaultdict(list)
    for member in network.members:
        if not member.until:
            present[member.organisation.urn].append(member)
    if not present:
        return []
    cited = {tuple(member.source for member in roles) for roles in present.values()}
    of_all = writer.cite(*next(iter(cited))) if len({key for keys in cited for key in keys}) == 1 else ()
    shared: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Runs]] = defaultdict(list)
    for roles in present.values():
        words = ", ".join(MemberRole(member.role).label for member in roles)
        days = tuple(dict.fromkeys(member.since for member in roles))
        notes = tuple(dict.fromkeys(member.note for member in roles if member.note))
        own = () if of_all else writer.cite(*(member.source for member in roles))
        shared[(words, days, notes)].append(phrase(member_name(roles, writer), own))
    since = any(day for _, days, _ in shared for day in days)
    rows = [
        (
            phrase(words),
            *((joined([(writer.day(day),) for day in days]),) if since else ()),
            joined(names, "; "),
            joined([marked(note) for note in notes], " ") or EMPTY,
        )
        for (words, days, notes), names in shared.items()
    ]
    columns: list[tuple[str, Align, float]] = [
        ("Role", "start", 1.5),
        *([("Since", "start", 1.5)] if since else []),  # type: ignore[list-item]  # the alignment is a literal
        ("Organisations", "start", 7),
    ]
    if any(notes for _, _, notes in shared):
        columns.append(("Remark", "start", 3))
    caption = phrase("Members of ", marked(network.name))
    table = writer.table(caption, columns, (row[: len(columns)] for row in rows))
    no_day = () if since else " The record has no day on which a member joined."
    if of_all:  # Not in the caption: a table owns no link but in its cells.
        return [table, source_line("All members are from one source.", of_all, no_day)]
    return [table, source_line("The record has no day on which a member joined.")] if no_day else [table]


def member_name(roles: list[MemberView], writer: Writer) -> Runs:
    """A body with its former names and marks."""
    body = roles[0].organisation
    formerly = joined([marked(name) for name in body.formerly], "; ")
    return phrase(
        marked(body.name),
        phrase(" (formerly ", formerly, ")") if formerly else (),
        *(writer.mark(mark) for mark in dict.fromkeys(member.mark for member in roles)),
    )


def meeting_blocks(writer: Writer, meeting: MeetingView) -> list[Block]:
    """One meeting: date, title, what was said and decided."""
    blocks: list[Block] = [
        paragraph(
            writer.day(meeting.date),
            ": ",
            marked(meeting.title, style="strong"),
            phrase(", ", marked(meeting.place)) if meeting.place else (),
            writer.mark(meeting.mark),
            writer.cite(meeting.source),
            ". ",
            marked(meeting.note),
        )
    ]
    said = [
        phrase(
            marked(who),
            ": ",
            marked(words) if words else "what was said is not known here",
            writer.mark(mark),
            writer.cite(source),
        )
        for who, words, source, mark in meeting.statements
    ]
    decided = [phrase("Decided: ", marked(words)) for words in meeting.decisions]
    if said:
        blocks.append(paragraph("What was said, in our words:"))
    if said or decided:
        blocks.append(BulletList((*said, *decided)))
    return blocks


def timeline(writer: Writer) -> list[Block]:
    """Dated facts that are not meetings."""
    return [
        heading(2, "timeline", "Timeline"),
        BulletList(
            tuple(
                phrase(writer.day(date), ": ", marked(words), writer.cite(source))
                for date, words, source in writer.data.timeline
            )
        ),
    ]


def position_words(writer: Writer, row: PositionView) -> Runs:
    """What was said, the note, and the paper that somebody entered it from, with its day in words.

    What is known at second hand rests on other sources than that paper, which stand beside it; then it is not named.
    """
    said = [marked(part) for part in (row.text, row.note) if part]
    if row.entered_from and row.mark != "secondary":
        said.append(phrase("Entered from a paper: ", dated(row.entered_from, writer.language), "."))
    return joined(said, " ") or EMPTY


def texts(writer: Writer) -> list[Block]:
    """The texts that are followed up beside the Compact, with how many of their provisions are on record."""
    if not writer.data.texts:
        return []
    rows = (
        (
            phrase(marked(row.title), writer.mark(row.mark), writer.cite(row.source)),
            marked(row.issuer) or EMPTY,
            (writer.day(row.date),),
            (writer.count(row.provisions),) if row.provisions else phrase("none; what it says is not on record"),
            marked(row.note) or EMPTY,
        )
        for row in writer.data.texts
    )
    columns: tuple[tuple[str, Align, float], ...] = (
        ("Text", "start", 4),
        ("Issuer", "start", 2.4),
        ("Date", "start", 1.6),
        ("Provisions on record", "start", 1.8),
        ("Remark", "start", 3),
    )
    return [writer.table("Other texts that the country follows", columns, rows, anchor="texts")]


def no_roll_call(writer: Writer) -> Single:
    """What Waymark holds of the vote on the Compact, and where to look for a country that its sources do not name."""
    known = [one for one in votes() if one.framework == "gcm"]
    against = sum(one.stance is Stance.VOTED_AGAINST for one in known)
    read = [one.title.partition(":")[0] for one in sources(known[0].source)]
    return paragraph(
        "Waymark holds no roll call of the vote on the Compact on ", writer.day(known[0].date.isoformat()),
        ". The sources that were read (", marked("; ".join(read)), ") name the ",
        writer.counted(against, "State", "States"), " that voted against and the ",
        writer.count(len(known) - against), " that abstained", writer.mark(known[0].mark),
        "; this country is not among them. How it voted, or that it did not vote, is to be looked up in ",
        marked(ROLL_CALL), ".",
    )  # fmt: skip


def positions(writer: Writer) -> Chapter:
    """Votes and statements on whole texts, then the texts that are followed beside the Compact."""
    blocks: list[Block] = []
    if not writer.data.positions:
        blocks.append(lead("The record holds no vote or statement of this country or its bodies on a framework."))
        blocks.append(no_roll_call(writer))
        return (*blocks, *texts(writer))
    rows = (
        (
            marked(row.holder),
            marked(row.subject),
            phrase(row.stance, writer.mark(row.mark), writer.cite(row.source)),
            (writer.day(row.date),),
            position_words(writer, row),
        )
        for row in writer.data.positions
    )
    blocks.append(
        writer.table(
            "What the country and its bodies said of the texts",
            (
                ("Who", "start", 2),
                ("Text", "start", 3),
                ("Position", "start", 2),
                ("Date", "start", 1.6),
                ("In words", "start", 3),
            ),
            rows,
        )
    )
    return (*blocks, *texts(writer))
