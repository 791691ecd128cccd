"""Every act by two writers and by everybody: before a test calls an act for the first time, it is tried.

The first writer's act is done, then the second one does the same with the copies that were read before; where the act
changed a row that it was given, the second must be told that his copy is stale. Then all of it is undone, and the test
goes on. So each act is tried with what its own tests give it, on every database that they run on.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import transaction

from tests.factories import access
from waymark.actions.acts import ACTS
from waymark.gcm.errors import StaleError, WaymarkError
from waymark.records.events import Event
from waymark.records.people import Duty
from waymark.records.record import Record

CONSEQUENCES = {
    "waymark.actions.reviews.clearing.submit": "a submission says by its hash from which content the files were made",
    "waymark.actions.reviews.findings.add_finding": "a new finding reopens a review that others wrote in meanwhile",
    "waymark.actions.reviews.findings.cite": "a new citation reopens the review",
    "waymark.actions.reviews.findings.recommend": "a new recommendation reopens the review",
    "waymark.actions.reviews.sources.add_source": "a new source reopens the review",
}
"""Acts that change a row they are given without its writer having seen it, and why."""


class UndoneError(Exception):
    """Ends a trial."""


class Trials:
    """Which acts were tried, which let a second writer overwrite the first, and which let in the wrong person."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.known: set[str] = set()
        self.overwrote: dict[str, str] = {}
        self.let_in: dict[str, list[str]] = {}
        self._busy = False

    def trying(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """The act, tried before its first call that is done, and before its first that changes a given row."""

        @wraps(act)
        def done(*args: Any, **kwargs: Any) -> Any:
            if not self._busy and not args:
                self._busy = True
                try:
                    self._try(name, act, kwargs)
                finally:
                    self._busy = False
            return act(*args, **kwargs)

        return done

    def _try(self, name: str, act: Callable[..., Any], given: dict[str, Any]) -> None:
        if access.is_known(name, given, self.known) and (name in self.tried or name in CONSEQUENCES):
            return
        mine, yours = _copies(given), _copies(given)
        rows = {row.urn for row in mine.values() if isinstance(row, Record)}
        try:
            with transaction.atomic():
                last = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
                act(**mine)
                changed = rows & _changed_since(last)
                if changed and name not in self.tried | CONSEQUENCES.keys():
                    self.tried.add(name)
                    self._second(name, act, yours, changed)
                raise UndoneError
        except UndoneError:
            self._ask(name, act, given)
        except WaymarkError:
            return

    def _ask(self, name: str, act: Callable[..., Any], given: dict[str, Any]) -> None:
        """Whether everybody is let in, and only those, who the table of access lets in."""
        if "by" not in given:
            return
        row = access.row_of(name, given)
        if row["act"] in self.known:
            return
        answers = access.found(act, lambda: _copies(given))
        wrong = [
            f"{column} {relation}".strip() + (" is let in" if entered else f" is refused ({said})")
            for (column, relation), (entered, said) in answers.items()
            if entered is not (row[column] in access.LETS_IN[relation])
        ]
        if wrong:
            self.let_in[row["act"]] = wrong
        if ("observer", "own") in answers or not any(row[duty] for duty in Duty.values):
            self.known.add(row["act"])

    def _second(self, name: str, act: Callable[..., Any], given: dict[str, Any], changed: set[str]) -> None:
        try:
            with transaction.atomic():
                act(**given)
        except StaleError:
            return
        except WaymarkError as refusal:
            self.overwrote[name] = f"{', '.join(changed)} was changed, and the second was told: {refusal}"
        else:
            self.overwrote[name] = f"{', '.join(changed)} was changed by both"


def _copies(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of an act, each row of the record read anew."""
    return {name: _copy(value) if isinstance(value, Record) else value for name, value in given.items()}


def _copy(row: Record) -> Record:
    found: Record | None = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    if found is not None:
        found.version = row.version  # a test may mean a stale copy
    return found or row


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
