"""Evidence that persons cited, each with page, words and flags.

What a program suggests never stands in a document: it is for people who write, who read it and cite it or not.
"""

from collections.abc import Collection, Iterable, Sequence

from waymark.engines.printing.blocks import Block, BulletList, Run, Runs
from waymark.papers.words import marked, paragraph, phrase
from waymark.papers.writer import Writer
from waymark.queries.documents.views import EvidenceView
from waymark.queries.reviews.views import FindingView


def is_bare(item: EvidenceView) -> bool:
    """Whether its source's entry says all of a citation: a document about the country, cited without words or flags."""
    return item.about_country and not (item.quotation or item.flags or item.newer_edition)


def proofs(items: Sequence[EvidenceView]) -> dict[str, list[EvidenceView]]:
    """What reports cite or name, by the code of the commitment; each source, or thing that is only named, once."""
    found: dict[str, list[EvidenceView]] = {}
    for item in items:
        known = found.get(item.cited_in, [])
        if item.cited_in != "finding" and (item.source or item.title) not in [one.source or one.title for one in known]:
            found[item.cited_in] = [*known, item]
    return found


def sources_of(findings: Iterable[FindingView]) -> set[str]:
    """The sources cited beside findings."""
    return {one for finding in findings for one in finding.source.split("\n")}


def told_beside(items: Sequence[EvidenceView], cited: Collection[str], writer: Writer) -> list[Block]:
    """The evidence that more is to be said of than the numbers of its sources, which stand elsewhere in the chapter.

    `cited` are the sources cited beside findings.
    """
    rest = [item for item in items if not (is_bare(item) and (item.cited_in != "finding" or item.source in cited))]
    return [BulletList(tuple(_cited(item, writer) for item in rest), small=True)] if rest else []


def evidence(items: Sequence[EvidenceView], writer: Writer) -> list[Block]:
    """Documents and passages cited by people for this objective."""
    if not items:
        return [paragraph("No evidence about this country is cited for this objective.")]
    blocks: list[Block] = []
    if not any(item.about_country for item in items):
        blocks.append(
            paragraph("No evidence about this country is cited for this objective. What is cited speaks in general.")
        )
    return [*blocks, BulletList(tuple(_cited(item, writer) for item in items))]


def _cited(item: EvidenceView, writer: Writer) -> Runs:
    said = "cited by a finding" if item.cited_in == "finding" else f"cited in a report on {item.cited_in}"
    notes = [said] if item.source else [said, "no document held"]
    if not item.about_country:
        notes.append("not about this country in particular")
    if item.newer_edition:
        notes.append(f"a newer version exists: {item.newer_edition}")
    return phrase(
        marked(item.title),
        place(item.page),
        writer.cite(item.source),
        marked(f" ({'; '.join(notes)})", style="muted"),
        quoted(item.quotation, item.language, item.source),
        warned(item.flags),
    )


def place(page: str) -> Runs:
    """ ", page 12", or ", paragraph 3" where the place names itself; nothing when it is not known."""
    if not page:
        return ()
    return phrase(", ", marked(page)) if " " in page or "!" in page else phrase(", page ", marked(page))


def quoted(words: str, language: str, origin: str) -> Runs:
    """The words of a passage in quotation marks, marked with their language."""
    return phrase(": “", marked(words, origin=origin, lang=language), "”") if words else ()


def warned(flags: Sequence[str]) -> Runs:
    """What may be wrong with the text of the page."""
    return phrase(Run(" Take care: ", style="strong"), marked("; ".join(flags)), ".") if flags else ()
