"""Canaries: a word that stands nowhere else in every field with words of every row, here and in two other networks.

`copied` makes of each row of the record one that another network keeps, `planted` gives each of its fields with words a
word of its own. Where a reply has the word, the reader must be one of those of the row.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CharField, JSONField, TextField

from tests.factories.classes import classify
from waymark.records.events import EventDetail
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.people import NamedReader
from waymark.records.places import Place
from waymark.records.record import FromPaper, Record, is_translated
from waymark.records.reviews import ReviewCycle
from waymark.records.viewers import Viewer
from waymark.records.visibility import remembered_condition

TOLD = "zqcanary"
"""Stands before each canary, so that a search finds all of them."""

NO_WORDS = {
    "attribute", "audience", "classification", "code", "content_hash", "currency", "dataset_hash", "edition_urn",
    "effective", "from_state", "hash", "iso2", "keeper", "kind", "language", "m49", "media_type", "model",
    "proposed_by_network", "proposed_for", "rating", "receipt_hash", "record_sha256", "relation", "retention",
    "sealed_by", "scale", "sha256", "subject", "text_sha256", "time_zone", "to_state", "urn",
}  # fmt: skip
"""Fields of text that hold codes, not words."""

LISTS = {"headings"}
"""Lists of words."""

DAY = date(2025, 1, 2)
"""Of a paper that is named only by its words."""

SHARED = (Place,)
"""What is not copied: it belongs to the catalogue."""

OF_THE_INSTALLATION = (ReviewCycle, Framework)
"""What the installation keeps here; the copies are of the other networks."""


def nouns() -> list[type[Record]]:
    """The models of the record, in the order in which they are defined."""
    return [one for one in apps.get_app_config("records").get_models() if issubclass(one, Record)]


def fields_with_words(model: type[Record]) -> "list[models.Field[Any, Any]]":
    """The fields of a model that hold words of a person."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in LISTS
        or (isinstance(field, JSONField) and is_translated(field))
        or (isinstance(field, CharField | TextField) and not field.choices and field.name not in NO_WORDS)
    ]


@dataclass(frozen=True)
class Planted:
    """The canaries: word → the row in which it stands, by its model, key and keeper."""

    words: Mapping[str, tuple[type[Record], int, str]]

    def nouns_of(self, keeper: str) -> set[type[Record]]:
        """The models that have a canary in a network."""
        return {model for model, _, kept_by in self.words.values() if kept_by == keeper}

    def unread_by(self, viewer: Viewer) -> set[str]:
        """The words of rows that are not for a reader, not in a history either."""
        read: dict[type[Record], set[int]] = {}
        for model in nouns():
            condition = remembered_condition(model, viewer)
            read[model] = set(model._default_manager.filter(condition).values_list("pk", flat=True))
        return {word for word, (model, pk, _) in self.words.items() if pk not in read[model]}


def planted() -> Planted:
    """Plant a canary in each field with words of each row, where it has room; the log says the same words as the rows.

    A field without words gets some too, where a rule of the table does not ask that it has none.
    """
    words: dict[str, tuple[type[Record], int, str]] = {}
    by_place: dict[tuple[str, str], Any] = {}
    for model in nouns():
        if model in SHARED:
            continue
        for row in model._default_manager.order_by("pk"):
            for field in fields_with_words(model):
                word = _word(len(words))
                new = _as_kept(field, f"{TOLD} {word}")
                if _put(row, field.name, new):
                    words[word] = (model, row.pk, row.keeper)
                    by_place[row.urn, field.name] = new
    for detail in EventDetail.objects.all():
        detail.words = _said_again(detail.words, by_place)
        EventDetail.objects.filter(pk=detail.pk).update(words=detail.words)
    return Planted(words)


def _put(row: Record, name: str, words: Any) -> bool:
    """Give a field its words, and a paper its day; nothing where a rule of the table asks that it has none."""
    new = {name: words} | (
        {"paper_date": row.paper_date or DAY} if isinstance(row, FromPaper) and "paper" in name else {}
    )
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**new)
    except IntegrityError:
        assert not getattr(row, name), f"{row.urn}: {name} takes no other words"
        return False
    return True


