"""Load the catalogue into the record: places, frameworks with their crosswalks, review cycles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import alone, fresh, store, store_all
from waymark.gcm import cycles as cycle_facts
from waymark.gcm import frameworks as framework_facts
from waymark.gcm import places as place_facts
from waymark.records.actors import Actor
from waymark.records.frameworks import Crosswalk, Framework, Provision
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.record import FactRecord
from waymark.records.reviews import ReviewCycle
from waymark.records.roles import Verb

F = TypeVar("F", bound=FactRecord)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each sort the record holds from the catalogue, and how many were new or changed this time."""

    places: int
    provisions: int
    links: int
    cycles: int
    written: int


def _same(row: FactRecord, fields: dict[str, Any]) -> bool:
    """Whether a row holds the fields; another row that it leads to is known by its key and not read."""
    return all(
        getattr(row, f"{name}_id") == value.pk if isinstance(value, Model) else getattr(row, name) == value
        for name, value in fields.items()
    )


def _merged(row: FactRecord, name: str, wanted: Any) -> Any:
    """Words by language are joined: imported official titles and texts win, elsewhere the catalogue does."""
    if not isinstance(wanted, dict):
        return wanted
    kept = getattr(row, name)
    return {**wanted, **kept} if name in ("title", "text") else {**kept, **wanted}


def _bring(model: type[F], wanted: Iterable[tuple[str, dict[str, Any]]]) -> tuple[dict[str, F], int]:
    """Make the rows of `model` hold the wanted fields, by URN code; returns all of them and how many were written.

    Words that were imported in other languages, or for a field the catalogue leaves empty, stay.
    """
    present = {row.urn: row for row in model._default_manager.all()}
    rows: dict[str, F] = {}
    new: list[F] = []
    changed: list[F] = []
    for code, fields in wanted:
        row = model(**fields)
        row.name_itself()
        known = present.get(row.urn)
        if known is None:
            new.append(row)
            rows[code] = row
            continue
        kept = {name: _merged(known, name, value) for name, value in fields.items()}
        if not _same(known, kept):
            fresh(known)
            for name, value in kept.items():
                setattr(known, name, value)
            changed.append(store(known))
        rows[code] = known
    store_all(model, new, noting=False)
    return rows, len(new) + len(changed)


def _known(fact: Any) -> dict[str, Any]:
    return {"source": fact.source, "locator": fact.locator, "mark": fact.mark, "note": getattr(fact, "note", "")}


def _english(words: str) -> dict[str, str]:
    return {"en": words} if words else {}


def _places() -> tuple[dict[str, Place], int]:
    facts = place_facts.places()
    wanted = [
        (
            one.code,
            {
                "code": one.code,
                "kind": one.kind,
                "iso2": one.iso2,
                "m49": one.m49,
                "name": _english(one.name),
                **_known(one),
            },
        )
        for one in facts
    ]
    rows, written = _bring(Place, wanted)
    through = Place.parents.through
    present = set(through.objects.values_list("from_place_id", "to_place_id"))
    lines = {(rows[one.code].pk, rows[parent].pk) for one in facts for parent in one.parents}
    missing = [through(from_place_id=child, to_place_id=parent) for child, parent in sorted(lines - present)]
    through.objects.bulk_create(missing, batch_size=500)
    return rows, written + len(missing)


def _frameworks() -> tuple[dict[str, Provision], int]:
    facts = framework_facts.frameworks()
    wanted = [
        (
            one.code,
            {
                "code": one.code,
                "title": _english(one.title),
                "short_title": _english(one.short),
                "issuer": one.issuer,
                "edition": " ".join(part for part in (one.symbol, one.edition) if part),
                "date": one.date,
                **_known(one),
            },
        )
        for one in facts
    ]
    rows, written = _bring(Framework, wanted)
    provisions: dict[str, Provision] = {}
    for one in facts:
        for level in _levels(framework_facts.provisions(one.code)):
            wanted = []
            for fact in level:
                parent = provisions.get(f"{one.code}:{fact.parent}")
                wanted.append((f"{one.code}:{fact.code}", _provision(rows[one.code], fact, parent)))
            brought, count = _bring(Provision, wanted)
            provisions |= brought
            written += count
    return provisions, written


def _levels(listed: Iterable[framework_facts.Provision]) -> Iterator[list[framework_facts.Provision]]:
    """Provisions after those that they are part of, so that each is written once."""
    left = list(listed)
    while left:
        waiting = {fact.code for fact in left}
        level = [fact for fact in left if fact.parent not in waiting]
        if not level:
            raise ValueError(f"provisions that are part of each other: {sorted(waiting)}")
        yield level
        left = [fact for fact in left if fact.parent in waiting]


def _provision(framework: Framework, fact: framework_facts.Provision, parent: Provision | None) -> dict[str, Any]:
    return {
        "framework": framework,
        "parent_id": parent.pk if parent else None,
        "code": fact.code,
        "kind": fact.kind,
        "number": fact.code,
        "position": fact.order,
        "paragraph": fact.paragraph,
        "title": {fact.language: fact.title} if fact.title else {},
        "label": {fact.language: fact.label} if fact.label else {},
        "text": {fact.language: fact.text} if fact.text else {},
        **_known(fact),
    }


def _links(provisions: dict[str, Provision]) -> tuple[int, int]:
    wanted = {}
    for framework in framework_facts.frameworks():
        for one in framework_facts.links(framework.code):
            start, end = f"{one.from_framework}:{one.from_code}", f"{one.to_framework}:{one.to_code}"
            code = f"{start}.{one.relation}.{end}"
            wanted[code] = {
                "code": code,
                "from_provision": provisions[start],
                "to_provision": provisions[end],
                "relation": one.relation,
                **_known(one),
            }
    rows, written = _bring(Crosswalk, wanted.items())
    return len(rows), written


def _cycles(places: dict[str, Place]) -> tuple[int, int]:
    facts = cycle_facts.cycles()
    wanted = [
        (
            one.code,
            {
                "code": one.code,
                "level": one.level,
                "place": places[one.area],
                "title": _english(one.title),
                "from_date": one.start,
                "to_date": one.end,
                "venue": one.place,
                "clusters": [
                    {"code": str(cluster.number), "title": cluster.title, "objectives": list(cluster.objectives)}
                    for cluster in one.clusters
                ],
                **_known(one),
            },
        )
        for one in facts
    ]
    rows, written = _bring(ReviewCycle, wanted)
    through = ReviewCycle.feeds.through
    present = set(through.objects.values_list("from_reviewcycle_id", "to_reviewcycle_id"))
    lines = {(rows[one.code].pk, rows[fed].pk) for one in facts for fed in one.feeds}
    missing = [through(from_reviewcycle_id=start, to_reviewcycle_id=end) for start, end in sorted(lines - present)]
    through.objects.bulk_create(missing)
    return len(rows), written + len(missing)


@act
def load_catalogue(*, by: Actor) -> Loaded:
    """Bring the catalogue's facts into the record. A second call writes nothing; imported official texts stay."""
    check_verb(by, Verb.INSTALL, None)
    alone("catalogue")
    places, written_places = _places()
    provisions, written_provisions = _frameworks()
    links, written_links = _links(provisions)
    cycles, written_cycles = _cycles(places)
    written = written_places + written_provisions + written_links + written_cycles
    if written:
        log(by, "catalogue.loaded", Framework.objects.get(code="gcm"), written=written)
    return Loaded(len(places), len(provisions), links, cycles, written)
