"""Facts of a row from keyword arguments, as tests say them in one breath."""

from dataclasses import fields
from typing import Any

from waymark.actions.facts import Facts


def asked(kind: type[Facts], given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of an act: those that are facts of the row joined in `facts`, the rest as they are."""
    names = {one.name for one in fields(kind)}
    facts = kind(**{name: value for name, value in given.items() if name in names})
    return {"facts": facts} | {name: value for name, value in given.items() if name not in names}
