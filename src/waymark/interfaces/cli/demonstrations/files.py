"""Reading the data of a demonstration: its files by noun, its marking, and the hash of its content."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import catalogue_path, read_table, read_yaml

Row = dict[str, Any]

CODES = ("georgia", "orvenia")
"""The demonstrations that the catalogue holds."""


def folder(code: str) -> Path:
    """The folder of a demonstration. Raises NotFoundError when the catalogue holds none of this name."""
    if code not in CODES:
        raise NotFoundError(
            f"demonstration {code!r}",
            "the catalogue holds no demonstration of this name",
            expected=" or ".join(CODES),
            todo="Choose one of these.",
        )
    return catalogue_path("demonstrations", code)


def read_rows(code: str, noun: str) -> list[Row]:
    """The rows of one noun, from its CSV or YAML file; nothing when the demonstration has none.

    CSV cells are texts; empty ones are left out, as an absent key is in YAML.
    """
    if (folder(code) / f"{noun}.csv").exists():
        rows = read_table("demonstrations", code, f"{noun}.csv")
        return [{key: cell for key, cell in row.items() if cell} for row in rows]
    if (folder(code) / f"{noun}.yaml").exists():
        return list(read_yaml("demonstrations", code, f"{noun}.yaml"))
    return []


@cache
def facts(code: str) -> Mapping[str, Any]:
    """What a demonstration says about itself: place, title, marking, its file of observations and their dataset."""
    folder(code)  # refuses an unknown name
    return dict(read_yaml("demonstrations", code, "demonstration.yaml"))


def marking(place_code: str) -> str:
    """The sentence that marks everything shown about a place, "" when no demonstration is about it."""
    for code in CODES:
        if facts(code)["place"] == place_code:
            return str(facts(code)["marking"])
    return ""


def day_of(code: str) -> date:
    """The day as of which a demonstration stands."""
    stands: date = facts(code)["day"]
    return stands


def content_hash(code: str) -> str:
    """The SHA-256 over names and bytes of a demonstration's files, sorted by name."""
    total = hashlib.sha256()
    top = folder(code)
    for path in sorted(path for path in top.rglob("*") if path.is_file()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(top).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def day(value: date | str | None) -> date | None:
    """A day from a CSV cell or a YAML date, None for nothing."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(value)


def number(value: Any) -> Decimal | None:
    """A number as the record keeps money and shares, None for nothing."""
    return None if value is None else Decimal(str(value))


def words(cell: str | list[str] | None) -> list[str]:
    """The codes in a list, or in a CSV cell where blanks part them."""
    if cell is None:
        return []
    return cell.split() if isinstance(cell, str) else [str(item) for item in cell]
