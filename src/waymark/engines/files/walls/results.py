"""Files that a walled child writes its result into: made here without a name, given to it open, read back checked."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from waymark.engines.files.walls.kinds import Kind
from waymark.engines.files.walls.lines import BreachError, Decoder, whole_number
from waymark.engines.files.walls.typed import typed
from waymark.engines.files.walls.verdict import breach
from waymark.gcm.errors import OutputError

STEP = 2**20


@contextmanager
def result_files(count: int) -> Iterator[Sequence[IO[bytes]]]:
    """New empty files that have no name, so that nothing is left of them however this process ends.

    Raises OutputError when none can be made.
    """
    with ExitStack() as stack:
        try:
            made = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(count)]
        except OSError as error:
            raise OutputError(
                f"{tempfile.gettempdir()}: no file can be made here to hold what is read ({error.strerror}); nothing "
                "was stored. Free some space, or name another folder with the setting TMPDIR."
            ) from None
        yield made


class EndDecoder(Decoder):
    """Takes the one line by which a job says that its result is written, and how many rows it has."""

    noun = "the end of a result"
    most_lines = 10

    def __init__(self) -> None:
        super().__init__(2**20)
        self.rows = 0

    def take(self, kind: str, values: list[Any]) -> None:
        """See `Decoder.take`."""
        (rows,) = values
        if kind != "end":
            raise ValueError
        self.rows, self.ended = whole_number(rows, least=0), True


class RowsDecoder(Decoder):
    """Takes rows of known classes from the lines of a result; `kinds` names them."""

    pieces = "rows"

    def __init__(self, most_bytes: int, kinds: Mapping[str, type[Any]], noun: str) -> None:
        super().__init__(most_bytes)
        self.kinds = kinds
        self.noun = noun
        self.found: dict[str, list[Any]] = {name: [] for name in kinds}
        self.rows = 0

    def take(self, kind: str, values: list[Any]) -> None:
        """See `Decoder.take`."""
        if kind not in self.kinds:
            raise ValueError
        self.found[kind].append(typed(self.kinds[kind], values))
        self.rows += 1


def read_back(file: IO[bytes], decoder: RowsDecoder, *, rows: int, name: str, kind: Kind) -> None:
    """Feed what was written to the decoder. Raises InputError when it is not the rows that the job announced."""
    file.seek(0)
    try:
        while data := file.read(STEP):
            decoder.feed(data)
        if decoder.rest or decoder.said or decoder.rows != rows:
            raise BreachError(f"what the reader sent is not {decoder.noun}")
    except BreachError as error:
        raise breach(name, kind, str(error)) from None
