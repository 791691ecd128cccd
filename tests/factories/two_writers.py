"""Every act by two writers and by everybody, with what its own tests give it, on every database that they run on.

Where a call of a test changes a row that it was given, a second writer does the same.

The second has copies of the rows that were read before the first wrote, and must be told that they are stale; what he
did is undone, and the test goes on. Before an act is first done, everybody tries it: see `access.py`.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import DatabaseError, transaction

from tests.factories import access
from tests.factories.access import UndoneError
from waymark.actions.acts import ACTS, acting
from waymark.gcm.errors import StaleError, WaymarkError
from waymark.records.events import Event
from waymark.records.record import Record

CONSEQUENCES = {
    "waymark.actions.reviews.clearing.submit": "a submission says by its hash from which content the files were made",
    "waymark.actions.reviews.findings.add_finding": "a new finding reopens a review that others wrote in meanwhile",
    "waymark.actions.reviews.findings.cite": "a new citation reopens the review",
    "waymark.actions.reviews.findings.recommend": "a new recommendation reopens the review",
    "waymark.actions.reviews.sources.add_source": "a new source reopens the review",
}
"""Acts that change a row they are given without its writer having seen it, and why."""


class Trials:
    """Which acts were tried, which let a second writer overwrite the first, and which let in the wrong person."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.known: set[tuple[str, bool]] = set()
        self.overwrote: dict[str, str] = {}
        self.let_in: dict[str, list[str]] = {}
        self._busy = False

    def forget(self) -> None:
        """Try every act anew from now on."""
        self.tried.clear()
        self.known.clear()

    def trying(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """The act; everybody tries it before it is done, a second writer when it changed a row that it was given."""

        @wraps(act)
        def done(*args: Any, **kwargs: Any) -> Any:
            if not self._busy:
                self._ask(name, act, access.bound(act, args, kwargs))
            if self._busy or name in self.tried or name in CONSEQUENCES:
                return act(*args, **kwargs)
            rows = {value.urn for value in kwargs.values() if isinstance(value, Record)}
            if not rows:
                return act(*args, **kwargs)
            yours, last = copies(kwargs), _last_event()
            result = act(*args, **kwargs)
            changed = rows & _changed_since(last)
            if changed:
                self.tried.add(name)
                self._busy = True
                try:
                    self._second(name, act, yours, changed)
                finally:
                    self._busy = False
            return result

        return done

    def _ask(self, name: str, act: Callable[..., Any], given: dict[str, Any]) -> None:
        """Whether everybody is let in, and only those, whom the table of access lets in; once the act can be done."""
        if "by" not in given:
            return
        row = access.name_of(name, given)
        asked = (row, bool(access.keeper(given)))
        if asked in self.known:
            return
        self._busy = True
        try:
            access.tried(name, act, copies(given))
            wrong = access.wrongs(name, act, lambda: copies(given))
        except (WaymarkError, DatabaseError):
            return  # the call itself will say so
        finally:
            self._busy = False
        self.known.add(asked)
        if wrong:
            self.let_in[row] = wrong

    def _second(self, name: str, act: Callable[..., Any], given: dict[str, Any], changed: set[str]) -> None:
        try:
            with transaction.atomic(), acting(name):
                act(**given)
                raise UndoneError
        except StaleError:
            return
        except UndoneError:
            self.overwrote[name] = f"{', '.join(changed)} was changed by both"
        except WaymarkError as refusal:
            self.overwrote[name] = f"{', '.join(changed)} was changed, and the second was told: {refusal}"


def copies(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of an act, each row of the record read anew."""
    return {name: _copy(value) if isinstance(value, Record) else value for name, value in given.items()}


def _copy(row: Record) -> Record:
    found: Record | None = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    if found is not None:
        found.version = row.version  # a test may mean a stale copy
    return found or row


def _last_event() -> int:
    found: int | None = Event.objects.order_by("-id").values_list("id", flat=True).first()
    return found or 0


def _changed_since(last: int) -> set[str]:
    """The rows that events since then say were changed, not made or removed."""
    words = Event.objects.filter(id__gt=last).values_list("detail__words", flat=True)
    rows = [row for one in words for row in one.get("rows", [])]
    return {row["urn"] for row in rows if row["before"] is not None and row["after"] is not None}


@contextmanager
def tried_by_two(trials: Trials) -> Iterator[None]:
    """Within it, every module that imported an act has the one that is tried first."""
    put: list[tuple[Any, str, Any]] = []
    wrapped = {id(act): trials.trying(name, act) for name, act in ACTS.items()}
    for module in [one for name, one in sys.modules.items() if name.split(".")[0] in ("waymark", "tests")]:
        for name, value in list(vars(module).items()):
            if id(value) in wrapped and module.__name__ != "waymark.actions.acts":
                put.append((module, name, value))
                setattr(module, name, wrapped[id(value)])
    try:
        yield
    finally:
        for module, name, value in put:
            setattr(module, name, value)
