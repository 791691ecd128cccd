"""One act on the record: all of it happens or nothing, and whatever it changes is told to the log before it ends.

`storing.py` notes here which fields of which rows were changed, `log.py` takes the notes into its next event. An act
that changed a row and told nobody is a fault of ours, so it fails.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
T = TypeVar("T")

Values = dict[str, Any]
"""Field → value as plain data: records by their URN, days and numbers as text."""


@dataclass(slots=True)
class RowChange:
    """What became of one row: the fields that differ, before and after. No `before`: it is new. No `after`: it is gone.

    Both None: the act told that it changed the row, and nothing differs in the end. `within` names what it lies in.
    """

    urn: str
    before: Values | None
    after: Values | None
    within: frozenset[str] = frozenset()

    def words(self) -> dict[str, Any]:
        """As the log keeps it."""
        return {"urn": self.urn, "before": self.before, "after": self.after}


class Untold:
    """The changes of the act in hand that no event has told yet, one for each row, in the order of the first."""

    def __init__(self) -> None:
        self.rows: dict[str, RowChange] = {}

    def note(self, urn: str, before: Values | None, after: Values | None, within: frozenset[str]) -> None:
        """Join a change to what is known of the row in this act."""
        known = self.rows.get(urn)
        if known is None:
            self.rows[urn] = RowChange(urn, before, after, within)
            return
        known.within |= within
        if after is None:
            if known.before is None:
                del self.rows[urn]  # made and removed within one act
            else:
                known.before, known.after = {**(before or {}), **known.before}, None
            return
        known.after = {**(known.after or {}), **after}
        if known.before is not None:
            known.before = {**(before or {}), **known.before}


ACTS: dict[str, Callable[..., Any]] = {}
"""Every act that was imported, by its full name; for tests that go over all of them."""

_untold: ContextVar[Untold | None] = ContextVar("what the act in hand changed", default=None)


def act(done: Callable[P, T]) -> Callable[P, T]:
    """Make a function an act. An act within another belongs to it; a refusal undoes the inner one only."""

    @wraps(done)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic(), acting(done.__qualname__):
            return done(*args, **kwargs)

    ACTS[f"{done.__module__}.{done.__qualname__}"] = whole
    return whole


def unlogged(done: Callable[P, T]) -> Callable[P, T]:
    """Make a function an act that tells the log nothing: what somebody does who stays anonymous."""

    @wraps(done)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic(), acting(done.__qualname__):
            result = done(*args, **kwargs)
            told()
            return result

    ACTS[f"{done.__module__}.{done.__qualname__}"] = whole
    return whole


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Within it, changes are noted. Raises AssertionError at the end of the outermost act when some were not told."""
    outer = _untold.get()
    if outer is not None:
        known = {urn: replace(change) for urn, change in outer.rows.items()}
        try:
            yield
        except BaseException:
            outer.rows = known  # what was undone is not told
            raise
        return
    own = Untold()
    token = _untold.set(own)
    try:
        yield
        if own.rows:
            raise AssertionError(f"{name} changed {', '.join(own.rows)} and told the log nothing of it")
    finally:
        _untold.reset(token)


def noted(urn: str, before: Values | None, after: Values | None, within: frozenset[str] = frozenset()) -> None:
    """Note what was changed, and what the row lies in. Raises AssertionError outside an act."""
    own = _untold.get()
    if own is None:
        raise AssertionError(f"{urn} is changed outside an act")
    own.note(urn, before, after, within)


def told() -> list[RowChange]:
    """Take what was not told yet, for an event; nothing outside an act."""
    own = _untold.get()
    if own is None:
        return []
    rows = [row for row in own.rows.values() if row.before != row.after]
    own.rows = {}
    return rows
