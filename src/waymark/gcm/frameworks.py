"""Frameworks as data: the Global Compact, the Sustainable Development Goals, the Progress Declaration, and their links.

Official texts are not shipped: `Provision.text` is "" until a person imports them (`waymark frameworks import`).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table
from waymark.gcm.lists import Mark
from waymark.gcm.vocabulary import as_mark

CROSSWALKS = ("gcm-sdg.csv", "pd-gcm.csv")
"""Files of catalogue/crosswalks/, in the order their links are read."""

NOT_FOLLOWED = ("as-printed",)
"""Relations kept on record although another claim of the same source is followed."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A body of promises with one issuer and edition. `symbol` is "" and `date` None where not known."""

    code: str
    title: str
    short: str
    issuer: str
    symbol: str
    date: date | None
    edition: str
    source: str
    locator: str
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of a framework: a principle, objective, action, goal, target, indicator, topic or paragraph.

    `parent` is the code it stands under ("" at the top); `order` counts from 1 through the whole framework.
    `title` is the official title, or "" where there is none or we show our own `label` instead; `language` is that of
    title and label. `mark` tells how sure code, place and title are; `label_mark` how sure the label is
    ("proposal": our own words). `source` holds keys of the registry of sources, separated by spaces.
    """

    framework: str
    code: str
    parent: str
    kind: str
    order: int
    title: str
    label: str
    paragraph: str
    text: str
    language: str
    source: str
    locator: str
    mark: Mark
    note: str
    label_mark: Mark


@dataclass(frozen=True, slots=True)
class Link:
    """One claim of a crosswalk, read in one direction only; two claims of one source may contradict each other."""

    from_framework: str
    from_code: str
    to_framework: str
    to_code: str
    relation: str
    source: str
    locator: str
    mark: Mark
    note: str

    @property
    def followed(self) -> bool:
        """False for the claim of a conflicting pair that Waymark keeps on record and does not follow."""
        return self.relation not in NOT_FOLLOWED


@dataclass(frozen=True, slots=True)
class Wording:
    """One of several official wordings of the same provision; `place` says where in the text it stands."""

    framework: str
    code: str
    wording: str
    place: str
    language: str
    source: str
    locator: str
    mark: Mark
    note: str


@cache
def frameworks() -> tuple[Framework, ...]:
    """The frameworks of the catalogue: the Global Compact first."""
    return tuple(
        Framework(
            code=row["code"],
            title=row["title"],
            short=row["short"],
            issuer=row["issuer"],
            symbol=row["symbol"],
            date=date.fromisoformat(row["date"]) if row["date"] else None,
            edition=row["edition"],
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_table("frameworks", "frameworks.csv")
    )


def framework(code: str) -> Framework:
    """The framework called `code`, such as "gcm".

    Raises NotFoundError when the catalogue does not hold it.
    """
    for found in frameworks():
        if found.code == code:
            return found
    raise NotFoundError(
        f'framework "{code}"',
        "the catalogue has no framework of this code",
        expected=f"one of {', '.join(known.code for known in frameworks())}",
        todo="Correct the code",
    )


@cache
def _provisions(framework_code: str) -> dict[str, Provision]:
    framework(framework_code)
    return {
        row["code"]: Provision(
            framework=framework_code,
            code=row["code"],
            parent=row["parent"],
            kind=row["kind"],
            order=order,
            title=row["title"],
            label=row["label"],
            paragraph=row["paragraph"],
            text="",
            language="en",
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
            label_mark=as_mark(row["label_mark"]),
        )
        for order, row in enumerate(read_table("frameworks", f"{framework_code}.csv"), start=1)
    }


@cache
def provisions(framework_code: str) -> tuple[Provision, ...]:
    """The provisions of a framework in the order of its text, parents before their children.

    Raises NotFoundError when the catalogue does not hold the framework.
    """
    return tuple(_provisions(framework_code).values())


def provision(framework_code: str, code: str) -> Provision:
    """One provision, such as `provision("gcm", "1.a")` or `provision("sdg", "10.7")`.

    Raises NotFoundError when the framework, or the code in it, is not known.
    """
    try:
        return _provisions(framework_code)[code]
    except KeyError:
        known = provisions(framework_code)
        raise NotFoundError(
            f'provision "{code}" of {framework(framework_code).short}',
            "the catalogue has no provision of this code in this framework",
            expected=f"a code such as {', '.join(one.code for one in known[:3])} ({len(known)} are known)",
            todo="Correct the code",
        ) from None


def objectives() -> tuple[Provision, ...]:
    """The 23 objectives of the Global Compact, in order (A/RES/73/195, paragraphs 17 to 39)."""
    return tuple(one for one in provisions("gcm") if one.kind == "objective")


def children(framework_code: str, code: str) -> tuple[Provision, ...]:
    """The provisions directly under `code`, in order; the actions of an objective, for example."""
    parent = provision(framework_code, code)
    return tuple(one for one in provisions(framework_code) if one.parent == parent.code)


@cache
def _links() -> tuple[Link, ...]:
    return tuple(
        Link(
            from_framework=row["from_framework"],
            from_code=row["from_code"],
            to_framework=row["to_framework"],
            to_code=row["to_code"],
            relation=row["relation"],
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for name in CROSSWALKS
        for row in read_table("crosswalks", name)
    )


def links(from_framework: str, from_code: str | None = None, to_framework: str | None = None) -> tuple[Link, ...]:
    """The links that start at a framework, or at one provision of it, and optionally end in one framework.

    Links are read as the source states them, from the first framework to the second: those of the Global Compact to
    the Sustainable Development Goals start at "gcm", those of the Progress Declaration at "pd-2022".
    Raises NotFoundError for an unknown framework or provision, so that a mistyped code never looks like "no link".
    """
    framework(from_framework)
    if from_code is not None:
        provision(from_framework, from_code)
    if to_framework is not None:
        framework(to_framework)
    return tuple(
        link
        for link in _links()
        if link.from_framework == from_framework
        and from_code in (None, link.from_code)
        and to_framework in (None, link.to_framework)
    )


def links_to(to_framework: str, to_code: str, from_framework: str | None = None) -> tuple[Link, ...]:
    """The links that end at one provision, for reading a crosswalk backwards; raises NotFoundError like `links`."""
    provision(to_framework, to_code)
    if from_framework is not None:
        framework(from_framework)
    return tuple(
        link
        for link in _links()
        if (link.to_framework, link.to_code) == (to_framework, to_code)
        and from_framework in (None, link.from_framework)
    )


@cache
def _wordings() -> tuple[Wording, ...]:
    return tuple(
        Wording(
            framework=row["framework"],
            code=row["code"],
            wording=row["wording"],
            place=row["place"],
            language=row["language"],
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_table("frameworks", "wordings.csv")
    )


def wordings(framework_code: str, code: str) -> tuple[Wording, ...]:
    """The official wordings of a provision where the text itself has several; empty where it has one.

    Objective 13 reads "migration detention" in the list of paragraph 16 and "immigration detention" in the heading of
    paragraph 29. Raises NotFoundError when the provision is not known.
    """
    provision(framework_code, code)
    return tuple(one for one in _wordings() if (one.framework, one.code) == (framework_code, code))


def objective_of_code(framework: str, provision: str) -> int | None:
    """The number of an objective of the Compact from a provision's codes, None for anything else."""
    number = provision.partition(".")[0]
    return int(number) if framework == "gcm" and number.isdigit() else None
