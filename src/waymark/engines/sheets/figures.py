"""Reads what a network writes of its own statistics: the form of an indicator in YAML, and a table of values in CSV.

Docs: docs/how-to/add-national-figures.md. Reading checks the form only; codes are looked up when it is entered.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from waymark.engines.files.delimited import rows_of_form
from waymark.engines.files.limits import FORM
from waymark.engines.files.refusing import named
from waymark.engines.files.signs import checked
from waymark.engines.files.yaml_texts import read_yaml
from waymark.engines.sheets.reviews import first_of
from waymark.gcm.errors import InputError
from waymark.gcm.indicators import OBJECTIVES, TRAITS, units
from waymark.gcm.lists import Classification, EmptyReason, Mark, WantedDirection


@dataclass(frozen=True, slots=True)
class IndicatorForm:
    """An indicator as a form gives it: codes of other records as texts, words by language."""

    code: str
    network: str
    title: Mapping[str, str]
    meaning: Mapping[str, str]
    unit: str
    direction: str
    producer: str
    objectives: tuple[int, ...]
    provisions: tuple[str, ...] = ()
    unit_label: Mapping[str, str] | None = None
    target: float | None = None
    target_year: int | None = None
    target_source: str = ""
    baseline_year: int = 2015
    valid_min: float | None = None
    valid_max: float | None = None
    natural_limit: float | None = None
    traits: tuple[str, ...] = ()
    disaggregations: tuple[str, ...] = ()
    caveats: Mapping[str, str] | None = None
    outside_compact: bool = False
    classification: str = ""
    source: str = ""
    locator: str = ""
    mark: str = ""
    note: str = ""


NEEDED = ("code", "network", "title", "meaning", "unit", "direction", "producer", "objectives")
FIELDS = tuple(one.name for one in fields(IndicatorForm))
CLASSES = tuple(Classification.values)


def read_indicator(path: Path) -> IndicatorForm:
    """Read the form of one indicator. Raises InputError that names the field, what was given and what is expected."""
    content = _content(path)
    with named(str(path)):
        told = read_yaml(content, signs=False)
    if not isinstance(told, dict):
        raise _refuse(path, f"it holds {_given(told)}", expected="fields such as “unit: percent”")
    unknown = [str(name) for name in told if name not in FIELDS]
    if unknown:
        raise _refuse(
            path, f"the field {unknown[0]} is not known", expected=f"fields {', '.join(FIELDS)}", place=unknown[0]
        )
    missing = [name for name in NEEDED if told.get(name) in (None, "", [], {})]
    if missing:
        raise _refuse(path, f"the field {missing[0]} is empty", expected=EXPECTED[missing[0]], place=missing[0])
    return IndicatorForm(**{name: _field(path, name, value) for name, value in told.items() if value is not None})


def _field(path: Path, name: str, value: Any) -> Any:
    try:
        found = READ[name](value)
    except (TypeError, ValueError):
        raise _refuse(path, f"{name} is {_given(value)}", expected=EXPECTED[name], place=name) from None
    texts = found.values() if isinstance(found, Mapping) else found if isinstance(found, tuple) else (found,)
    for text in texts:
        if isinstance(text, str):
            checked(text, given=str(path), place=name, code=name not in WORDS)
    return found


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise _refuse(path, "there is no such file", expected="an existing file", todo="Check the path.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refuse(path, f"it cannot be read ({error.strerror})", expected="a readable file") from error


def _refuse(path: Path, problem: str, *, expected: str, todo: str = "Correct the file.", place: str = "") -> InputError:
    return InputError(str(path), problem, expected=expected, todo=todo, place=place)


def _given(value: Any) -> str:
    """What was given, short enough to be said."""
    text = " ".join(str(value).split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def _words(value: Any) -> dict[str, str]:
    """Words in one or more languages; a plain text is English."""
    if isinstance(value, str):
        return {"en": value.strip()}
    if not isinstance(value, dict) or not value:
        raise TypeError
    return {_text(language): _text(words) for language, words in value.items()}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _year(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1990 <= value <= 2199:
        raise ValueError
    return value


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _one_of(known: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in known:
            raise ValueError
        return str(value)

    return read


def _many(each: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError
        return tuple(each(one) for one in value)

    return read


def _objective(value: Any) -> int:
    if isinstance(value, bool) or value not in OBJECTIVES:
        raise ValueError
    return int(value)


WORDS = ("title", "meaning", "unit_label", "caveats", "target_source", "source", "locator", "note")
"""Fields that hold words; all others hold codes and numbers."""

_TEXT_FIELDS = ("code", "network", "producer", "target_source", "source", "locator", "note")
READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_TEXT_FIELDS, _text),
    **dict.fromkeys(("title", "meaning", "unit_label", "caveats"), _words),
    **dict.fromkeys(("target", "valid_min", "valid_max", "natural_limit"), _number),
    **dict.fromkeys(("target_year", "baseline_year"), _year),
    "unit": _one_of(tuple(units())),
    "direction": _one_of(tuple(WantedDirection.values)),
    "mark": _one_of(tuple(Mark.values)),
    "classification": _one_of(CLASSES),
    "objectives": _many(_objective),
    "provisions": _many(_text),
    "traits": _many(_one_of(tuple(TRAITS))),
    "disaggregations": _many(_text),
    "outside_compact": _yes,
}
"""Field → what reads its value, or raises TypeError or ValueError."""

_SENTENCE = "a text, or texts by language such as {en: …, ka: …}"
EXPECTED: dict[str, str] = {
    **dict.fromkeys(("target_source", "source", "locator", "note"), "a text"),
    **dict.fromkeys(("title", "meaning", "unit_label", "caveats"), _SENTENCE),
    **dict.fromkeys(("target", "valid_min", "valid_max", "natural_limit"), "a number"),
    **dict.fromkeys(("target_year", "baseline_year"), "a year such as 2030"),
    "code": "a code of small letters, figures and hyphens, such as qor-guardians",
    "network": "the code of the network that defines it",
    "producer": "the code of the organisation that makes the figures",
    "unit": f"one of {', '.join(units())}",
    "direction": f"one of {', '.join(WantedDirection.values)}",
    "mark": f"one of {', '.join(Mark.values)}",
    "classification": f"one of {', '.join(CLASSES)}",
    "objectives": "a list of objectives of the Compact, such as [7]",
    "provisions": "a list of framework and code, such as [gcm 7.f]",
    "traits": f"a list of {', '.join(TRAITS)}",
    "disaggregations": "a list of dimensions, such as [sex, age]",
    "outside_compact": "true or false",
}
"""Field → what it takes."""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value as a line of a table gives it; `place` says where it stands."""

    place: str
    indicator: str
    period: str
    value: float | None = None
    qualifier: str = ""
    bound: float | None = None
    reason: str = ""
    organisation: str = ""
    disaggregation: str = ""
    break_before: bool = False
    page: str = ""
    address: str = ""
    note: str = ""


