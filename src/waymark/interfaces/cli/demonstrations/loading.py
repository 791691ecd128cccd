"""What a load carries along: who acts, what was entered so far under which key, and how much of each noun."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from waymark.gcm.errors import InputError
from waymark.interfaces.cli.demonstrations.files import Row, facts, read_rows, words
from waymark.queries.named import place_named, provisions_in
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.claims import Claim
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.frameworks import Framework, Position, Provision
from waymark.records.meetings import Meeting
from waymark.records.networks import Network, WorkingGroup
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.places import Place
from waymark.records.reports import ReportingPeriod
from waymark.records.reviews import Review
from waymark.records.workplans import WorkArea

PREFIX = {"georgia": "geo", "orvenia": "qor"}
"""Start of the codes that a demonstration gives to its own records."""


@dataclass(slots=True)
class Loading:
    """One load of one demonstration; the maps lead from the keys in its files to the records entered."""

    code: str
    by: Actor
    place: Place
    addresses: dict[str, tuple[str, str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    networks: dict[str, Network] = field(default_factory=dict)
    groups: dict[str, WorkingGroup] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    areas: dict[str, WorkArea] = field(default_factory=dict)
    periods: dict[str, ReportingPeriod] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    provisions: dict[tuple[str, str], Provision] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    holdings: list[PostHolding] = field(default_factory=list)

    @classmethod
    def begin(cls, code: str, by: Actor) -> "Loading":
        """A load of the demonstration `code`, with the place, frameworks and provisions of the catalogue at hand."""
        place = place_named(facts(code)["place"])
        if place is None:
            raise InputError(
                f"demonstration {code}",
                f"the record does not hold the place {facts(code)['place']}",
                expected="a record with the catalogue",
                todo="Load the catalogue first.",
            )
        loading = cls(code, by, place)
        for row in read_rows(code, "sources"):
            loading.addresses[row["key"]] = (f"{row['publisher']}, {row['title']}", row["address"])
        for provision in provisions_in(("gcm", "sdg"), OPERATOR_VIEWER):
            loading.frameworks[provision.framework.code] = provision.framework
            loading.provisions[(provision.framework.code, provision.code)] = provision
        return loading

    def rows(self, noun: str) -> list[Row]:
        """The rows of a noun in this demonstration's files."""
        return read_rows(self.code, noun)

    def own(self, key: str) -> str:
        """The code in the record for a key of the files."""
        return f"{PREFIX[self.code]}-{key}"

    def source(self, row: Row) -> dict[str, Any]:
        """Source and mark of a row.

        Every source is cited with its address, written `publisher, title <address>` and joined by "; ". An invented row
        cites nothing.
        """
        keys = words(row.get("source"))
        if not keys:
            return {}
        unknown = [key for key in keys if key not in self.addresses]
        if unknown:
            raise InputError(
                f"demonstration {self.code}",
                f"the source {unknown[0]} has no address",
                expected="keys of sources.csv",
                todo="Add the source there.",
            )
        cited = "; ".join(f"{title} <{address}>" for title, address in (self.addresses[key] for key in keys))
        return {"source": cited, "mark": row["mark"]}

    def objectives(self, row: Row) -> list[Provision]:
        """The objectives of the Compact that a row names, as `objectives` or `objective`."""
        named = words(row.get("objectives")) or words(str(row["objective"]) if row.get("objective") else None)
        return [self.provisions[("gcm", code)] for code in named]

    def count(self, noun: str, by: int = 1) -> None:
        """Note that rows of a noun were entered."""
        self.counts[noun] += by
