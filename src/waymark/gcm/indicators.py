"""Indicator definitions, units, questions, and the one written form of disaggregations.

Facts lie in `catalogue/indicators/`: one YAML file per definition (its name is the code), `questions.yaml`,
`units.csv`, `totals.csv` (values that mean "no breakdown"), `written-values.csv`, `written-dimensions.csv` and
`written-units.csv` (how sources write them), `derived.csv` (series worked out from others), `missing.csv` (SDG
indicators without a series in the sources). Meaning, direction and decision are in our words and marked `proposal`;
series, unit and target are carried over from their source.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from waymark.gcm.breakdowns import value_label as value_label
from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import catalogue_path, read_table, read_yaml
from waymark.gcm.traits import NAMED_ONLY
from waymark.gcm.traits import TRAITS as TRAITS

Direction = Literal["up", "down", "parity", "none"]

OBJECTIVES = range(1, 24)

NATIONAL = "national:"
"""How the name of the series of an indicator begins that a network defined."""

OUTSIDE = "outside the Compact"
"""Context of series about refugees and asylum seekers, whom the Compact does not concern."""

QUESTION_ANSWERS = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as sources write its code, lower case. `minimum` and `maximum` hold for the unit itself, None when open.

    `cldr` says how to format: "percent" (the value is already times 100), "decimal" or "currency:USD".
    """

    code: str
    label: str
    kind: str
    minimum: float | None
    maximum: float | None
    cldr: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach, only where a source states one; `reference` marks a global number that binds no country.

    `relation` says what the number is: a value of the series (of a scale with steps, the step that meets the target),
    or a part of the value in the baseline year, as 0.5 for "by half".
    """

    value: float
    year: int
    source: str
    locator: str
    mark: str
    reference: bool
    relation: Literal["value", "of baseline"] = "value"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where assessment starts: `year` is the first that counts, `rule` says which value is taken."""

    year: int
    rule: str


@dataclass(frozen=True, slots=True)
class ObjectiveTie:
    """Why an indicator serves an objective; `basis` "crosswalk": the guidance names its SDG target there."""

    objective: int
    basis: Literal["crosswalk", "proposal"]
    source: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDefinition:
    """What a series means and how it may be used. Values are in `unit`; the valid range ends at None when open.

    `headline` names the dimensions and values, other than totals, of the series a review shows first; `slice` says in
    words whom or what it then counts, in the very words of title, short and meaning. `parts` names dimensions whose
    values make up a total that the source does not give: it is added up where every part is there.
    `direction` "none" is never assessed; one that is not checked is not shown. `doubts` are those caveats that question
    what a figure means. `window` is "ten years" of "in the last ten years" in a title.
    """

    code: str
    series: str
    framework_code: str
    title: str
    short: str
    meaning: str
    unit: str
    unit_label: str
    valid_min: float | None
    valid_max: float | None
    direction: Direction
    natural_limit: float | None
    traits: tuple[str, ...]
    target: Target | None
    baseline: Baseline
    ties: tuple[ObjectiveTie, ...]
    headline: Mapping[str, str]
    disaggregations: tuple[str, ...]
    caveats: tuple[str, ...]
    decision: str
    context: str
    producer: str
    publisher: str
    licence: str
    licence_allows_reuse: bool
    source_note: str
    mark: str
    slice: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    direction_checked: bool = True
    window: str = ""

    @property
    def judged_direction(self) -> Direction:
        """Which way counts as better: none while it is not checked what a figure means, or only one answer is given."""
        return self.direction if self.direction_checked and NAMED_ONLY not in self.traits else "none"

    @property
    def slice_words(self) -> str:
        """What the headline counts when it is not the total: the definition's words, or the labels of its values."""
        return self.slice or ", ".join(value_label(name, value) for name, value in sorted(self.headline.items()))

    def sliced(self, text: str) -> str:
        """A title or label with the slice named in it: as it is where it names it, else with the words at its end."""
        words = self.slice_words
        return text if words.casefold() in text.casefold() else f"{text}, {words}"

    @property
    def objectives(self) -> tuple[int, ...]:
        """The objectives it serves, the closest first."""
        return tuple(tie.objective for tie in self.ties)

    @property
    def headline_disagg(self) -> str:
        """The headline as the column `disagg` of observations writes it, such as "age=15+"; "" is the total."""
        return disaggregation(self.headline.items())

    @property
    def outside_the_compact(self) -> bool:
        """Whether the series is about refugees or asylum seekers and so only context."""
        return self.context == OUTSIDE


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked where no statistic fits; answered with one of QUESTION_ANSWERS."""

    code: str
    objective: int
    text: str
    source: str
    locator: str
    mark: str


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of one objective, and why statistics do not suffice."""

    objective: int
    reason: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class WithoutSeries:
    """An SDG indicator of migration that the sources we read hold no series for."""

    framework_code: str
    objective: int
    title: str
    reason: str
    source: str
    locator: str
    mark: str


