"""Closed lists of words: marks, empty values, kinds of organisation, stances, states, the six steps; and sources."""

from dataclasses import dataclass
from functools import cache

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table, read_yaml
from waymark.gcm.lists import (
    ClosedList,
    CommitmentKind,
    EmptyReason,
    Level,
    Mark,
    OrganisationKind,
    PledgeWay,
    Stance,
)

MARKS = tuple(Mark)
"""How sure a row may be. A recalled row is never displayed."""

SHOWN = (Mark.VERIFIED, Mark.SECONDARY, Mark.PROPOSAL)
"""The marks whose rows may be displayed."""

HELD: dict[str, type[ClosedList]] = {
    "marks": Mark,
    "empty-values": EmptyReason,
    "organisation-kinds": OrganisationKind,
    "stances": Stance,
    "commitment-kinds": CommitmentKind,
    "pledge-ways": PledgeWay,
    "levels": Level,
}
"""The lists of the record itself: `terms.csv` says where they are from, their words stand in `waymark.gcm.lists`."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row of the catalogue was read: a key such as `N-SD`, a title, an address ("" when none is known)."""

    key: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a closed list. `order` counts from 1 inside its list; `group` is "" where a list has no groups."""

    vocabulary: str
    code: str
    label: str
    order: int
    group: str
    source: str
    locator: str
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six steps of the official guidance.

    `page` is the first page of the step in the PDF of the guide, counted from 1 (the printed number is lower);
    `tools` are pairs of a tool or checklist and its PDF page; `desk` says in our words what Waymark offers for it.
    """

    order: int
    code: str
    title: str
    page: int
    actions: tuple[str, ...]
    tools: tuple[tuple[str, int], ...]
    desk: str
    source: str
    locator: str
    mark: Mark


def as_mark(word: str) -> Mark:
    """`word` as a mark.

    Raises NotFoundError when the closed list does not hold it.
    """
    if word not in MARKS:
        raise NotFoundError(
            f'mark "{word}"',
            "no such mark",
            expected=f"one of {', '.join(MARKS)}",
            todo="Correct the row of the catalogue",
        )
    return Mark(word)


@cache
def _sources() -> dict[str, Source]:
    return {row["key"]: Source(**row) for row in read_table("frameworks", "sources.csv")}


def source(key: str) -> Source:
    """The source called `key`.

    Raises NotFoundError when the registry does not hold it.
    """
    try:
        return _sources()[key]
    except KeyError:
        raise NotFoundError(
            f'source "{key}"',
            "the registry of sources has no such key",
            expected="a key of catalogue/frameworks/sources.csv",
            todo="Correct the key, or add the source with its title and address",
        ) from None


def sources(keys: str) -> tuple[Source, ...]:
    """The sources of a row, whose column `source` holds one or more keys separated by spaces."""
    return tuple(source(key) for key in keys.split())


@cache
def _lists() -> dict[str, tuple[Term, ...]]:
    lists: dict[str, list[Term]] = {}
    for row in read_table("vocabulary", "terms.csv"):
        words = lists.setdefault(row["vocabulary"], [])
        words.append(
            Term(
                vocabulary=row["vocabulary"],
                code=row["code"],
                label=_label(row),
                order=len(words) + 1,
                group=row["group"],
                source=row["source"],
                locator=row["locator"],
                mark=as_mark(row["mark"]),
                note=row["note"],
            )
        )
    return {name: tuple(words) for name, words in lists.items()}


def _label(row: dict[str, str]) -> str:
    """The word for a row's code: of the list in code, or as it is written; a state is named by its code."""
    held = HELD.get(row["vocabulary"])
    if held is not None:
        return dict(held.choices)[row["code"]]
    return row["label"] or row["code"].replace("_", " ")


def vocabularies() -> tuple[str, ...]:
    """The names of the closed lists, such as "stances" and "empty-values"."""
    return tuple(_lists())


def terms(vocabulary: str) -> tuple[Term, ...]:
    """The words of one closed list, in its order.

    Raises NotFoundError when there is no such list.
    """
    try:
        return _lists()[vocabulary]
    except KeyError:
        raise NotFoundError(
            f'list of words "{vocabulary}"',
            "there is no such list",
            expected=f"one of {', '.join(_lists())}",
            todo="Correct the name",
        ) from None


def term(vocabulary: str, code: str) -> Term:
    """One word of a closed list.

    Raises NotFoundError when the list does not hold `code`.
    """
    for word in terms(vocabulary):
        if word.code == code:
            return word
    raise NotFoundError(
        f'{vocabulary} "{code}"',
        "the list does not hold this code",
        expected=f"one of {', '.join(word.code for word in terms(vocabulary))}",
        todo="Correct the code",
    )


def label(vocabulary: str, code: str) -> str:
    """The word to show for `code`; raises NotFoundError like `term`."""
    return term(vocabulary, code).label


@cache
def steps() -> tuple[Step, ...]:
    """The six steps of the guidance, in order (source: the guide's pages named in each step)."""
    return tuple(
        Step(
            order=order,
            code=row["code"],
            title=row["title"],
            page=row["page"],
            actions=tuple(row["actions"]),
            tools=tuple((name, page) for name, page in row["tools"].items()),
            desk=row["desk"],
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
        )
        for order, row in enumerate(read_yaml("vocabulary", "steps.yaml"), start=1)
    )
