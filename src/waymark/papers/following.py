"""Who follows up, in a sentence each: since when, how many bodies in which role, and the last meeting."""

from collections import Counter, defaultdict

from waymark.engines.printing.blocks import Runs
from waymark.papers.words import joined, marked, phrase
from waymark.papers.writer import Writer
from waymark.queries.networks.views import MeetingView, MemberView, NetworkView

ROLES = (
    (("chair", "co_chair", "member"), "member", "members"),
    (("partner",), "partner", "partners"),
    (("observer",), "observer", "observers"),
    (("consultative",), "with consultative status", "with consultative status"),
    (("secretariat",), "secretariat", "secretariats"),
)
"""Roles as they are counted. A body of several roles counts once, in the first of these."""
SHARED = 2
"""Members whose remark is the same word for word, from which on the count says the remark."""


def told(writer: Writer, network: NetworkView) -> Runs:
    """A network or body: the day it was set up, its bodies by role, its last meeting."""
    named = marked(network.name, style="strong")
    founded = phrase(": set up on ", writer.day(network.founded), "; ") if network.founded else phrase(": ")
    return phrase(named, founded, *by_role(writer, network), ".", *last_meeting(writer, network))


def by_role(writer: Writer, network: NetworkView) -> Runs:
    """Present bodies by role, each once, with the remark that several members share."""
    bodies: dict[str, list[MemberView]] = defaultdict(list)
    for member in network.members:
        if not member.until:
            bodies[member.organisation.urn].append(member)
    counted: dict[int, list[list[MemberView]]] = defaultdict(list)
    for roles in bodies.values():
        held = {member.role for member in roles}
        place = next((place for place, (codes, _, _) in enumerate(ROLES) if held.intersection(codes)))
        counted[place].append([member for member in roles if member.role in ROLES[place][0]])
    if not counted:
        return phrase("no member on record")
    said = []
    for place in sorted(counted):
        _, one, many = ROLES[place]
        notes = Counter(note for roles in counted[place] for note in {member.note for member in roles} if note)
        if place:
            notes.clear()
        remarks = [
            phrase(writer.count(number), ": ", marked(note[:1].lower() + note[1:].rstrip(".")))
            for note, number in notes.most_common()
            if number >= SHARED
        ]
        remarked = phrase(" (", joined(remarks, "; "), ")") if remarks else ()
        said.append(phrase(writer.counted(len(counted[place]), one, many), remarked))
    return phrase(joined(said, "; "), " on record")


def last_meeting(writer: Writer, network: NetworkView) -> Runs:
    """The last meeting whose day is known, and the last of those whose day is not, which may be the later one."""
    dated = [meeting for meeting in network.meetings if meeting.date]
    undated = [meeting for meeting in network.meetings if not meeting.date]
    parts = []
    if dated:
        last = max(dated, key=lambda one: one.date)
        head = "Last dated meeting: " if undated else "Last meeting on record: "
        parts.append(phrase(head, writer.day(last.date), ", ", _named(writer, last)))
    if undated:
        last = undated[-1]
        decided = marked("; ".join(words.rstrip(".") for words in last.decisions))
        more = len(undated) - 1
        parts.append(phrase(
            "undated, perhaps later" if dated else "Meeting on record, day not known", ": ",
            _named(writer, last),
            phrase(" (decided: ", decided, ")") if decided else (),
            phrase(" and ", writer.counted(more, "other", "others")) if more else (),
        ))  # fmt: skip
    return phrase(" ", joined(parts, "; "), ".") if parts else ()


def _named(writer: Writer, meeting: MeetingView) -> Runs:
    return phrase(marked(meeting.title.rstrip(".")), writer.cite(meeting.source))
