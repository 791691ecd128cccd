"""Who acts at the command line: the operator of the installation, on the day of its clock."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waymark.records.actors import Actor

DOOR = "cli"
"""What the log calls the command line."""


def operator(name: str = "operator") -> "Actor":
    """The operator, today; `name` tells what acts for him. The record is open."""
    from waymark.records.actors import Actor

    return Actor.operator(name, door=DOOR, today=datetime.now(UTC).date())
