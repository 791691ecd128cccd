"""Options that several commands share, and how they are read."""

import argparse
from datetime import date
from pathlib import Path

from waymark.gcm.errors import InputError


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """The options that `waymark review` and `waymark paper` share."""
    parser.add_argument("--lang", default="en", metavar="TAG", help="language of the document; default en")
    parser.add_argument(
        "--as-of", metavar="DATE", help="judge by this day (YYYY-MM-DD); default the last day of the cycle's event"
    )
    parser.add_argument(
        "--audience", choices=("public", "network"), default="public", help="who it is made for; default public"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write; replaced as a whole")


def given_day(text: str | None, option: str = "--as-of") -> date | None:
    """The day of an option. Raises InputError when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"{option} {text}", "this is not a date", expected="YYYY-MM-DD", todo="Write it like 2026-05-08"
        ) from None
