"""Organisations under the name of the day, and who carries on for those that are gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from waymark.queries.nested import Nested
from waymark.queries.organisations.views import OrganisationView
from waymark.queries.wording import in_language
from waymark.records.commitments import Following
from waymark.records.networks import Network
from waymark.records.organisations import Organisation, OrganisationName, Succession, SuccessionKind
from waymark.records.record import Record
from waymark.records.ties import ready
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class OrganisationBook:
    """The organisations that were read and that a viewer may see, as of one day. Keys are row ids."""

    views: dict[int, OrganisationView]
    successors: dict[int, int]
    names: dict[int, tuple[tuple[date | None, date | None, str], ...]]
    """Every visible name with its first and last day, None where it has none."""

    def view(self, organisation: int) -> OrganisationView | None:
        """The organisation, or the one that carries on for it; None when the viewer may not see it."""
        return self.views.get(self.carried_on_by(organisation))

    def name(self, organisation: int) -> str:
        """The name of the day; words that say so when the viewer may not see it."""
        view = self.view(organisation)
        return view.name if view else "an organisation that is not named here"

    def name_on(self, organisation: int, day: date | None) -> str:
        """The name that the organisation itself had on `day`, as what was said then is quoted; else the name of now."""
        for first, last, words in self.names.get(organisation, ()):
            if day is not None and (first is None or first <= day) and (last is None or day <= last):
                return words
        return self.name(organisation)

    def carried_on_by(self, organisation: int) -> int:
        """The organisation that has the duties now: itself, or the last of its successors."""
        seen = set()
        while organisation in self.successors and organisation not in seen:
            seen.add(organisation)
            organisation = self.successors[organisation]
        return organisation


class Name(NamedTuple):
    """A name with its first and last day, None where it has none."""

    first: date | None
    last: date | None
    end_unknown: bool
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation as the record has it: its names in the order of their first day, what it merged into and when."""

    id: int
    urn: str
    code: str
    kind: str
    names: tuple[Name, ...]
    mergers: tuple[tuple[date | None, int, int], ...]
    """Day, id of the merger, and organisation that carries on; an unknown day comes first."""
    absorbed: tuple[int, ...] = ()
    """The organisations that merged into it."""

    @property
    def linked(self) -> set[int]:
        """The organisations at the other ends of its mergers."""
        return {*(into for _, _, into in self.mergers), *self.absorbed}


def organisations_read(viewer: Viewer, place: str = "") -> tuple[OrganisationRow, ...]:
    """The organisations that the viewer may see and that what is on record of a place names; of "", every one.

    With them come those that they carry on for and that carry on for them: one statement for the organisations, one
    more for each link of the longest chain of mergers beyond them.
    """
    if not place:
        return _read(viewer, Q())
    found = {row.id: row for row in _read(viewer, Q(pk__in=_of_place(place)))}
    known = set(found)
    while beyond := {pk for row in found.values() for pk in row.linked} - known:
        found |= {row.id: row for row in _read(viewer, Q(pk__in=beyond))}
        known |= beyond  # whom the viewer may not see is not asked for again
    return tuple(found[pk] for pk in sorted(found))


@lru_cache(maxsize=1000)
def _of_place(place: str) -> RawSQL:
    """Keys of the organisations of a place, and of those that anything names which its networks keep or share.

    What is on record without a network names its place itself.
    """
    here = Network.objects.filter(place__code=place).order_by()
    shared = Following.objects.filter(Q(network__in=here.values("pk")) | Q(commitment__network__in=here.values("pk")))
    keepers = [here.values("code"), shared.order_by().values("network__code"), shared.order_by().values("keeper")]
    kept = Q(keeper__in=keepers[0]) | Q(keeper__in=keepers[1]) | Q(keeper__in=keepers[2])
    found = Q(place__code=place) | kept
    for model, field in _naming():
        of_place = Q(place__code=place) if any(one.name == "place" for one in model._meta.fields) else Q()
        rows = model._default_manager.filter(kept | of_place, **{f"{field}__isnull": False})
        found |= Q(pk__in=rows.order_by().values(field))
    return ready(Organisation.objects.filter(found).order_by().values("pk"))


@cache
def _naming() -> tuple[tuple[type[Any], str], ...]:
    """The models whose rows name an organisation, with the key by which they do; what is said of it alone is not one.

    Successions are followed apart.
    """
    models: Any = apps.get_app_config("records").get_models()
    return tuple(
        (model, field.name)
        for model in models
        if issubclass(model, Record) and model not in (OrganisationName, Succession)
        for field in model._meta.concrete_fields
        if field.related_model is Organisation
    )