COLUMNS = (
    "indicator", "period", "value", "reason", "organisation", "disaggregation", "break_before", "page", "address",
    "note",
)  # fmt: skip


FREE = ("page", "address", "note")
"""Columns that may be empty and take any text, also a number alone as the end of 12,5 is."""


def read_values(path: Path) -> list[ValueRow]:
    """Read a table of values. Raises InputError for the first bad line, and says which others are bad."""
    content = _content(path)
    rows: list[ValueRow] = []
    bad: list[InputError] = []
    names: list[str] = []
    with named(str(path)):
        lines = list(rows_of_form(content, FORM))
    for line, cells in lines:
        filled, place = [cell.strip() for cell in cells], f"line {line}"
        if not any(filled):
            continue
        if not names:
            names = _header(path, place, [name.lower().replace(" ", "_") for name in filled])
            continue
        try:
            rows.append(_value_row(path, place, _under(path, place, names, filled)))
        except InputError as error:
            bad.append(error)
    if bad:
        raise first_of(path, bad)
    if not rows:
        raise _refuse(path, "it holds no value", expected="a header row, and values under it")
    return rows


def _header(path: Path, place: str, names: list[str]) -> list[str]:
    unknown = [name for name in names if name not in COLUMNS]
    problem = f"the column {unknown[0]} is not known" if unknown else ""
    if not unknown and len(set(names)) != len(names):
        problem = "a column stands there twice"
    after = names[names.index("value") + 1 :][:1] if not problem and "value" in names else []
    if set(after) & set(FREE):
        raise _refuse(
            path,
            f"the column {after[0]} stands right after value, where a value such as 12,5 would end unseen",
            expected="the columns reason, organisation, disaggregation or break_before after value, or none",
            place=place,
        )
    missing = [name for name in ("indicator", "period", "value") if name not in names]
    if problem or missing:
        problem = problem or f"the column {missing[0]} is missing"
        raise _refuse(path, problem, expected=f"columns {', '.join(COLUMNS)}", place=place)
    return names


def _under(path: Path, place: str, names: list[str], filled: list[str]) -> dict[str, str]:
    """The cells of a line by their column. Refuses one that stands under none, such as the end of 12,5."""
    cells = max(number for number, cell in enumerate(filled, start=1) if cell)
    if cells > len(names):
        raise _refuse(
            path,
            f"it has {cells} cells, the head names {len(names)} columns",
            expected="one cell under each column, and a point as the decimal sign, such as 12.5",
            place=place,
        )
    return dict(zip(names, filled, strict=False))


def _value_row(path: Path, place: str, cells: dict[str, str]) -> ValueRow:
    for name, text in cells.items():
        checked(text, given=str(path), place=f"{place}, {name}", code=name not in ("note", "page"))
    for name in ("indicator", "period"):
        if not cells.get(name):
            raise _refuse(path, f"the {name} is empty", expected=f"the {name} of the value", place=place)
    value, reason, broken = cells.pop("value", ""), cells.pop("reason", ""), cells.pop("break_before", "").lower()
    if reason and reason not in EmptyReason.values:
        raise _refuse(
            path, f"the reason is {_given(reason)}", expected=f"one of {', '.join(EmptyReason.values)}", place=place
        )
    if bool(value) == bool(reason):
        problem = "it has a value and a reason why there is none" if value else "it has no value and no reason"
        raise _refuse(path, problem, expected="one of the two", place=place)
    if broken not in ("", "yes", "no"):
        raise _refuse(path, f"break_before is {_given(broken)}", expected="yes, no or nothing", place=place)
    sign = value[:1] if value[:1] in ("<", ">") else ""
    number = _written(path, place, value.removeprefix(sign)) if value else None
    return ValueRow(
        place=place,
        value=None if sign else number,
        qualifier=sign,
        bound=number if sign else None,
        reason=reason,
        break_before=broken == "yes",
        **cells,
    )


def _written(path: Path, place: str, text: str) -> float:
    try:
        number = float(text) if "_" not in text else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _refuse(
            path, f"the value is {_given(text)}", expected="a number such as 12.5, <5 or >95", place=f"{place}, value"
        )
    return number
