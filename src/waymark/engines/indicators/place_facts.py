"""Statistics of one place up to a year as plain values: what a review reads of them, and how they are written down.

They hold no age: how old a figure is, is judged on the day they are read (`assessment.judged`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from waymark.engines.indicators.assessment import INPUTS, Measured, Verdict

COMPUTED = "computed by Waymark from"
"""How the detail of a figure begins that we worked out from others, as a share or a change."""

ADDED_UP = "added up by Waymark from"
"""How the detail of a figure begins that is a sum of ours, of parts or of rows."""


DECIDED = {
    "comparable": "the other way of counting has too few figures to compare",
    "later": "shown is the way of counting that reaches the later year",
    "nature": "both reach the same year; the country's own data go first, then adjusted ones, then estimates",
    "whole": "a whole year goes before a span of years, and a span before a part of a year",
    "release": "of one way of counting, the dataset released last gives the figure",
    "name": "of one way of counting in datasets of the same or an unknown release, the one whose name is last",
    "part": "of parts of one year, the last",
    "row": "of rows of one dataset that say the same of themselves, the first in the file",
}
"""By which rule one of two figures of a year is shown: key → words, the closed list (`deciding` finds the key)."""


class Figure(NamedTuple):
    """One observation with its cell in the file; names as in the table of observations."""

    year: int
    value: float | None
    nature: str
    dataset: str
    qualifier: str
    bound: float | None
    period: str
    member: str
    row: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """The headline series of one indicator: its figures by year, what stands beside them, what the methods measured.

    `others` are figures of a year that differ, each with the rule by which another is shown, a key of DECIDED; also
    those of years between its first and last that it has no figure for, with "". `before` and `after` are those counted
    another way before its first year and after its last; `groups` those by one more dimension, each of its latest year.
    `filled` are the years that the publisher filled with zero. `parts` are later figures of a part of a year alone,
    each with the month or day to which it goes, "" where nobody knows it. `withheld` are dimensions whose groups are
    small counts, `ended` those that have figures of earlier years alone, with the last, `crossed` those that are given
    only together with another. `unnamed`: where the source names only those with the wanted answer, the years after
    the first in which it names others and not this place. `data_type`: of a migrant stock the mark that says from what
    data it was derived, and the dataset whose mark it is.
    """

    chosen: tuple[Figure, ...]
    others: tuple[tuple[str, Figure], ...]
    before: tuple[Figure, ...]
    after: tuple[Figure, ...]
    groups: tuple[tuple[str, Figure], ...]
    filled: frozenset[int]
    measured: Measured | None
    parts: tuple[tuple[str, Figure], ...] = ()
    withheld: tuple[str, ...] = ()
    ended: tuple[tuple[str, int], ...] = ()
    crossed: tuple[str, ...] = ()
    unnamed: tuple[int, ...] = ()
    data_type: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """The statistics of a place with every figure up to `year`, by the code of the indicator.

    `held` says why nothing is shown of an indicator that has rows.
    """

    place: str
    year: int
    series: Mapping[str, SeriesFacts]
    held: Mapping[str, str] = field(default_factory=dict)


def to_plain(facts: PlaceFacts) -> dict[str, Any]:
    """The facts as values that JSON can hold."""
    return {
        "place": facts.place,
        "year": facts.year,
        "series": {k: _plain(one) for k, one in facts.series.items()},
        "held": dict(facts.held),
    }


def _plain(facts: SeriesFacts) -> dict[str, Any]:
    measured = facts.measured
    return {
        "chosen": facts.chosen,
        "others": facts.others,
        "before": facts.before,
        "after": facts.after,
        "groups": facts.groups,
        "filled": sorted(facts.filled),
        "parts": facts.parts,
        "withheld": facts.withheld,
        "ended": facts.ended,
        "crossed": facts.crossed,
        "unnamed": facts.unnamed,
        "data_type": facts.data_type,
        "inputs": [measured.inputs[name] for name in INPUTS] if measured else None,
        "verdicts": {
            method: [one.category, one.reason, one.value, one.score] for method, one in measured.verdicts.items()
        }
        if measured
        else {},
    }


def from_plain(plain: Mapping[str, Any]) -> PlaceFacts:
    """The facts that `to_plain` gave. Raises KeyError, TypeError or ValueError for anything else."""
    series = {code: _facts(one) for code, one in plain["series"].items()}
    return PlaceFacts(plain["place"], plain["year"], series, plain["held"])


def _facts(plain: Mapping[str, Any]) -> SeriesFacts:
    measured = None
    if plain["inputs"] is not None:
        verdicts = {method: Verdict(*one) for method, one in plain["verdicts"].items()}
        measured = Measured(dict(zip(INPUTS, plain["inputs"], strict=True)), verdicts)
    return SeriesFacts(
        chosen=tuple(Figure(*one) for one in plain["chosen"]),
        others=tuple((rule, Figure(*one)) for rule, one in plain["others"]),
        before=tuple(Figure(*one) for one in plain["before"]),
        after=tuple(Figure(*one) for one in plain["after"]),
        groups=tuple((extra, Figure(*one)) for extra, one in plain["groups"]),
        filled=frozenset(plain["filled"]),
        measured=measured,
        parts=tuple((until, Figure(*one)) for until, one in plain["parts"]),
        withheld=tuple(plain["withheld"]),
        crossed=tuple(plain["crossed"]),
        unnamed=tuple(plain["unnamed"]),
        data_type=(plain["data_type"][0], plain["data_type"][1]),
        ended=tuple((dimension, year) for dimension, year in plain["ended"]),
    )
