"""How a paper is read from end to end: its parts in order, the checks before rendering, and its plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from waymark.engines.printing.blocks import (
    Beside,
    Block,
    BulletList,
    CitationList,
    Contents,
    Facts,
    Figure,
    Heading,
    Matters,
    Notice,
    PageBreak,
    Paragraph,
    PrintedPaper,
    Run,
    Runs,
    Single,
    Table,
)

LABELS = {
    "table": "Table",
    "figure": "Figure",
    "page": "Page",
    "of": "of",
    "contents": "Contents",
    "data table": "Data table",
    "table tells": "The table of data below says the same.",
    "back to text": "Back to the text",
    "source": "Source",
    "skip to text": "Skip to the text",
    "about": "About this edition",
    "all chapters": "All chapters",
    "all sources": "All sources",
    "files": "Files beside this page",
    "in this chapter": "In this chapter",
    "next": "Next",
    "other chapters": "Other chapters",
    "other forms": "Other forms of this paper",
    "previous": "Previous",
    "sources here": "Sources cited on this page",
    "where it belongs": "Where this page belongs",
}
"""The renderers' own words in English; `Document.labels` says them in its language."""

CHAPTERS = 2
"""Levels of the headings that open a chapter."""
MOST_OPENING = 3
"""Paragraphs below a heading that open its part; more of them are a part themselves."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary language subtags whose usual script runs from right to left (CLDR character order)."""


