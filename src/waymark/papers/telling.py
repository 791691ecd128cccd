"""The parts of which sentences on what matters first are made: what is read first, and where a sentence is from."""

from collections.abc import Iterable

from waymark.engines.printing.blocks import Run, Runs
from waymark.papers.words import code, joined, phrase
from waymark.papers.writer import Writer
from waymark.queries.commitments.views import CommitmentView

DOT = " · "


def source(*parts: Run | Runs | str) -> Runs:
    """Where a sentence is from: the given parts that say something, with a dot between them."""
    return joined([phrase(part) for part in parts if part], DOT)


def objective_words(writer: Writer, number: int) -> Runs:
    """The objective that a sentence is about, a link where the paper has its chapter."""
    return phrase("Objective ", writer.objective_link(number))


def codes(items: Iterable[CommitmentView]) -> Runs:
    """Codes of commitments."""
    return joined([(code(item.code),) for item in items])
