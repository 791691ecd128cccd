"""Options that several commands share, and how they are read."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError

if TYPE_CHECKING:
    from waymark.records.viewers import Viewer


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


def add_audience(parser: argparse.ArgumentParser) -> None:
    """The option that says for whom something is shown."""
    parser.add_argument(
        "--audience",
        default="operator",
        metavar="WHO",
        help="show what this audience may see: operator, public, network:CODE or post:CODE; default: operator",
    )


def viewer_named(audience: str) -> "Viewer":
    """Who reads: `operator`, `public`, `network:CODE`, or `post:CODE` for whoever holds that post today.

    Raises InputError for anything else.
    """
    from waymark.queries.named import holding_of, network_codes, network_named
    from waymark.records.actors import OPERATOR_VIEWER
    from waymark.records.permissions import viewer_of
    from waymark.records.viewers import PUBLIC, network_viewer

    kind, _, code = audience.partition(":")
    if audience == "operator":
        return OPERATOR_VIEWER
    if audience == "public":
        return PUBLIC
    if kind == "network" and network_named(code, OPERATOR_VIEWER):
        return network_viewer(code)
    if kind == "post":
        today = datetime.now(UTC).date()
        holding = holding_of(code, today)
        if holding is not None:
            return viewer_of([holding], today)
        raise InputError(
            f"--audience {audience}",
            "nobody holds such a post today",
            expected="post: and the code of a post that is held",
            todo="Correct the code, or choose network:CODE",
        )
    known = ", ".join(f"network:{one}" for one in network_codes(OPERATOR_VIEWER))
    raise InputError(
        f"--audience {audience}",
        "there is no such audience here",
        expected=f"operator, public{', ' + known if known else ''}, or post: and the code of a post",
        todo="Choose one of these",
    )
