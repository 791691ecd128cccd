"""A framework beside the Compact and the Goals: the links that its words suggest, and the gaps that its links leave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from waymark.engines.documents.tagging import Tagger
from waymark.engines.documents.words.tokens import primary
from waymark.engines.sheets.crosswalk import SIDES, USUAL
from waymark.gcm.frameworks import NOT_FOLLOWED, links
from waymark.gcm.indicators import indicators
from waymark.gcm.language import language_name
from waymark.queries.crosswalks.words import Suggested, Words, likeness, suggested, tagged, words_of
from waymark.queries.wording import in_language
from waymark.records.frameworks import Crosswalk, Framework, Provision, unknown_framework
from waymark.records.viewers import Viewer

DECIDED = "decided by a person"
"""How the source of a link begins that the import of a corrected sheet made."""

LEAST = 0.20
"""A suggestion is made from this score on, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A provision and what it may be linked to, or is: one row of the sheet.

    `words` are the provision's own. Without `framework` and `code` nothing is suggested and `reasons` says why. `score`
    is from 0 to 1, None for a link on record that no words suggest. `source` is where a link on record is from, "" when
    there is none; `incoming` says that it was stated from the other side.
    """

    provision: str
    kind: str
    words: str
    framework: str = ""
    code: str = ""
    label: str = ""
    score: float | None = None
    reasons: tuple[str, ...] = ()
    relation: str = ""
    linked: bool = False
    source: str = ""
    incoming: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrosswalkView:
    """The suggested crosswalk of a framework, by provision in the order of its text.

    `without_terms` are languages of whose words nothing can be said, `not_measured` those for which it is not known how
    often a suggestion is wrong.
    """

    framework: str
    title: str
    provisions: int
    rows: tuple[SuggestionView, ...]
    without_terms: tuple[str, ...]
    not_measured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapItem:
    """What a gap is about: a provision by framework and code, with its label."""

    framework: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class GapsView:
    """What the links of a framework leave open.

    `objectives` and `targets` (those that the catalogue ties to an objective) are touched by no provision; a link to an
    action touches its objective. A provision counts as linked when it, or one below it, is linked. `without_indicator`
    are linked provisions of whose objectives and targets no indicator of the catalogue speaks; series about what is
    outside the Compact do not count. Provisions of the Compact and the Goals themselves always count as linked there.
    """

    framework: str
    title: str
    provisions: int
    objectives: tuple[GapItem, ...]
    targets: tuple[GapItem, ...]
    without_indicator: tuple[GapItem, ...]
    without_link: tuple[GapItem, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A followed link between a provision of the framework (`own`) and one of SIDES."""

    own: int
    other: Provision
    row: Crosswalk
    incoming: bool


def find_framework(code: str, viewer: Viewer) -> Framework:
    """The framework with this code, if the viewer may see it. Raises NotFoundError."""
    rows = Framework.objects.visible_to(viewer).order_by("code")
    found = rows.filter(code=code).first()
    if found is None:
        raise unknown_framework(code, list(rows.values_list("code", flat=True)))
    return found


def _provisions(framework: Framework, viewer: Viewer) -> tuple[Provision, ...]:
    return tuple(
        Provision.objects.visible_to(viewer)
        .filter(framework=framework)
        .select_related("framework")
        .order_by("position", "id")
    )


def _sides(framework: Framework, viewer: Viewer) -> dict[tuple[str, str], Provision]:
    """What the framework may be linked to, by framework and code."""
    others = [side for side in SIDES if side != framework.code]
    rows = Provision.objects.visible_to(viewer).filter(framework__code__in=others).select_related("framework", "parent")
    return {(row.framework.code, row.code): row for row in rows.order_by("framework__code", "position", "id")}


def _links(framework: Framework, viewer: Viewer) -> Iterator[_Link]:
    """The followed links between the framework and the Compact or the Goals, from whichever side they are stated."""
    rows = (
        Crosswalk.objects.visible_to(viewer)
        .filter(Q(from_provision__framework=framework) | Q(to_provision__framework=framework))
        .exclude(relation__in=NOT_FOLLOWED)
        .select_related("from_provision__framework", "to_provision__framework")
        .order_by("id")
    )
    for row in rows:
        incoming = row.from_provision.framework_id != framework.pk
        own, other = (row.to_provision, row.from_provision) if incoming else (row.from_provision, row.to_provision)
        if other.framework.code in SIDES and other.framework_id != framework.pk:
            yield _Link(own.pk, other, row, incoming)


def _above(row: Provision, rows: Mapping[int, Provision]) -> list[Provision]:
    """The provisions that one stands under, the outermost first; `rows` are those of its framework by id."""
    found: list[Provision] = []
    parent = rows.get(row.parent_id or 0)
    while parent is not None and parent not in found:
        found.insert(0, parent)
        parent = rows.get(parent.parent_id or 0)
    return found


def _name(row: Provision, language: str) -> str:
    return in_language(row.label or row.title or row.text, language)


# ---------------------------------------------------------------- suggestions


