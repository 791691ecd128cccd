"""Seals what is new in the log, network by network, and publishes the heads in a file outside the record.

Run it once a day. It seals all events up to the end of yesterday (UTC); with --as-of and the day of today also those
of today so far. A second run changes nothing. The file of heads is only added to: keep a copy where nobody can change
it together with the record, and `waymark verify` proves that nothing was altered, dropped or reordered.
"""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli.options import given_day
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.engines.safekeeping.published import Published


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark seal`."""
    parser.add_argument(
        "--as-of", metavar="DATE", help="seal up to the end of this day (YYYY-MM-DD, UTC); default yesterday"
    )
    add_heads_option(parser)
    parser.add_argument(
        "--anew", action="store_true", help="begin new heads where there are none, from the record's seals"
    )


def add_heads_option(parser: argparse.ArgumentParser) -> None:
    """The option that names the folder of published heads."""
    parser.add_argument(
        "--heads",
        type=Path,
        metavar="DIR",
        help="folder of the published heads; default WAYMARK_HEADS, else heads/ in the data folder",
    )


def run(arguments: argparse.Namespace) -> int:
    """Seal, and say what was sealed and what waits."""
    today = datetime.now(UTC).date()
    day = given_day(arguments.as_of) or today - timedelta(days=1)
    if day > today:
        raise InputError(
            f"--as-of {day}",
            "this day has not come yet",
            expected=f"{today} (UTC) or a day before",
            todo="Choose an earlier day: a seal of a later day would keep all days before it from being sealed",
        )
    ready_record()
    from waymark.actions.installation.sealing import seal
    from waymark.records.actors import Actor

    published = heads_folder(arguments.heads)
    done = seal(by=Actor.system("seal"), day=day, published=published, anew=arguments.anew)
    for row in (*done.put_back, *done.sealed):
        print(f"{row.network or 'installation'}: entries {row.first} to {row.last} sealed, root {row.root}")
    if not done.sealed:
        print(f"Nothing new to seal up to {day}.")
    if done.waiting:
        print(f"Not yet sealed: {counted(done.waiting, 'entry', 'entries')}.")
    print(f"Published in {published}. Keep a copy where nobody can change it together with the record.")
    return 0


def heads_folder(given: Path | None) -> "Published":
    """The folder of published heads: the given one, else that of the settings."""
    from django.conf import settings

    from waymark.engines.safekeeping.published import Published

    return Published((given or settings.HEADS_DIR).resolve())