def _merged(viewer: Viewer) -> QuerySet[Succession]:
    return Succession.objects.visible_to(viewer).filter(kind=SuccessionKind.MERGED, to_organisation__isnull=False)


def _read(viewer: Viewer, asked: Q) -> tuple[OrganisationRow, ...]:
    names = _names(viewer)
    mergers = Nested(_merged(viewer), "from_organisation", ("date", "id", "to_organisation_id"))
    rows = Organisation.objects.visible_to(viewer).filter(asked).order_by("id")
    absorbed = Nested(_merged(viewer), "to_organisation", ("from_organisation_id",))
    rows = rows.annotate(all_names=names.within(), all_mergers=mergers.within(), all_absorbed=absorbed.within())
    return tuple(
        OrganisationRow(
            id=pk,
            urn=urn,
            code=code,
            kind=kind,
            names=_in_order(names.read(named)),
            mergers=tuple(sorted(mergers.read(ended), key=lambda one: (_first(one[0]), one[1]))),
            absorbed=tuple(former for (former,) in absorbed.read(begun)),
        )
        for pk, urn, code, kind, named, ended, begun in rows.values_list(
            "id", "urn", "code", "kind", "all_names", "all_mergers", "all_absorbed"
        )
    )


def bodies_read(viewer: Viewer, among: Iterable[int]) -> tuple[OrganisationRow, ...]:
    """Some organisations by their ids, if the viewer may see them, each by itself: without what it became."""
    names = _names(viewer)
    rows = Organisation.objects.visible_to(viewer).filter(pk__in=among).order_by("id")
    rows = rows.annotate(all_names=names.within())
    return tuple(
        OrganisationRow(pk, urn, code, kind, _in_order(names.read(named)), ())
        for pk, urn, code, kind, named in rows.values_list("id", "urn", "code", "kind", "all_names")
    )


def _names(viewer: Viewer) -> Nested:
    fields = ("from_date", "to_date", "end_unknown", "name")
    return Nested(OrganisationName.objects.visible_to(viewer), "organisation", fields)


def _in_order(names: Iterable[tuple[Any, ...]]) -> tuple[Name, ...]:
    return tuple(sorted((Name(*one) for one in names), key=lambda name: _first(name.first)))


def _first(day: date | None) -> date:
    """For sorting: an unknown day comes before all."""
    return day or date.min


def organisations_on(
    day: date, viewer: Viewer, language: str, rows: tuple[OrganisationRow, ...] | None = None, place: str = ""
) -> OrganisationBook:
    """The visible organisations of a place with their names on `day` and the mergers up to then; of "", every one.

    `rows` if they were read before.
    """
    rows = organisations_read(viewer, place) if rows is None else rows
    current: dict[int, str] = {}
    former: dict[int, list[str]] = {}
    spans: dict[int, list[tuple[date | None, date | None, str]]] = {}
    for row in rows:
        for name in row.names:
            words = in_language(name.words, language)
            if not name.end_unknown:
                spans.setdefault(row.id, []).append((name.first, name.last, words))
            ended = name.end_unknown or (name.last is not None and name.last < day)
            begun = name.first is None or name.first <= day
            if begun and not ended:
                current[row.id] = words
            elif begun:
                former.setdefault(row.id, []).append(words)
    successors = _successors(rows, day)
    for gone, successor in successors.items():
        former.setdefault(successor, []).extend(filter(None, [current.get(gone, ""), *former.get(gone, [])]))
    views = {}
    for row in rows:
        names = former.get(row.id, [])
        shown = current.get(row.id) or (names[-1] if names else row.code)
        formerly = tuple(dict.fromkeys(n for n in names if n != shown))
        views[row.id] = OrganisationView(row.urn, shown, row.kind, formerly)
    return OrganisationBook(views, successors, {key: tuple(names) for key, names in spans.items()})


def _successors(rows: tuple[OrganisationRow, ...], day: date) -> dict[int, int]:
    """Organisation → what it merged into up to `day`, in the order in which it happened."""
    merged = sorted(
        (_first(on), number, row.id, into)
        for row in rows
        for on, number, into in row.mergers
        if on is None or on <= day
    )
    return {gone: into for _, _, gone, into in merged}
