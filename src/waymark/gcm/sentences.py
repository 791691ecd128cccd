"""The forms that a sentence of the catalogue of wordings may have, besides a plain text with {slots}."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence whose form depends on the whole number in the slot `by`."""

    one: str
    many: str
    by: str = "count"


@dataclass(frozen=True, slots=True)
class Given:
    """The four parts of the refusal of a value: what was given, its fault, what was expected, what to do."""

    given: str
    problem: str
    expected: str
    todo: str

    def parts(self) -> tuple[str, str, str, str]:
        """The four in their order."""
        return self.given, self.problem, self.expected, self.todo


Wording: TypeAlias = str | Plural | Given