def suggested_crosswalk(
    code: str, viewer: Viewer, tagger: Tagger, *, least: float = LEAST, language: str = "en"
) -> CrosswalkView:
    """What each provision of a framework likely speaks to, with the words that decided, beside the links on record.

    `language` is that of the labels. Raises NotFoundError for an unknown framework.
    """
    framework = find_framework(code, viewer)
    rows = {row.pk: row for row in _provisions(framework, viewer)}
    sides = _sides(framework, viewer)
    targets = [row for (side, _), row in sides.items() if side == "sdg" and row.kind == "target"]
    alike = likeness(targets, tagger) if targets else None
    linked: dict[int, list[_Link]] = defaultdict(list)
    for link in _links(framework, viewer):
        linked[link.own].append(link)
    views: list[SuggestionView] = []
    without_terms: set[str] = set()
    not_measured: set[str] = set()
    for row in rows.values():
        words = words_of(row, _above(row, rows), tagger.languages)
        found = tagged(words, tagger)
        if words.own and not found:
            without_terms.add(primary(words.language))
        not_measured |= {one.language for one in found if not one.measured}
        chosen = [one for one in suggested(words, found, alike, least) if (one.framework, one.code) in sides]
        made = _rows(row, words, chosen, linked[row.pk], sides, language)
        views += made or [_nothing(row, words, bool(found), least)]
    return CrosswalkView(
        framework=framework.code,
        title=in_language(framework.title, language),
        provisions=len(rows),
        rows=tuple(views),
        without_terms=tuple(sorted(without_terms)),
        not_measured=tuple(sorted(not_measured)),
    )


def _rows(
    row: Provision,
    words: Words,
    chosen: Sequence[Suggested],
    linked: Sequence[_Link],
    sides: Mapping[tuple[str, str], Provision],
    language: str,
) -> list[SuggestionView]:
    """The rows of one provision: objectives before targets, what scores more first, links without a score last."""
    scores = {(one.framework, one.code): one for one in chosen}
    on_record = {(link.other.framework.code, link.other.code) for link in linked}
    pairs: list[tuple[tuple[str, str], _Link | None]] = [
        ((link.other.framework.code, link.other.code), link) for link in linked
    ]
    views = []
    for key, link in [*pairs, *((key, None) for key in scores if key not in on_record)]:
        one = scores.get(key)
        views.append(
            SuggestionView(
                provision=row.code,
                kind=row.kind,
                words=words.own,
                framework=key[0],
                code=key[1],
                label=_name(link.other if link else sides[key], language),
                score=one.score if one else None,
                reasons=one.reasons if one else (),
                relation=link.row.relation if link else USUAL,
                linked=link is not None,
                source=link.row.source if link else "",
                incoming=link is not None and link.incoming,
                note=link.row.note if link else "",
            )
        )
    return sorted(views, key=lambda view: (SIDES.index(view.framework), -(view.score or 0.0)))


def _nothing(row: Provision, words: Words, read: bool, least: float) -> SuggestionView:
    """The row of a provision for which there is neither a link nor a suggestion."""
    if read:
        reason = f"nothing scores {least:.2f} or more"
    elif words.own:
        reason = f"no terms are known in this language: {language_name(words.language, 'en')}"
    else:
        reason = "its words are not on record"
    return SuggestionView(row.code, row.kind, words.own, reasons=(reason,))


# ---------------------------------------------------------------- gaps


def crosswalk_gaps(code: str, viewer: Viewer, *, language: str = "en") -> GapsView:
    """What the links of a framework leave open; `language` is that of the labels.

    Raises NotFoundError for an unknown framework.
    """
    framework = find_framework(code, viewer)
    rows = {row.pk: row for row in _provisions(framework, viewer)}
    sides = _sides(framework, viewer)
    by_id = {row.pk: row for row in sides.values()}
    reached: dict[int, set[tuple[str, str]]] = defaultdict(set)
    touched: set[tuple[str, str]] = set()
    for link in _links(framework, viewer):
        ends = _reach(link.other, by_id)
        touched |= ends
        own = rows.get(link.own)
        for one in (own, *_above(own, rows)) if own else ():
            reached[one.pk] |= ends
    linked = set(reached)
    if framework.code in SIDES:
        for row in rows.values():
            reached[row.pk] |= _reach(row, rows)
    measured = measured_codes()

    def items(chosen: Iterable[Provision], within: str = framework.code) -> tuple[GapItem, ...]:
        return tuple(GapItem(within, row.code, _name(row, language)) for row in chosen)

    wanted = _wanted(sides)
    return GapsView(
        framework=framework.code,
        title=in_language(framework.title, language),
        provisions=len(rows),
        objectives=items((row for key, row in wanted.items() if key[0] == "gcm" and key not in touched), "gcm"),
        targets=items((row for key, row in wanted.items() if key[0] == "sdg" and key not in touched), "sdg"),
        without_indicator=items(row for pk, row in rows.items() if pk in reached and not reached[pk] & measured),
        without_link=items(row for pk, row in rows.items() if pk not in linked),
    )


def _reach(row: Provision, rows: Mapping[int, Provision]) -> set[tuple[str, str]]:
    """A provision and what it stands under; not the goal of a target, because that is wider than the target."""
    above = [one for one in _above(row, rows) if one.kind != "goal"]
    return {(one.framework.code, one.code) for one in (row, *above)}


def _wanted(sides: Mapping[tuple[str, str], Provision]) -> dict[tuple[str, str], Provision]:
    """What a framework about migration is expected to touch: every objective, and the targets tied to one."""
    tied = {one.to_code for one in links("gcm", to_framework="sdg") if one.followed}
    return {
        (side, code): row
        for (side, code), row in sides.items()
        if (side == "gcm" and row.kind == "objective") or (side == "sdg" and row.kind == "target" and code in tied)
    }


@cache
def measured_codes() -> frozenset[tuple[str, str]]:
    """The objectives, goals, targets and SDG indicators of which an indicator of the catalogue speaks."""
    found: set[tuple[str, str]] = set()
    for one in indicators():
        if one.outside_the_compact:
            continue
        found |= {("gcm", str(number)) for number in one.objectives}
        parts = one.framework_code.split(".") if one.framework_code else []
        found |= {("sdg", ".".join(parts[:length])) for length in range(1, len(parts) + 1)}
    return frozenset(found)