@cache
def indicators() -> tuple[IndicatorDefinition, ...]:
    """All definitions, sorted by code."""
    files = sorted(path.stem for path in catalogue_path("indicators").glob("*.yaml") if path.stem != "questions")
    return tuple(_definition(code, read_yaml("indicators", f"{code}.yaml")) for code in files)


def indicator(code: str) -> IndicatorDefinition:
    """The definition with this code, such as `si_rmt_cost`; raises NotFoundError."""
    found = _by_code().get(code.lower())
    if found is None:
        raise NotFoundError(
            f"indicator {code}",
            "no definition has this code",
            expected="a code such as si_rmt_cost",
            todo="See docs/reference/indicators.md for all codes.",
        )
    return found


def for_objective(number: int, beside: Iterable[IndicatorDefinition] = ()) -> tuple[IndicatorDefinition, ...]:
    """The definitions that serve an objective (1 to 23): those closest to it first, then by code.

    `beside` are national ones, which stand among those of the catalogue.
    """
    found = [item for item in (*indicators(), *beside) if number in item.objectives]
    return tuple(sorted(found, key=lambda item: (item.outside_the_compact, item.objectives.index(number), item.code)))


def for_series(series: str) -> IndicatorDefinition | None:
    """The definition of a series ("unsd:SI_RMT_COST", code in capitals), None when the catalogue has none."""
    return _by_series().get(series)


def questions(number: int) -> Questions | None:
    """The questions of an objective, None where statistics suffice."""
    return _questions().get(number)


@cache
def without_series() -> tuple[WithoutSeries, ...]:
    """SDG indicators of migration that have no series in the sources we read."""
    return tuple(
        WithoutSeries(**{**row, "objective": int(row["objective"])})  # type: ignore[arg-type]  # one field is a number
        for row in read_table("indicators", "missing.csv")
    )


@cache
def units() -> Mapping[str, Unit]:
    """All units by code."""
    found = {}
    for row in read_table("indicators", "units.csv"):
        ends = (_number(row["minimum"]), _number(row["maximum"]))
        found[row["code"]] = Unit(row["code"], row["label"], row["kind"], *ends, row["cldr"], int(row["decimals"]))
    return MappingProxyType(found)


def unit_range(series: str, unit: str, strict: bool = False) -> tuple[float | None, float | None]:
    """Lowest and highest value a row may have, None where open.

    A definition rules its own series in its own unit, also where the source names no unit. For other series the range
    of the unit counts only when `strict`, because some sources use per cent for shares that may pass 100.
    """
    definition = for_series(series)
    if definition is not None and unit.lower() in ("", definition.unit):
        return definition.valid_min, definition.valid_max
    known = units().get(unit.lower())
    return (known.minimum, known.maximum) if strict and known else (None, None)


def unit_code(written: str) -> str:
    """A unit's code as we write it: lower case, other codes of the same unit replaced ("PT" of SDMX is per cent)."""
    plain = written.strip().lower()
    return _written_units().get(plain, plain)


