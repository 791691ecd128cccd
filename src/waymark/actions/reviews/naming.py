"""The records that an earlier review names by their codes: looked up before anything of it is written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db.models import Q, QuerySet

from waymark.engines.sheets.reviews import ReviewRow, first_of
from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import Slot, phrase
from waymark.records.frameworks import Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.record import FactRecord
from waymark.records.viewers import network_viewer
from waymark.records.visibility import visible_condition

F = TypeVar("F", bound=FactRecord)


@contextmanager
def at(path: Path, place: str) -> Iterator[None]:
    """Raises the refusals of a value inside again with the file and the place where it stands."""
    try:
        yield
    except InputError as error:
        raise InputError(
            str(path), error.problem, expected=error.expected, todo=f"{error.todo} Nothing was written.", place=place
        ) from None


@dataclass(frozen=True, slots=True)
class Naming:
    """The codes that a row of a file names, and where it stands."""

    place: str
    provision: str = ""
    concerns: tuple[str, ...] = ()
    addressee: str = ""


def within_reach(model: type[F], network: Network) -> QuerySet[F]:
    """The rows that what a network keeps may point to: its own, and those that all its members read.

    A code of a file may by chance be that of something that another network keeps to itself: a tie would show it.
    """
    read = visible_condition(model, network_viewer(network.code))
    return model._default_manager.filter(Q(keeper=network.code, shown=True) | read)


def named(model: type[F], head: Mapping[str, str], field: str, path: Path) -> F:
    """The record whose code the head of a file gives in a field. Raises NotFoundError, naming those that there are."""
    code = head.get(field, "")
    found = model._default_manager.filter(code=code).first()
    if found is None:
        codes = tuple(model._default_manager.order_by("code").values_list("code", flat=True)[:12])
        slots: dict[str, Slot] = {"file": str(path), "field": field.replace("_", " "), "noun": Noun(model.noun)}
        known = codes or phrase("list.nothing_yet")
        if not code:
            raise NotFoundError.coded("review_file.not_named", **slots, known=known)
        raise NotFoundError.coded("review_file.named_unknown", **slots, code=code, known=known)
    return found


def split(code: str) -> tuple[str, str]:
    """Framework and provision of "gcm:7"; a code without framework is one of the Global Compact."""
    framework, colon, provision = code.partition(":")
    return (framework, provision) if colon else ("gcm", framework)


def provisions_named(
    path: Path, rows: Sequence[Naming | ReviewRow], network: Network, own: Collection[str] = ()
) -> dict[str, Provision]:
    """Every provision in reach that rows name, by its code as written, but for those of the file's `own` advice.

    Raises NotFoundError for the first unknown.
    """
    codes = ((code, row) for row in reversed(rows) for code in (row.provision, *row.concerns))
    written = {code: row for code, row in codes if code and code not in own}
    found: dict[str, Provision] = {}
    frameworks = {split(code)[0] for code in written}
    on_record = {
        (row.framework.code, row.code): row
        for row in within_reach(Provision, network).filter(framework__code__in=frameworks).select_related("framework")
    }
    bad = []
    for code, row in written.items():
        if split(code) in on_record:
            found[code] = on_record[split(code)]
        else:
            bad.append((row, code))
    if bad:
        order = {row.place: number for number, row in enumerate(rows)}
        bad.sort(key=lambda pair: order[pair[0].place])
        raise first_of(
            path,
            [
                NotFoundError(
                    str(path),
                    f"no provision is called {code}",
                    expected="a code such as 7, 7.a or sdg:10.7",
                    todo="Correct the code.",
                    place=row.place,
                )
                for row, code in bad
            ],
        )
    return found


def addressees_named(path: Path, rows: Sequence[Naming | ReviewRow], network: Network) -> dict[str, Organisation]:
    """Every organisation in reach that rows ask to act, by its code. Raises NotFoundError for the first unknown one."""
    wanted = {row.addressee: row for row in reversed(rows) if row.addressee}
    found = {row.code: row for row in within_reach(Organisation, network).filter(code__in=wanted)}
    bad = [row for code, row in wanted.items() if code not in found]
    if bad:
        order = {row.place: number for number, row in enumerate(rows)}
        bad.sort(key=lambda row: order[row.place])
        raise first_of(
            path,
            [
                NotFoundError(
                    str(path),
                    f"no organisation has the code {row.addressee}",
                    expected="the code of an organisation on record, or nothing",
                    todo="Correct the code, or register the organisation.",
                    place=row.place,
                )
                for row in bad
            ],
        )
    return found
