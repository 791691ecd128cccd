"""The ten guiding principles of the Compact, with what the record ties to each."""

from waymark.engines.printing.blocks import Align, Block, BulletList
from waymark.papers.objectives import drafted
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import EMPTY, Chapter, Writer, lead


def principles(writer: Writer) -> Chapter:
    """The principles in the order of paragraph 15; a table as soon as anything is tied to one of them."""
    found = writer.data.principles
    opening = lead(
        "The Compact rests on ten guiding principles, which hold for all objectives (paragraph ",
        code("15"),
        " of A/RES/",
        code("73/195"),
        ").",
    )
    if not any(one.commitments or one.findings for one in found):
        return (
            opening,
            BulletList(tuple(phrase(marked(one.title), marked(f", {one.place}", style="muted")) for one in found)),
            paragraph("The record ties no commitment and no finding to a principle."),
        )
    rows = [
        (
            phrase(marked(one.title), marked(f", {one.place}", style="muted")),
            joined([phrase(code(number), " ", marked(title)) for number, title in one.commitments], "; ") or EMPTY,
            joined([phrase(marked(f.text), writer.mark(f.mark), drafted(writer, f)) for f in one.findings]) or EMPTY,
        )
        for one in found
    ]
    columns: tuple[tuple[str, Align, float], ...] = (
        ("Principle", "start", 3),
        ("Commitments tied to it", "start", 4),
        ("Findings on it", "start", 4),
    )
    table: Block = writer.table(
        "The ten guiding principles and what is tied to each", columns, rows, anchor="ten-principles"
    )
    return (opening, table)
