"""An organisation as readers know it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation under the name it had on the as-of date; `formerly` holds names that stand in the record."""

    urn: str
    name: str
    kind: str
    formerly: tuple[str, ...] = ()