def direction(language: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; a script subtag wins over the language's usual script."""
    parts = language.replace("_", "-").split("-")
    script = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"} else "ltr"
    return "rtl" if parts[0].lower() in RIGHT_TO_LEFT else "ltr"


def label(paper: PrintedPaper, key: str) -> str:
    """The renderer's word for `key` in the paper's language; the English one when the paper gives none."""
    return paper.labels.get(key) or LABELS[key]


def words(runs: Runs) -> str:
    """The text of `runs` without marks."""
    return "".join(run.text for run in runs)


def alternative(paper: PrintedPaper, figure: Figure, *, table: bool) -> str:
    """The text alternative of a chart where its table stands below it (`table`) or does not.

    What only the table tells is pointed to where the medium has the table, and said where it has none.
    """
    if not figure.table_tells or figure.table is None:
        return figure.alt
    if table:
        return f"{figure.alt} {label(paper, 'table tells')}"
    lines = [[words(column.head) for column in figure.table.columns], *map(_cells, figure.table.rows)]
    head, *rows = (", ".join(filter(None, line)) for line in lines)
    return f"{figure.alt} {head}: {'; '.join(rows)}."


def _cells(row: tuple[Runs, ...]) -> list[str]:
    return [words(cell) for cell in row]


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, those inside notices and the tables under figures included."""
    for block in blocks:
        yield block
        if isinstance(block, Notice):
            yield from walk(block.blocks)
        elif isinstance(block, Beside):
            yield from walk((*block.blocks, block.figure))
        elif isinstance(block, Figure) and block.table is not None:
            yield block.table


def in_print_order(blocks: tuple[Block, ...]) -> list[Block]:
    """`blocks` with each page break that follows headings moved before them: a heading never ends a page."""
    ordered: list[Block] = []
    for block in blocks:
        place = len(ordered)
        if isinstance(block, PageBreak):
            while place and isinstance(ordered[place - 1], Heading):
                place -= 1
            if place and isinstance(ordered[place - 1], PageBreak):
                continue
        ordered.insert(place, block)
    return ordered


def held(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the paragraphs that stay on the page of what follows: those that only open a chapter.

    They stand right below the heading of a chapter, and after them comes its part: a heading of a lower rank, a list, a
    table, a chart or a marked-off part. Without it a chapter's head would end a page and the chapter begin on the next.
    """
    found: set[int] = set()
    opening: list[int] = []
    level = 0
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and level and len(opening) < MOST_OPENING:
            opening.append(place)
            continue
        if opening and not isinstance(block, (Paragraph, PageBreak)):
            found |= set(opening) if not isinstance(block, Heading) or block.level > level else set()
        opening = []
        level = block.level if isinstance(block, Heading) and block.level <= CHAPTERS else 0
    return frozenset(found)


def stacked(blocks: list[Block]) -> list[Single]:
    """`blocks` with what stands side by side one after the other."""
    found: list[Single] = []
    for block in blocks:
        found += (*block.blocks, block.figure) if isinstance(block, Beside) else (block,)
    return found


def every_block(paper: PrintedPaper) -> Iterator[Block]:
    """Every block of a paper in reading order, the cover's notice first."""
    if paper.cover.notice is not None:
        yield from walk((paper.cover.notice,))
    yield from walk(paper.blocks)


def block_runs(block: Block) -> Iterator[Runs]:
    """The runs a block holds itself; a notice's inner blocks and a figure's table come from `walk`."""
    match block:
        case Heading() | Paragraph():
            yield block.runs
        case BulletList():
            yield from block.items
        case Table():
            yield block.caption
            yield from (column.head for column in block.columns)
            yield from (cell for row in block.rows for cell in row)
        case Figure():
            yield block.caption
        case Notice() | Contents():
            yield block.title
        case Facts():
            yield from (part for item in block.items for part in item)
        case Matters():
            yield from (part for item in block.items for part in (item.head, item.says, item.source))
        case CitationList():
            for under, entries in block.shared():
                yield from ((under,) if under else ())
                yield from (entry.runs for entry in entries)
        case _:
            return


def every_runs(paper: PrintedPaper) -> Iterator[Runs]:
    """All runs of a paper in reading order."""
    yield paper.cover.title
    yield paper.cover.subtitle
    yield from (part for item in paper.cover.facts for part in item)
    for block in every_block(paper):
        yield from block_runs(block)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a renderer must know before it begins.

    `headings` are those the contents list; `cited` the numbers that a citation list answers.
    """

    headings: tuple[Heading, ...]
    cited: frozenset[int] = field(default_factory=frozenset)


def plan(paper: PrintedPaper) -> Plan:
    """Check a paper and plan it.

    Raises ValueError when an anchor is used twice, a heading level is skipped, a row's cells or a list's anchors are
    too few or too many, or a run cites or links to what the paper does not hold: each is a defect of the composer,
    not of the reader's input.
    """
    headings: list[Heading] = []
    anchors: set[str] = set()
    answered: set[int] = set()
    level = 0
    for block in every_block(paper):
        for anchor in block_anchors(block):
            if anchor in anchors:
                raise ValueError(f"the anchor {anchor!r} is used twice")
            anchors.add(anchor)
        if isinstance(block, Heading):
            if not 1 <= block.level <= min(level + 1, 4):
                raise ValueError(f"the heading {words(block.runs)!r} has level {block.level} after level {level}")
            level = block.level
            headings.append(block)
        elif isinstance(block, Table):
            check_table(block)
        elif isinstance(block, BulletList) and len(block.anchors) not in (0, len(block.items)):
            raise ValueError(f"a list of {len(block.items)} items has {len(block.anchors)} anchors")
        elif isinstance(block, CitationList):
            answered.update(entry.number for entry in block.entries)
    for run in (run for runs in every_runs(paper) for run in runs):
        if run.cites or run.href:
            check_run(run, anchors, answered)
    return Plan(tuple(headings), frozenset(answered))


def block_anchors(block: Block) -> Iterator[str]:
    """The anchors that a block sets."""
    if isinstance(block, (Heading, Table, Figure)) and block.anchor:
        yield block.anchor
    elif isinstance(block, BulletList):
        yield from filter(None, block.anchors)
    elif isinstance(block, CitationList):
        yield from (source_anchor(entry.number) for entry in block.entries)


def source_anchor(number: int) -> str:
    """The anchor of citation `number`."""
    return f"source-{number}"


def check_table(table: Table) -> None:
    """Raise ValueError when a row has another number of cells than the table has columns, or there is no column."""
    if not table.columns:
        raise ValueError(f"the table {words(table.caption)!r} has no columns")
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            raise ValueError(
                f"the table {words(table.caption)!r} has {len(table.columns)} columns, row {number} {len(row)} cells"
            )


def check_run(run: Run, anchors: set[str], answered: set[int]) -> None:
    """Raise ValueError when a run cites or links to what the paper does not hold."""
    missing = [number for number in run.cites if number not in answered]
    if missing:
        raise ValueError(f"the run {run.text!r} cites {missing}, which no citation list answers")
    if run.href.startswith("#") and run.href[1:] not in anchors:
        raise ValueError(f"the run {run.text!r} links to {run.href!r}, which is not in the paper")


def safe_href(href: str) -> str:
    """`href` when it is an anchor or a web, mail or file-free address; "" for anything that could run as code."""
    scheme = href.split(":", 1)[0].strip().lower() if ":" in href else ""
    return href if href.startswith("#") or scheme in {"http", "https", "mailto"} else ""


def printable(text: str) -> str:
    """`text` without the control characters that XML 1.0 forbids and without lone surrogates; tabs and lines stay."""
    if text.isprintable():
        return text
    return "".join(character for character in text if is_printable(character))


def is_printable(character: str) -> bool:
    """Whether XML 1.0 allows the character (section 2.2, production Char)."""
    code = ord(character)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
