"""Refusals whose words are fit to show to the person who asked.

Every refusal is one paragraph: what was given, where, what was expected, what to do.
Doors print `str(error)` and stop with `error.exit_code`; anything else is a defect of ours.
"""


class WaymarkError(Exception):
    """A named refusal. Its text is one paragraph for the reader, without a traceback."""

    exit_code = 2


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


class NotFoundError(InputError):
    """A code or name is well formed, but nothing here is called so."""


class RefusedError(WaymarkError):
    """The person may not do this, or it may not be done now; the words say which and what would help."""

    exit_code = 3


class OutputError(WaymarkError):
    """A result could not be written; nothing half-written is left behind."""

    exit_code = 4


def sentence(words: str) -> str:
    """`words` ended by one full stop, so that joined parts read as sentences."""
    words = " ".join(words.split())
    return words if words.endswith((".", "?", ":")) else f"{words}."
