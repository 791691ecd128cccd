"""The list of sources at the end: one numbered entry each; what neighbours share is said once above them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from waymark.engines.printing.blocks import Block, CitationEntry, CitationList, Notice, Run, Runs
from waymark.engines.printing.reading import block_runs, walk
from waymark.papers.words import code, dated, joined, marked, paragraph, phrase, plain
from waymark.papers.writer import MARK_WORDS, Writer, source_line
from waymark.queries.reviews.views import ReviewData
from waymark.queries.sources.views import SourceView

UNKNOWN = "unknown"
"""How a source says that its day of retrieval is not known."""
PARTS = (
    "publisher", "title", "series", "years", "date", "page", "locator", "retrieved", "licence", "mirror", "sha256",
    "address", "mark",
)  # fmt: skip
"""The fields of a source in the order in which its entry says them."""
LEFT_TO_DATA = (("sha256",), ("sha256", "locator"))
"""Fields of documents and of datasets that only a full print prints; the table of sources holds them."""
SHARED = (("publisher",), ("publisher", "title", "retrieved", "licence", "mirror", "address"))
"""What neighbours share and say once: those of one publisher of documents, those of one dataset."""
MIRROR = re.compile(r"(?:obtained through a public mirror:|as in the package) [^;]+")
"""Where a file was taken that did not come from its publisher, or in whose package, as its locator says."""
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(?=[/?#]|$)", re.IGNORECASE)
"""The name of a host at the start of an address without scheme."""
LINE = "line "
"""How a line of a text is named as a place."""
HEADING = re.compile(r"[A-Z][^\d,;]* [^\d,;]* [^\d,;]*")
"""A place in a document that is a heading: three words and more without a number, the first with a capital."""
YEAR = re.compile(r"\d{4}")


def cited_in(blocks: Iterable[Block]) -> set[int]:
    """The numbers of the sources that these blocks cite."""
    held = (runs for block in walk(tuple(blocks)) for runs in block_runs(block))
    return {number for runs in held for run in runs for number in run.cites}


def not_cleared(writer: Writer) -> Runs:
    """How many datasets nobody cleared for passing on, and whose they are; () where all are cleared."""
    closed = {(one.publisher, one.title) for one in writer.data.sources if one.uncleared}
    if not closed:
        return ()
    every = {(one.publisher, one.title) for one in writer.data.sources if one.kind == "dataset"}
    whose = dict.fromkeys(publisher for publisher, _ in sorted(closed))
    return phrase(
        writer.count(len(closed)), " of ", writer.counted(len(every), "dataset", "datasets"), ": ",
        marked("; ".join(whose)), ". No licence is known; ask the publisher before the review is passed on",
    )  # fmt: skip


def clearing_remarks(data: ReviewData) -> list[str]:
    """That datasets are not cleared for passing on, for who builds a review; nothing where all are."""
    closed = not_cleared(Writer(data))
    return [f"not cleared for passing on: {plain(closed)}."] if closed else []


def source_list(writer: Writer, cited: Collection[int]) -> list[Block]:
    """What is not known of several of them, once, then the numbered sources that the paper cites.

    A full edition lists all. The others keep their numbers and stand in the data, which alone name them.
    """
    every = source_entries(writer)
    entries = tuple(one for one in every if writer.full or one.number in cited)
    if not entries:
        return [paragraph("No source is cited.")]
    left = len(every) - len(entries)
    rest = source_line(
        writer.counted(left, "number is", "numbers are"), " left out here: only data files name ",
        "that source. It stands in " if left == 1 else "those sources. They stand in ", code("data/sources.csv"), ".",
    )  # fmt: skip
    return [*_not_given(writer), CitationList(entries), *([rest] if left else [])]


def _not_given(writer: Writer) -> list[Block]:
    """That no day of retrieval or no date of a document is known, where it is so of any."""
    sources = writer.data.sources
    missing = []
    if any(source.retrieved == UNKNOWN for source in sources):
        missing.append("day of retrieval")
    if any(source.kind == "document" and not source.date for source in sources):
        missing.append("date of a document")
    return [source_line(f"Where no {' and no '.join(missing)} stands, none is known.")] if missing else []


def source_entries(writer: Writer) -> tuple[CitationEntry, ...]:
    """The numbered sources; what neighbours of one dataset or publisher share is said once above them."""
    sources = writer.data.sources
    families = Counter(source.family for source in sources)
    entries = []
    for number, source in enumerate(sources, 1):
        of = source.kind == "dataset"
        shared = SHARED[of] if families[source.family] > 1 else ()
        under = joined([part for name in shared if (part := source_part(source, name, writer))], ". ")
        kept = [name for name in PARTS if name not in shared and (writer.full or name not in LEFT_TO_DATA[of])]
        own = joined([part for name in kept if (part := source_part(source, name, writer))], ". ")
        entries.append(CitationEntry(number, own, under))
    return tuple(entries)


def _mirror(source: SourceView, writer: Writer) -> str:
    """The mirror that a file came through, or the package; "" where a full edition prints the place of the figures."""
    found = MIRROR.findall(source.locator)
    return "; ".join(one.strip() for one in found) if not writer.full else ""


def web_address(address: str) -> str:
    """Where an address leads: one of the web as it is, a host and path without scheme by https, nothing else."""
    if address.startswith(("http://", "https://")):
        return address
    return f"https://{address}" if HOST.match(address) else ""


def place_in(page: str) -> Runs:
    """A page, or a place named in words: a heading stands in quotation marks, `under “The time limit”, line 11`."""
    if page.isdigit():
        return phrase("Page ", marked(page))
    head, comma, rest = page.partition(", line ")
    if comma and HEADING.fullmatch(head):
        return phrase("Under “", marked(head), "”", marked(f"{comma}{rest}"))
    if page.startswith(LINE) and f", {LINE}" in page:
        *first, last = page.removeprefix(LINE).split(f", {LINE}")
        return phrase("At lines ", marked(f"{', '.join(first)} and {last}"))
    return phrase("At ", marked(page))


def address(value: str) -> Runs:
    """An address that leads somewhere as a link, words in place of one as such."""
    way = web_address(value)
    return (code(value, href=way),) if way else phrase("Address: ", marked(value))


def source_part(source: SourceView, name: str, writer: Writer) -> Runs:
    """One field of a source in words, () when it is empty or not known."""
    value: str = _mirror(source, writer) if name == "mirror" else getattr(source, name)
    if not value or (name == "mark" and value not in MARK_WORDS) or (name == "retrieved" and value == UNKNOWN):
        return ()
    match name:
        case "series":
            return phrase("Series ", code(value))
        case "years":
            return phrase("Year " if YEAR.fullmatch(value) else "Years ", marked(value))
        case "date" | "retrieved":
            return phrase(f"{'Dated' if name == 'date' else 'Retrieved'} ", writer.day(value))
        case "page":
            return place_in(value)
        case "mirror":
            return marked(value[:1].upper() + value[1:])
        case "licence":
            return phrase("Licence ", marked(value))
        case "sha256":
            return phrase("File SHA-", code("256"), " ", code(value))
        case "address":
            return address(value)
        case "locator":
            return dated(value[:1].upper() + value[1:], writer.language)
        case "mark":
            return (Run(MARK_WORDS[value], style="muted"),)
    return marked(value)


def demonstration(data: ReviewData, end: str = "") -> Notice:
    """What marks a demonstration; the head is left out where the words begin with it."""
    head = () if data.marking.startswith("Demonstration") else phrase("Demonstration")
    return Notice("demonstration", head, (paragraph(marked(data.marking), end),))
