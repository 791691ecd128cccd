"""What a brief asks of its reader, by rule: at most six things, each with who has to act.

Nothing is demanded of a government that did not commission the text: then the same list says what would help.
"""

from dataclasses import dataclass

from waymark.engines.printing.blocks import BulletList, Run, Runs
from waymark.papers import choosing
from waymark.papers.process import NOT_FOUND
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import Chapter, Writer, heading, of_dataset
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.reviews.views import ReviewData

MOST = 6
NAMED = 4
"""How many codes or names a line gives before it only counts."""
MOST_LATE = 12
"""How many overdue commitments are named, each with its lead."""
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked, and who has to act."""

    what: Runs
    of: Runs


def commissioned(data: ReviewData) -> bool:
    """Whether a body of the country stands for the review: it is named as its publisher."""
    return bool(data.publishing_body)


def asked(writer: Writer) -> list[Asked]:
    """What is asked, in the order of the rules."""
    found = []
    if commissioned(writer.data):
        found = [*_late(writer), *_answers(writer), *_proposed(writer), *_decisions(writer), *_posts(writer)]
        found += _findings(writer)
    else:
        found = [*_publisher(writer), *_not_found(writer), *_old(writer)]
    return found[:MOST]


def asked_blocks(writer: Writer, found: list[Asked]) -> Chapter:
    """The list under its head; nothing when nothing is asked."""
    if not found:
        return ()
    title = "Asked of you" if commissioned(writer.data) else "What would help"
    lines = tuple(phrase(one.what, " ", _muted(one.of)) if one.of else one.what for one in found)
    return (heading(1, "asked", title), BulletList(lines, ordered=True))


def _muted(runs: Runs) -> Runs:
    return tuple(Run(run.text, run.kind, "muted", run.lang, run.value) for run in runs)


def _some(writer: Writer, items: list[Runs]) -> Runs:
    """The first of several, and how many more."""
    rest = len(items) - NAMED
    more = (" and ", writer.counted(rest, "other", "others")) if rest > 0 else ()
    return phrase(joined(items[:NAMED]), *more)


def _body(writer: Writer) -> Runs:
    return marked(writer.data.publishing_body)


def _not_begun(one: CommitmentView) -> bool:
    """Whether it is a decision of the network that waits for a first step, which is asked for on its own."""
    return one.kind == "follow_up" and one.state == "agreed"


def _late(writer: Writer) -> list[Asked]:
    """A new date for all that is overdue and begun, asked of those who lead it, by lead."""
    late = [one for one in choosing.overdue(writer.data) if not _not_begun(one)]
    if not late:
        return []
    by_lead: dict[tuple[str, ...], list[CommitmentView]] = {}
    for one in late[:MOST_LATE]:
        by_lead.setdefault(one.leads, []).append(one)
    named = [
        phrase(
            joined([(code(one.code),) for one in items]), phrase(" (", marked("; ".join(leads)), ")") if leads else ()
        )
        for leads, items in by_lead.items()
    ]
    rest = len(late) - MOST_LATE
    if rest > 0:
        named.append(phrase(writer.counted(rest, "other", "others"), " that the review lists"))
    what = phrase(
        "Set a new date for ", writer.counted(len(late), "overdue commitment", "overdue commitments"),
        ", or drop it and say why: " if len(late) == 1 else ", or drop them and say why: ",
        joined(named, "; "), ".",
    )  # fmt: skip
    return [Asked(what, ())]


def _answers(writer: Writer) -> list[Asked]:
    silent = [one for one in writer.data.recommendations if not one.stance]
    if not silent:
        return []
    named = [phrase((code(one.code),), " ", marked(one.text.rstrip("."))) for one in silent]
    what = phrase("Answer ", writer.counted(len(silent), "recommendation", "recommendations"), ": ",
                  _some(writer, named), ".")  # fmt: skip
    return [Asked(what, _body(writer))]


def _proposed(writer: Writer) -> list[Asked]:
    old = choosing.long_proposed(writer.data)
    if not old:
        return []
    named = [phrase(marked(one.title.rstrip(".")), " (", code(one.code), ", proposed ", writer.day(one.state_date), ")")
             for one in old]  # fmt: skip
    leads = dict.fromkeys(name for one in old for name in one.leads)
    return [Asked(phrase("Agree or decline: ", _some(writer, named), "."), marked("; ".join(leads)))]


def _decisions(writer: Writer) -> list[Asked]:
    found = [one for one in choosing.overdue(writer.data) if _not_begun(one)]
    if not found:
        return []
    named = [phrase(marked(one.title.rstrip(".")), " (", code(one.code), ", due ", writer.day(one.due), ")")
             for one in found]  # fmt: skip
    leads = dict.fromkeys(name for one in found[:NAMED] for name in one.leads)
    return [Asked(phrase("Start: ", _some(writer, named), "."), marked("; ".join(leads)))]


def _posts(writer: Writer) -> list[Asked]:
    vacant = [words for network in writer.data.networks for words in network.vacancies]
    if not vacant:
        return []
    what = phrase("Fill ", writer.counted(len(vacant), "vacant post", "vacant posts"), ": ",
                  _some(writer, [marked(words.partition(",")[0]) for words in vacant]), ".")  # fmt: skip
    bodies = dict.fromkeys(words.partition(",")[2].strip() for words in vacant)
    return [Asked(what, marked("; ".join(filter(None, bodies))))]


def _findings(writer: Writer) -> list[Asked]:
    data = writer.data
    every = [*data.findings, *(one for objective in data.objectives for one in objective.findings)]
    waiting = [one for one in every if not one.confirmed]
    if not waiting:
        return []
    what = phrase("Confirm or correct ", writer.count(len(waiting)), " of ",
                  writer.counted(len(every), "finding", "findings"), ", so far the secretariat's alone.")  # fmt: skip
    return [Asked(what, phrase("Bodies concerned"))]


def _publisher(writer: Writer) -> list[Asked]:
    return [Asked(phrase("Say who would publish a review; it is not known here."), ())]


def _not_found(writer: Writer) -> list[Asked]:
    if not any(one.attribute.startswith(NOT_FOUND) for one in writer.data.facts):
        return []
    return [Asked(phrase("Of what was looked for and not found, supply what you hold, or say that there is none."), ())]


def _old(writer: Writer) -> list[Asked]:
    old = writer.data.vintage.ended_early
    if not old:
        return []
    title, held = choosing.dataset_of(writer.data, choosing.ended_early(writer.data))
    many = writer.counted(old, "series that ends", "series that end")
    from_one = of_dataset(writer, old, title, held)
    if not from_one:
        return [Asked(phrase("Supply newer figures for ", many, " more than five years ago."), ())]
    what = phrase(
        "Load a newer release for ", many, " more than five years ago", from_one, ". Only then ask the country."
    )
    return [Asked(what, phrase("(for the secretariat)"))]
