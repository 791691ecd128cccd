"""Backs up everything: the record, statistics, documents, editions, learned weights, the secret key, published heads.

The backup is one moment of the record, also while people write. DIR is a new folder, an empty one, or a former backup,
which is replaced when the new one is whole. Only you can read it. It holds confidential words: keep it as safe as the
record itself. A MANIFEST holds the SHA-256 of each file; note the hash that is printed.
"""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.output import refusal
from waymark.interfaces.cli.record import existing_record
from waymark.interfaces.cli.seal import add_heads_option, heads_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark backup`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the backup, outside of the data folder")
    add_heads_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Back up, and say what was written and by which hash it is known."""
    started = time.monotonic()
    existing_record(older=False)
    from django.conf import settings

    from waymark.actions.installation.backing_up import back_up

    out: Path = arguments.folder.absolute()
    secret = "" if settings.SECRET_KEY == settings.NO_SECRET else settings.SECRET_KEY
    try:
        done = back_up(
            by=operator(),
            out=out,
            data=settings.DATA_DIR,
            published=heads_folder(arguments.heads),
            secret=secret,
            at=datetime.now(UTC),
        )
    except OSError as error:
        raise refusal(out, error, "") from error
    rows, tables = sum(done.backup.tables.values()), len(done.backup.tables)
    print(
        f"Backed up to {out}: {rows:,} rows of {tables} tables, {counted(done.files, 'file', 'files')}, "
        f"{time.monotonic() - started:.1f} s."
    )
    print(f"MANIFEST {done.sha256}")
    return 0