def _word(number: int) -> str:
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, 24)
        letters += "abcdefghijklmnoprstuvwxy"[letter]
    return f"zq{letters}zq"


def _as_kept(field: "models.Field[Any, Any]", words: str) -> Any:
    if field.name in LISTS:
        return [words]
    if isinstance(field, JSONField):
        return {"en": words}
    return words if field.max_length is None else words[-field.max_length :]


def _said_again(words: Any, by_place: Mapping[tuple[str, str], Any]) -> Any:
    """The words of an event, with the canaries in the place of what it tells of the rows."""
    rows = words.get("rows") if isinstance(words, dict) else None
    for row in rows or ():
        for told in (row["before"], row["after"]):
            for name in told or ():
                if told[name] and (row["urn"], name) in by_place:
                    told[name] = by_place[row["urn"], name]
    return words


def kept_here(network: Network) -> None:
    """Let a network keep what the installation keeps, but for what all networks share; all of it public."""
    for model in nouns():
        if model in SHARED or model in OF_THE_INSTALLATION:
            continue
        rows = model._default_manager.filter(keeper="")
        if model.keeper_from == "network":
            rows.update(network=network)
        elif not model.keeper_from:
            rows.update(keeper=network.code)
    for model in nouns():
        classify(model._default_manager.all(), "public")


def copied(network: str, suffix: str, place: Place, known: Collection[Record]) -> dict[str, Record]:
    """Of each known row a copy that another network keeps, pointing to the other copies; by the URN of the known."""
    made: dict[str, Record] = {}
    waiting = list(known)
    while waiting:
        left = [row for row in waiting if not _copy(row, network, suffix, place, made, {one.urn for one in known})]
        assert len(left) < len(waiting), [row.urn for row in left]
        waiting = left
    for row in known:
        _point_again(row, made)
    for reader in list(NamedReader.objects.all()):
        if reader.urn in made and reader.person.urn in made:
            NamedReader.objects.create(urn=made[reader.urn].urn, person=made[reader.person.urn])
    return made


def _copy(
    row: Record, network: str, suffix: str, place: Place, made: dict[str, Record], known: Collection[str]
) -> bool:
    """Copy one row once what it must point to is copied; keys that may be empty are set later."""
    new = type(row)()
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.primary_key or field.name in ("urn", "sealed_by"):
            continue
        if isinstance(value, Place):
            value = place
        elif isinstance(value, Record):
            target = made.get(value.urn)
            if target is None and value.urn in known and (not field.null or field.name in row.contained_in):
                return False
            value = target or (value if value.urn not in known else None)
        elif field.name == "network" and value is None and row.keeper_from == "network":
            value = next(one for one in made.values() if isinstance(one, Network))
        elif field.name in ("subject", "edition_urn") and value:
            value = f"{value}{suffix}"
        elif field.name in ("sha256", "hash", "text_sha256", "receipt_hash") and value:
            value = f"{suffix[-1] * 4}{value[4:]}"
        setattr(new, field.name, value)
    new.code = f"{row.code}{suffix}" if row.noun != "network" else network
    new.keeper = network
    try:
        (made[row.urn],) = type(row)._default_manager.bulk_create([new])
    except Exception as fault:
        raise AssertionError(f"{row.urn} cannot be copied: {fault}") from fault
    return True


def _point_again(row: Record, made: Mapping[str, Record]) -> None:
    """Set the keys of a copy that were left empty, and its lists of others."""
    new = made[row.urn]
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if isinstance(value, Record) and getattr(new, f"{field.name}_id") is None and value.urn in made:
            type(new)._default_manager.filter(pk=new.pk).update(**{field.name: made[value.urn]})
    for several in row._meta.many_to_many:
        getattr(new, several.name).set([made.get(one.urn, one) for one in getattr(row, several.name).all()])
