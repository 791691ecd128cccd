"""What a person says about a file, and taking it over for a document on record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from waymark.actions.acts import act
from waymark.actions.log import Act, log_all
from waymark.actions.storing import by_language, fresh, held, relate, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document, Reading
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.roles import Verb

Changes = dict[str, dict[str, Any]]
"""Field → what it was before and is after."""

KEPT = ("publisher", "published_on", "retrieved_on", "url", "language", "licence", "redistributable", "classification")
"""Facts of a document that stay as they are when a person says nothing of them."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a person says about a file. `about` are the places its text speaks about; none is global guidance.

    `code` and `title` are made from the file when they are "". `former` is the version that it replaces.
    """

    network: Network | None = None
    about: Sequence[Place] = ()
    code: str = ""
    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    retrieved_on: date | None = None
    url: str = ""
    language: str = ""
    licence: str = ""
    redistributable: bool = False
    classification: str = ""
    """"" is that of the version that a new document replaces, else "network"; as it is for one on record."""
    former: Document | None = None
    frameworks: Sequence[Framework] = ()
    """Imported frameworks whose provisions are suggested too, besides those of the reviews it may serve."""
    anew: bool = False
    """Read a file again that is on record, as with OCR; only while nobody cited or judged a passage of it."""


@act
def correct_facts(*, by: Actor, document: Document, facts: DocumentFacts) -> tuple[Document, Changes]:
    """Take over what a person says now of a document on record; what is not said stays. Its passages stay too.

    Returns the document and what was changed, which is logged. Nothing is written when nothing differs.
    """
    check_verb(by, Verb.KEEP_REGISTER, document)
    row = held(document)
    changes = say_again(row, facts)
    if facts.former is not None and facts.former.pk not in (row.pk, row.former_id) and row.reading == Reading.READ:
        check_former(replace(facts, network=row.network))
        changes |= replace_former(row, facts.former)
    about = sorted(place.code for place in row.about.all())
    named = sorted(place.code for place in facts.about) or about
    if about != named:
        changes["about"] = {"before": about, "after": named}
    if not changes:
        return row, changes
    store(row)
    relate(row, "about", facts.about or row.about.all())
    log_all(by, [Act("document.corrected", row, dict(changes)), *reinstated(row, changes)])
    return row, changes


def replace_former(row: Document, former: Document | None) -> Changes:
    """Name the version that a document replaces, when one is given; returns what differs. For actions."""
    if former is None or former.pk == row.former_id:
        return {}
    change = {"before": row.former, "after": former}
    row.former = former
    return {"former": change}


def reinstated(row: Document, changes: Changes) -> list[Act]:
    """The event of a version that is no longer replaced by this one: search shows its passages again."""
    before = changes.get("former", {}).get("before")
    return [Act("document.no_longer_replaced", before, {"by": row})] if before is not None else []


def say_again(row: Document, facts: DocumentFacts) -> Changes:
    """Set what a person says of a file anew; what is not said stays. Returns what differs. For actions."""
    given = {name: getattr(facts, name) or getattr(row, name) for name in KEPT}
    given["title"] = by_language(facts.title, facts.language or row.language or "en") or row.title
    changes = {
        name: {"before": getattr(row, name), "after": value}
        for name, value in given.items()
        if value != getattr(row, name)
    }
    for name, change in changes.items():
        setattr(row, name, change["after"])
    return changes


def check_former(facts: DocumentFacts) -> None:
    """Hold the version to be replaced. Raises RefusedError when it is another network's or was replaced already."""
    if facts.former is None:
        return
    former = fresh(facts.former)
    if former.network_id != (facts.network.pk if facts.network else None):
        raise RefusedError("document.former_elsewhere", document=former.code)
    later = former.later_versions.first()
    if later is not None:
        raise RefusedError("document.replaced_already", document=former.code, later=later.code)
