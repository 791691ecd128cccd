"""The list of sources at the end: one numbered entry each; what neighbours share is said once above them."""

import re
from collections import Counter

from waymark.engines.printing.blocks import Block, CitationEntry, CitationList, Run, Runs
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import MARK_WORDS, Writer, source_line
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
MIRROR = re.compile(r"obtained (through a public mirror: [^;]+)")
"""Where a file was taken that did not come from its publisher, as its locator says it."""
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(?=[/?#]|$)", re.IGNORECASE)
"""The name of a host at the start of an address without scheme."""


def source_list(writer: Writer) -> list[Block]:
    """What is not known of several of them, once, then the numbered sources."""
    entries = source_entries(writer)
    if not entries:
        return [paragraph("No source is cited.")]
    return [*_not_given(writer), CitationList(entries)]


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
    """The public mirror that a file came through; "" where a full print prints the whole place of the figures."""
    found = MIRROR.search(source.locator)
    return found[1].strip() if found and not writer.full else ""


def web_address(address: str) -> str:
    """Where an address leads: one of the web as it is, a host and path without scheme by https, nothing else."""
    if address.startswith(("http://", "https://")):
        return address
    return f"https://{address}" if HOST.match(address) else ""


def source_part(source: SourceView, name: str, writer: Writer) -> Runs:
    """One field of a source in words, () when it is empty or not known."""
    value: str = _mirror(source, writer) if name == "mirror" else getattr(source, name)
    if not value or (name == "mark" and value not in MARK_WORDS) or (name == "retrieved" and value == UNKNOWN):
        return ()
    match name:
        case "series":
            return phrase("Series ", code(value))
        case "years":
            return phrase("Years ", marked(value))
        case "date":
            return phrase("Dated ", writer.day(value))
        case "page":
            return phrase("Page " if value.isdigit() else "At ", marked(value))
        case "retrieved":
            return phrase("Retrieved ", writer.day(value))
        case "mirror":
            return phrase("Obtained ", marked(value))
        case "licence":
            return phrase("Licence ", marked(value))
        case "sha256":
            return phrase("File SHA-", code("256"), " ", code(value))
        case "address":
            return (code(value, href=web_address(value)),)
        case "mark":
            return (Run(MARK_WORDS[value], style="muted"),)
    return marked(value)
