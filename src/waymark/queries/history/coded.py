"""The words of what a field holds as a code: members of closed lists, states, steps of scales, languages, money."""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

from babel.numbers import format_decimal
from django.db.models import TextChoices

from waymark.gcm.errors import NotFoundError
from waymark.gcm.indicators import indicators, units, value_label
from waymark.gcm.language import join_list, language_name, locale
from waymark.gcm.lists import Classification, ClosedList
from waymark.gcm.places import by_code
from waymark.gcm.places import name as place_name
from waymark.gcm.scales import scale, scales
from waymark.gcm.vocabulary import label as term_label
from waymark.gcm.wording import Label, label_of
from waymark.records.record import Record
from waymark.records.states import TABLES, state_label

STATES = frozenset({("commitment-change", "from_state"), ("commitment-change", "to_state")})
"""Fields that hold a state without saying of which table."""

UNITS = frozenset({("national-indicator", "unit"), ("national-value", "unit")})
"""Fields that hold a unit of the catalogue."""

TERMS = {("crosswalk", "relation"): "relations", ("provision", "kind"): "provision-kinds"}
"""Fields whose words are in the vocabulary of the catalogue."""


def coded(noun: str, model: type[Record], field: str, code: str, beside: Mapping[str, Any], language: str) -> str:
    """The words of a code in a field, "" when the field holds no codes.

    `beside` are the other values of the row, as a step is a step of the scale beside it.
    """
    found = _listed(model, field).get(code)
    if found is not None:
        return found.words(language)
    if (noun, field) in STATES:
        return state_label(code).words(language)
    if (noun, field) in TERMS:
        return _term(TERMS[noun, field], code)
    if field == "audience":
        return label_of(Classification(code)).words(language)
    if field == "scale":
        return _scale_title(code)
    if field == "rating":
        return _step(code, str(beside.get("scale", "")), language)
    if field == "language":
        return language_name(code, language)
    if field == "currency":
        return str(locale(language).currencies.get(code, code))
    if field == "place_code":
        return place_name(code, language).text if code in by_code() else code
    return _of_a_figure(noun, field, code, language)


def _of_a_figure(noun: str, field: str, code: str, language: str) -> str:
    """The words of what names a figure: its series, its indicator, its unit, its breakdown; "" for other fields."""
    if field == "series":
        return next((item.short for item in indicators() if item.series == code), code)
    if field == "catalogue_code":
        return next((item.short for item in indicators() if item.code == code), code)
    if field == "disaggregation":
        return join_list([value_label(*part.split("=", 1)) for part in code.split("|") if "=" in part], language)
    if (noun, field) in UNITS and code in units():
        return units()[code].label
    return ""


@cache
def _listed(model: type[Record], field: str) -> Mapping[str, Label]:
    """Code → label of a field with a closed list, nothing for another field."""
    choices = tuple(
        (str(code), str(words)) for code, words in getattr(model._meta.get_field(field), "choices", None) or ()
    )
    if not choices:
        return {}
    kind = _kinds().get(choices)
    if kind is not None:
        return {str(member.value): label_of(member) for member in kind}
    states = {state for table in TABLES.values() for state in table}
    return {code: state_label(code) for code, _ in choices if code in states}


@cache
def _kinds() -> Mapping[tuple[tuple[str, str], ...], type[Enum]]:
    """Codes and labels of a closed list → the list. Lists that say the same are the same to a reader."""
    kinds: list[Any] = [*TextChoices.__subclasses__(), *ClosedList.__subclasses__()]
    return {tuple((str(code), str(words)) for code, words in kind.choices): kind for kind in kinds if kind.choices}


def _term(vocabulary: str, code: str) -> str:
    try:
        return term_label(vocabulary, code).lower()
    except NotFoundError:
        return code.replace("_", " ").replace("-", " ")


def _scale_title(code: str) -> str:
    try:
        return scale(code).title
    except NotFoundError:
        return code.replace("-", " ")


def _step(code: str, scale_code: str, language: str) -> str:
    """The step of the scale named beside it, else of the first scale that has such a step."""
    ordered = sorted(scales(), key=lambda one: one.code != scale_code)
    steps = (step for one in ordered for step in one.values if step.code == code)
    found = next(steps, None)
    return found.label(language) if found else code.replace("-", " ")


def number(value: str, language: str) -> str:
    """A decimal as it is written in the language, with all its digits."""
    whole = value.rstrip("0").rstrip(".") if "." in value else value
    return str(format_decimal(whole, format="#,##0.############", locale=locale(language)))
