"""What the values of a breakdown are called: plain English for readers of a table or a chart.

Codes of a closed list are named in `catalogue/indicators/value-labels.csv`, each with its mark; ages and places follow
a rule. A name that no source prints and that we could not be sure of says "(name not checked)".
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from waymark.gcm import places
from waymark.gcm.files import read_table

PLACE_DIMENSIONS = frozenset({"origin", "sending"})
"""Dimensions whose values are ISO alpha-3 codes, or the codes of IOM tables beside them."""

NOT_CHECKED = "(name not checked)"

AGES = (
    (re.compile(r"(\d+)-(\d+)"), r"aged \1 to \2"),
    (re.compile(r"(\d+)\+"), r"aged \1 and over"),
    (re.compile(r"<(\d+)y"), r"aged under \1"),
    (re.compile(r"<1m|lt1m"), "aged under 1 month"),
    (re.compile(r"m(\d+)t(\d+)"), r"aged \1 to \2 months"),
)
"""Written form of an age (`indicators.disaggregation`) → its words; years where nothing else is said."""


DIMENSIONS = MappingProxyType({
    "age": "age",
    "cause": "cause",
    "disability_status": "disability",
    "education_level": "level of education",
    "grounds_of_discrimination": "ground of discrimination",
    "location": "town and countryside",
    "migratory_status": "migration status",
    "origin": "country of origin",
    "policy_domains": "policy domain",
    "quantile": "income group",
    "sending": "sending country",
    "sex": "sex",
    "type_of_skill": "type of skill",
})  # fmt: skip
"""Dimension → its words, as they follow "by"."""


def dimension_label(dimension: str) -> str:
    """The words for a dimension, as they follow "by"; one that a network defined itself is its own name."""
    return DIMENSIONS.get(dimension, dimension.replace("_", " "))


def value_label(dimension: str, value: str) -> str:
    """The words for one value of a dimension, as the column `disagg` writes both: ("age", "15-24") → "aged 15 to 24".

    Lower case except for names. A value that is not known is given back with NOT_CHECKED; nothing is raised.
    """
    named = _labels().get((dimension, value))
    if named is None and dimension == "age":
        named = next((form.sub(words, value) for form, words in AGES if form.fullmatch(value)), None)
    if named is None and dimension in PLACE_DIMENSIONS:
        found = places.resolve_area(value.upper(), scheme="iso3")
        named = found.name if found else None
    return named or f"{value.replace('_', ' ')} {NOT_CHECKED}"


@cache
def _labels() -> Mapping[tuple[str, str], str]:
    """Dimension and value → label."""
    rows = read_table("indicators", "value-labels.csv")
    return MappingProxyType({(row["dimension"], row["value"]): row["label"] for row in rows})
