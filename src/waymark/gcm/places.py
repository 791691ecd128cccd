"""Places: countries and areas (ISO 3166), regions (UN M49), areas of the UN regional commissions, publishers' groups.

Facts lie in `catalogue/places/`: `places.csv` (one row per place), `memberships.csv` (what is part of what),
`codes.csv` (publishers' own codes), `aliases.csv` (other names), `names.csv` (names CLDR lacks or gives otherwise).
Each row carries its source, locator and mark; `recalled` means from memory, to be checked.
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.files import read_table

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "ka")
"""The six official languages of the United Nations, and Georgian."""

SCHEMES = ("m49", "iso3", "iso2", "name", "worldbank", "unhcr", "idmc", "undesa")
"""The ways publishers write an area; see `resolve_area`."""

Kind = Literal["country", "area", "region", "subregion", "commission-area", "group", "fictional"]

READ_IN_A_SOURCE = ("verified", "secondary")


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    `code` is ISO 3166 alpha-3 for countries and areas, the three-digit M49 number for regions, else `publisher:CODE`.
    `kind` "area" is a territory outside ISO 3166 (former countries, parts of countries, Kosovo, Abyei); `parents` are
    the codes it is directly part of (M49, SDG grouping, commissions); `name` is the English name the source uses.
    """

    code: str
    iso2: str
    m49: str
    kind: Kind
    parents: tuple[str, ...]
    name: str
    note: str
    note_source: str
    source: str
    locator: str
    mark: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A place is part of a group: `role` is "part" (M49), "member" or "associate" (a UN regional commission)."""

    member: str
    group: str
    role: str
    source: str
    locator: str
    mark: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it may be printed: `language` is the language of `text`, English when nothing else is known.

    `checked` says whether the name was read in a source of the United Nations; CLDR names were not compared with one.
    """

    text: str
    language: str
    checked: bool
    source: str


@dataclass(frozen=True, slots=True)
class Area:
    """What a publisher's area code stands for; aggregates are stored apart from countries."""

    code: str
    kind: Literal["country", "aggregate"]
    name: str


@cache
def memberships() -> tuple[Membership, ...]:
    """Every known membership, in the order of the catalogue."""
    return tuple(Membership(**row) for row in read_table("places", "memberships.csv"))


@cache
def by_code() -> dict[str, Place]:
    """Every place by its code, in the order of the catalogue: countries first."""
    parents: defaultdict[str, list[str]] = defaultdict(list)
    for membership in memberships():
        parents[membership.member].append(membership.group)
    return {
        row["code"]: Place(**{**row, "parents": tuple(parents[row["code"]])})  # type: ignore[arg-type]  # kinds are tested
        for row in read_table("places", "places.csv")
    }


def places() -> tuple[Place, ...]:
    """Every place of the catalogue: 249 countries and areas of ISO 3166, then the rest."""
    return tuple(by_code().values())


def place(code: str) -> Place:
    """The place with this code, such as `GEO`, `145` or `wb:AFE`; raises NotFoundError with the closest names."""
    found = by_code().get(code) or by_code().get(code.upper())
    if found is None:
        raise unknown(code)
    return found


def find(text: str) -> Place:
    """The place called `text`: a code, ISO alpha-2, M49 number, or a name or alias in any of LANGUAGES.

    Case and diacritics do not matter. Codes win over names. Raises NotFoundError with the closest names.
    """
    found = by_code().get(text.strip().upper()) or by_code().get(text.strip())
    for scheme in ("iso2", "m49", "iso3"):
        found = found or by_scheme(scheme).get(plain_code(text))
    found = found or by_name().get(folded(text))
    if found is None:
        raise unknown(text)
    return found


def name(code: str, language: str, *, form: Literal["un", "cldr"] = "un") -> Name:
    """The name of a place in a language (a BCP 47 code known to CLDR).

    `form` "un" prefers the name the United Nations uses, where the catalogue has it; "cldr" the Unicode CLDR name.
    Raises NotFoundError for the place and InputError for the language.
    """
    known = place(code)
    checked = known.mark in READ_IN_A_SOURCE
    english = Name(known.name, "en", checked, known.source)
    listed = un_names().get((known.code, language))
    territory = territories(language).get(territory_code(known))
    cldr = Name(territory, language, False, "Unicode CLDR, not checked") if territory else None
    if form == "cldr":
        return cldr or listed or english
    return english if language == "en" else listed or cldr or english


def resolve_area(code: str, *, scheme: str) -> Area | None:
    """What an area code in a publisher's file stands for; None when it is not known, and the row must be rejected.

    `scheme` is one of SCHEMES. UNHCR's codes look like ISO codes and are not (AUS is Austria): use "unhcr" for its own
    column and "iso3" for the ISO column beside it. "iso3" also knows the codes IOM tables invent (XCX, OOO, STL).
    """
    if scheme not in SCHEMES:
        raise InputError(
            f"scheme {scheme}",
            "no such scheme of area codes",
            expected=", ".join(SCHEMES),
            todo="Choose one of these.",
        )
    if scheme == "name":
        found = by_name().get(folded(code))
    else:
        found = by_scheme(scheme).get(plain_code(code))
    if found is None or found.kind == "commission-area":
        return None
    return Area(found.code, "country" if counts_as_country(found) else "aggregate", found.name)