@cache
def total_codes() -> frozenset[tuple[str, str]]:
    """Pairs of dimension and value, lower case, that mean "no breakdown by this dimension"."""
    return frozenset((row["dimension"], row["value"]) for row in read_table("indicators", "totals.csv"))


def disaggregation(pairs: Iterable[tuple[str, str]]) -> str:
    """The one written form of a disaggregation: "age=15+|sex=female", names sorted, totals left out.

    Dimensions and values are taken as any source writes them: DDF (`15_24`), long CSV (`Sex_Code`, `15-24`), SDMX
    (`URBANISATION`, `Y15T24`, `F`). Empty values are left out like totals.
    """
    kept = []
    for dimension, value in pairs:
        name = _dimension(dimension)
        plain = _value(name, value)
        if plain and (name, plain) not in total_codes():
            kept.append(f"{name}={plain}")
    return "|".join(sorted(kept))


@cache
def _dimension(written: str) -> str:
    """A dimension's name as we write it: snake case, without `_Code`, SDMX names replaced."""
    bare = written.strip().strip("[]").removesuffix("_Code").strip()
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s-]+", "_", bare).lower()
    return _written_dimensions().get(snake, snake)


@cache
def _value(dimension: str, written: str) -> str:
    """A value as we write it: lower case, ages as "15-24", "15+" or "<5y"; totals stay recognisable."""
    plain = " ".join(written.lower().split())
    plain = _written_values().get((dimension, plain), plain)
    if dimension == "age":
        plain = re.sub(r"^y_ge(\d+)$", r"\1+", plain)
        plain = re.sub(r"^y_lt(\d+)$", r"<\1y", plain)
        plain = re.sub(r"^y(\d+)t(\d+)$", r"\1-\2", plain)
    return plain.replace("|", "/").replace("=", ":")


@cache
def _written_dimensions() -> dict[str, str]:
    return {row["written"]: row["dimension"] for row in read_table("indicators", "written-dimensions.csv")}


@cache
def _written_values() -> dict[tuple[str, str], str]:
    return {(row["dimension"], row["written"]): row["value"] for row in read_table("indicators", "written-values.csv")}


@cache
def _written_units() -> dict[str, str]:
    return {row["written"]: row["unit"] for row in read_table("indicators", "written-units.csv")}


@cache
def _by_code() -> dict[str, IndicatorDefinition]:
    return {item.code: item for item in indicators()}


@cache
def _by_series() -> dict[str, IndicatorDefinition]:
    return {item.series: item for item in indicators()}


@cache
def _questions() -> dict[int, Questions]:
    """All questions by objective; what the file leaves out is our proposal."""
    found = {}
    for entry in read_yaml("indicators", "questions.yaml"):
        number = entry["objective"]
        found[number] = Questions(
            number,
            entry["reason"],
            tuple(
                Question(
                    f"q{number}.{place}",
                    number,
                    item["text"],
                    item.get("source", "Waymark"),
                    item.get("locator", "our proposal"),
                    item.get("mark", "proposal"),
                )
                for place, item in enumerate(entry["questions"], start=1)
            ),
        )
    return found


def _definition(code: str, row: Mapping[str, Any]) -> IndicatorDefinition:
    """A definition from its file; an unknown or missing field is a TypeError, which the catalogue's tests find."""
    lists = {name: tuple(row[name]) for name in ("traits", "disaggregations", "caveats")}
    return IndicatorDefinition(
        **{
            **row,
            **lists,
            "doubts": tuple(row.get("doubts", ())),
            "code": code,
            "target": Target(**row["target"]) if row["target"] else None,
            "baseline": Baseline(**row["baseline"]),
            "ties": tuple(ObjectiveTie(**tie) for tie in row["ties"]),
            "headline": MappingProxyType(dict(row["headline"])),
            "parts": MappingProxyType({name: tuple(values) for name, values in row.get("parts", {}).items()}),
        }
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
