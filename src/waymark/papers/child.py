"""`python -m waymark.papers.child KIND DATA FILES`: the process that makes one paper and ends. See `apart`."""

import os
import pickle
import sys
import threading
from pathlib import Path

from waymark.gcm.errors import WaymarkError
from waymark.papers.apart import REFUSED, unwritable
from waymark.papers.review import full_review_files, review_files
from waymark.papers.sdg import sdg_files

PAPERS = {"review": review_files, "full-review": full_review_files, "sdg": sdg_files}
"""What makes the files of each kind of paper from the data of a review."""


def end_with_the_caller() -> None:
    """End this process at once when its input is closed: the caller has ended, and nobody waits for the paper."""
    while os.read(0, 4096):
        pass
    os._exit(1)


def main(arguments: list[str]) -> int:
    """Make the files; a refusal is told on standard error."""
    kind, given, made = arguments
    threading.Thread(target=end_with_the_caller, daemon=True).start()
    try:
        files = PAPERS[kind](pickle.loads(Path(given).read_bytes()))  # written by our own caller just now
    except WaymarkError as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201  # the way to the caller
        return REFUSED
    try:
        Path(made).write_bytes(pickle.dumps(files, protocol=pickle.HIGHEST_PROTOCOL))
    except OSError as error:
        print(unwritable(error), file=sys.stderr)  # noqa: T201  # the way to the caller
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