def counts_as_country(known: Place) -> bool:
    """Whether rows about this place stand beside those of countries: ISO 3166, the fictional one, Kosovo and Abyei.

    Former countries, parts of countries and joined areas have no alpha-3 code of ours and are kept apart, so that no
    territory is counted twice.
    """
    return known.kind in ("country", "fictional") or (
        known.kind == "area" and known.code.isalnum() and len(known.code) == 3 and not known.code.isdigit()
    )


def commission_of(code: str) -> tuple[Place, ...]:
    """The UN regional commissions' areas this place belongs to, as member or associate; `memberships` says which."""
    return tuple(by_code()[group] for group in place(code).parents if by_code()[group].kind == "commission-area")


def ancestors(code: str) -> tuple[Place, ...]:
    """All places this one is part of, nearest first, without the commissions; each once."""
    found: dict[str, Place] = {}
    level = [place(code)]
    while level:
        above = [by_code()[parent] for known in level for parent in known.parents]
        level = [known for known in dict.fromkeys(above) if known.kind != "commission-area" and known.code not in found]
        found.update((known.code, known) for known in level)
    return tuple(found.values())


def members(code: str) -> tuple[Place, ...]:
    """The ISO 3166 countries and areas inside a region or belonging to a commission, sorted by code."""
    group = place(code)
    if group.kind == "commission-area":
        inside = {membership.member for membership in memberships() if membership.group == group.code}
        return tuple(known for known in places() if known.code in inside)
    return tuple(known for known in places() if known.kind == "country" and group in ancestors(known.code))


def folded(text: str) -> str:
    """`text` without case, diacritics and punctuation, for comparing names."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare))


def plain_code(code: str) -> str:
    """A code as the indexes hold it: upper case, numbers without leading zeros or a decimal part ("268.0")."""
    bare = re.sub(r"^(\d+)\.0$", r"\1", code.strip().upper())
    return str(int(bare)) if bare.isascii() and bare.isdigit() else bare


@cache
def by_scheme(scheme: str) -> dict[str, Place]:
    """Places by the codes of one scheme; the publisher's own rows win over the general codes."""
    known = by_code()
    found: dict[str, Place] = {}
    if scheme in ("iso3", "worldbank", "idmc"):
        found |= {code: item for code, item in known.items() if counts_as_country(item)}
    if scheme == "iso2":
        found |= {item.iso2: item for item in known.values() if item.iso2}
    if scheme in ("m49", "undesa"):
        found |= {plain_code(item.m49): item for item in known.values() if item.m49}
    for row in read_table("places", "codes.csv"):
        if row["scheme"] == scheme:
            found[row["code"]] = known[row["place"]]
    return found


@cache
def by_name() -> dict[str, Place]:
    """Places by every folded name: source names first, then aliases, then CLDR names in LANGUAGES."""
    found: dict[str, Place] = {}
    known = by_code()
    for item in known.values():
        found.setdefault(folded(item.name), item)
    for row in read_table("places", "aliases.csv"):
        found.setdefault(folded(row["text"]), known[row["place"]])
    for (code, _), listed in un_names().items():
        found.setdefault(folded(listed.text), known[code])
    for language in LANGUAGES:
        names = territories(language)
        for item in known.values():
            if text := names.get(territory_code(item)):
                found.setdefault(folded(text), item)
    return found


@cache
def un_names() -> dict[tuple[str, str], Name]:
    """Names in other languages than English that the catalogue states itself, by place and language."""
    return {
        (row["place"], row["language"]): Name(
            row["text"], row["language"], row["mark"] in READ_IN_A_SOURCE, row["source"]
        )
        for row in read_table("places", "names.csv")
    }


@cache
def territories(language: str) -> dict[str, str]:
    """CLDR's names of territories in one language, by ISO alpha-2 or M49 number."""
    from babel import Locale, UnknownLocaleError  # here, as the record loads this file and says no name

    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError) as unknown_language:
        raise InputError(
            f"language {language}",
            "no names of places are known in it",
            expected=f"a language code such as {', '.join(LANGUAGES)}",
            todo="Choose another language.",
        ) from unknown_language


def territory_code(known: Place) -> str:
    """The key CLDR uses for a place; "-" when it has none or names something else (QO is not our fictional country)."""
    if known.code == "XKX":
        return "XK"
    return known.iso2 or (known.m49 if known.kind in ("region", "subregion") else "") or "-"


def unknown(text: str) -> NotFoundError:
    """The refusal for a place nobody knows, with up to three names that look like it."""
    near = difflib.get_close_matches(folded(text), by_name(), n=3, cutoff=0.6)
    closest = "; ".join(dict.fromkeys(f"{by_name()[key].name} ({by_name()[key].code})" for key in near))
    return NotFoundError(
        f"place {text}",
        "no place is known by this code or name",
        expected="an ISO 3166 code, an M49 number, or a name such as Georgia",
        todo=f"Did you mean {closest}?" if closest else "Look it up in docs/reference/places.md.",
    )
