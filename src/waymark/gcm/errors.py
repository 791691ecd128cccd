"""Refusals whose words are fit to show to the person who asked.

Every refusal is one paragraph: what was given, where, what was expected, what to do. Acts and records refuse with a
code and named slots, worded in any language by the one catalogue (`gcm/refusals.py`). Doors print `str(error)` or
`error.words(language)`, add what to do at that door, and stop with `error.exit_code`. Anything else is our defect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from waymark.gcm.sentences import Given
from waymark.gcm.wording import Phrase, Slot, given_words, sentence


class WaymarkError(Exception):
    """A named refusal. Its text is one paragraph for the reader, without a traceback."""

    exit_code = 2
    code: str = ""
    """Its entry in the catalogue of wordings; "" for words that are English only."""
    slots: Mapping[str, Slot] = {}

    def words(self, language: str = "en") -> str:
        """The paragraph in `language`, in English where that is not known."""
        return str(self)


class InputError(WaymarkError):
    """Something given cannot be used: a file, a cell, an option, a code.

    `given` names the thing as the person gave it (a file name, an option and its value);
    `place` says where in it (line, cell, member of an archive), empty when it is the whole.
    """

    def __init__(self, given: str, problem: str, *, expected: str, todo: str, place: str = "") -> None:
        where = f", {place}" if place else ""
        super().__init__(f"{given}{where}: {sentence(problem)} Expected: {sentence(expected)} {sentence(todo)}")
        self.given = given
        self.place = place
        self.problem = problem
        self.expected = expected
        self.todo = todo

    @classmethod
    def coded(cls, code: str, /, **slots: Slot) -> Self:
        """The refusal of a value, worded by the catalogue under `code`."""
        parts = given_words(code, slots, "en")
        error = cls(parts.given, parts.problem, expected=parts.expected, todo=parts.todo)
        error.code, error.slots = code, slots
        return error

    def words(self, language: str = "en") -> str:
        """The paragraph in `language`; a refusal without a code is English only."""
        return given_paragraph(given_words(self.code, self.slots, language), language) if self.code else str(self)


class NotFoundError(InputError):
    """A code or name is well formed, but nothing here is called so."""


class RefusedError(WaymarkError):
    """The person may not do this, or it may not be done now; the words say which and what would help."""

    exit_code = 3

    def __init__(self, code: str, /, **slots: Slot) -> None:
        super().__init__(code)
        self.code, self.slots = code, slots

    def __str__(self) -> str:
        return self.words()

    def words(self, language: str = "en") -> str:
        """The paragraph in `language`, in English where that is not known."""
        return Phrase(self.code, self.slots).words(language)


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that a stale writer would overwrite: what stands there now and what the writer had, as plain data."""

    field: str
    now: Any
    yours: Any


class StaleError(RefusedError):
    """Somebody changed the row after the writer had read it; it carries both versions, field by field.

    `seen` is the version that the writer had, `now` that of the record. A door can show both and let the writer choose.
    """

    exit_code = 3

    def __init__(self, *, noun: Slot, row: str, seen: int, now: int, fields: tuple[Differing, ...]) -> None:
        super().__init__("store.stale", noun=noun, row=row, seen=seen, now=now)
        self.seen, self.now, self.fields = seen, now, fields


class OutputError(WaymarkError):
    """A result could not be written; nothing half-written is left behind."""

    exit_code = 4


class StoreError(OutputError):
    """What is kept cannot be used: damaged, missing, full, read-only or held by another command for too long."""


def given_paragraph(parts: Given, language: str) -> str:
    """The parts of a refused value as one paragraph."""
    return Phrase(
        "given",
        {
            "given": parts.given,
            "problem": sentence(parts.problem),
            "expected": sentence(parts.expected),
            "todo": sentence(parts.todo),
        },
    ).words(language)
