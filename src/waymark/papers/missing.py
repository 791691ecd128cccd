"""What is missing for an objective: in full with what would be needed, or in short, where a legend says that once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from waymark.engines.printing.blocks import Block, BulletList, Notice, Paragraph, Run, Runs
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import Writer
from waymark.queries.reviews.views import GapView, ObjectiveView

NEEDED = {
    "no figure": "a figure is needed from the producer in brackets or from the national statistical office",
    "held, not shown": "figures are held, but not shown for the reason in brackets; one that fits is needed",
    "not shown: small counts": "nothing is needed: of so few persons somebody could be picked out",
    "older disaggregation": "figures by what stands in brackets of a later year are needed",
    "no disaggregation": "figures by what stands in brackets are needed",
}
"""What is needed for gaps of a kind whose short forms name the rest; of other kinds the data say it."""
ORDER = (
    "no figure", "held, not shown", "not shown: small counts", "older disaggregation", "no disaggregation",
    "report missing", "no evidence",
)  # fmt: skip
"""The order in which kinds are told, the same in every chapter; others, reasons of methods, come last as they come."""
SAID_ELSEWHERE = ("too old", "no commitment")
"""Kinds that a short list leaves out: the mark [old] stands beside each figure, and objectives without a commitment are
named together, once."""


def gaps(writer: Writer, items: tuple[GapView, ...]) -> list[Block]:
    """What is missing and what would be needed."""
    if not items:
        return [paragraph("Nothing that the record expects is missing.")]
    grouped: dict[tuple[str, str], list[Runs]] = defaultdict(list)
    for item in items:
        grouped[(item.kind, item.needed)].append(marked(item.subject))
    rows = tuple(
        phrase(marked(f"{gap_words(kind)}: ", style="strong"), joined(subjects, "; "), ". ", marked(needed), ".")
        for (kind, needed), subjects in sorted(grouped.items(), key=lambda one: place_of(one[0][0]))
    )
    return [BulletList(rows)]


def place_of(kind: str) -> int:
    """Where a kind stands among the others."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def gap_words(kind: str) -> str:
    """A gap's kind with a capital letter."""
    return kind[:1].upper() + kind[1:]


def gaps_in_short(items: Iterable[GapView]) -> list[Block]:
    """What is missing, kind by kind, in one paragraph; nothing where nothing is."""
    grouped: dict[str, list[Runs]] = defaultdict(list)
    for item in items:
        if item.kind not in SAID_ELSEWHERE:
            grouped[item.kind].append(marked(item.short or item.subject))
    if not grouped:
        return []
    kinds = [
        phrase(marked(f"{gap_words(kind)}: ", style="strong"), joined(grouped[kind], "; "), ".")
        for kind in sorted(grouped, key=place_of)
    ]
    words = phrase(Run("What is missing. ", style="strong"), joined(kinds, " "))
    return [Notice("gap", (), (Paragraph(words, "source"),))]


def gaps_legend(objectives: Sequence[ObjectiveView]) -> list[Block]:
    """What would be needed for each kind of gap that the short lists name; it stands once, before them."""
    needed: dict[str, dict[str, None]] = defaultdict(dict)
    for objective in objectives:
        for item in objective.gaps:
            if item.kind not in SAID_ELSEWHERE:
                needed[item.kind][NEEDED.get(item.kind) or item.needed[:1].lower() + item.needed[1:]] = None
    if not needed:
        return []
    rows = tuple(
        phrase(marked(f"{gap_words(kind)}: ", style="strong"), marked("; or ".join(words)), ".")
        for kind, words in sorted(needed.items(), key=lambda one: place_of(one[0]))
    )
    return [Notice("gap", phrase("What is missing, and what is needed"), (BulletList(rows, small=True),))]


def without_commitment(writer: Writer) -> list[Block]:
    """The objectives to which no commitment on record is tied, and what is needed, said once for all."""
    found = [(one.number, gap) for one in writer.data.objectives for gap in one.gaps if gap.kind == "no commitment"]
    if not found:
        return []
    every = len(found) == len(writer.data.objectives)
    numbers = joined([(code(str(number), href=writer.objective_href(number)),) for number, _ in found])
    which = phrase("any objective") if every else phrase("objective " if len(found) == 1 else "objectives ", numbers)
    needed = found[0][1].needed
    words = phrase(Run("No commitment", style="strong"), " is on record for ", which, ". ", marked(needed), ".")
    return [Notice("gap", (), (Paragraph(words),))]
