"""Evidence that persons cited, and passages that a program suggests: kept apart, each with page, words and flags."""

from collections.abc import Iterator, Sequence

from waymark.engines.printing.blocks import Block, BulletList, Notice, Run, Runs
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import Writer
from waymark.queries.documents.views import LEAST_SHOWN, EvidenceView, SuggestedPassage, Suggestions

ABOUT = {
    "country": "",
    "general": "not about this country in particular",
}


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
    notes = [said]
    if not item.about_country:
        notes.append(ABOUT["general"])
    if item.newer_edition:
        notes.append(f"a newer edition exists: {item.newer_edition}")
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


def suggestions(found: Suggestions, writer: Writer, anchor: str) -> list[Block]:
    """Passages that a program ranked for this objective; a person has to read and cite them before they count."""
    if not found.shown:
        return []
    more = found.total - len(found.shown)
    blocks: list[Block] = [BulletList(tuple(_suggested(item, writer) for item in found.shown))]
    if more:
        blocks.append(paragraph(*_more(more, writer, anchor)))
    title = phrase("Suggested passages: ranked by a program, not cited by a person, so they count as no evidence")
    return [Notice("proposal", title, tuple(blocks))]


def _more(more: int, writer: Writer, anchor: str) -> Iterator[Run | Runs | str]:
    """How many passages are not shown; the network also reads how to list them."""
    yield writer.counted(more, "more passage is suggested", "more passages are suggested")
    if writer.data.audience == "network":
        yield ": "
        objective = anchor.removeprefix("objective-")
        yield code(
            f"waymark documents passages --objective {objective} --place {writer.data.place} --least {LEAST_SHOWN:.2f}"
        )
    yield "."


def _suggested(item: SuggestedPassage, writer: Writer) -> Runs:
    notes: list[Runs] = []
    if item.score is not None:
        shown = min(item.score, 0.99)  # a program is never certain
        notes.append(phrase("score ", Run(f"{shown:.2f}", "count", value=f"{item.score:.4f}")))
    if item.reasons:
        notes.append(phrase("because of ", joined([marked(reason, lang=item.language) for reason in item.reasons[:4]])))
    if item.tagged_by:
        notes.append(phrase("tag confirmed by ", marked(item.tagged_by)))
    if ABOUT[item.about]:
        notes.append(phrase(ABOUT[item.about]))
    return phrase(
        marked(item.title),
        place(item.page),
        writer.cite(item.source),
        quoted(item.quotation, item.language, item.source),
        " (",
        joined(notes, "; "),
        ")",
        warned(item.flags),
    )
