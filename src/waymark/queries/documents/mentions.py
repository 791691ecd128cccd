"""What passages mention: organisations of the record under every name they had, places, dates, amounts, symbols."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from waymark.engines.documents.mentions.finding import Kind, Known, Mention, Names, mentions
from waymark.engines.documents.words.tokens import primary
from waymark.gcm.places import by_name, name, places
from waymark.queries.documents.views import PassageView
from waymark.queries.wording import in_language
from waymark.records.organisations import OrganisationName
from waymark.records.viewers import Viewer

TITLES: dict[Kind, str] = {
    "organisation": "organisations",
    "place": "places",
    "deadline": "deadlines",
    "date": "dates",
    "amount": "amounts",
    "symbol": "legal symbols",
}
"""Kind → heading, in the order in which they are shown."""


class MentionFinder:
    """Finds mentions with the names that the viewer may see; compiled once per language.

    A country's bodies are looked for only in texts about that country (`about`, codes of places): "Ministry of
    Justice" in a guide is nobody's in particular. International bodies are looked for everywhere.
    """

    def __init__(self, viewer: Viewer, about: Iterable[str] = ()) -> None:
        self._organisations, self.labels = _organisations(viewer, about)
        self._names: dict[str, dict[Kind, Names]] = {}

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """What a text mentions, in its order."""
        spoken = primary(language) or "en"
        if spoken not in self._names:
            self._names[spoken] = {
                "organisation": Names(self._organisations, spoken),
                "place": Names(_places(spoken), spoken),
            }
        return mentions(text, spoken, self._names[spoken])


def mentions_in(
    passages: Iterable[PassageView], viewer: Viewer, about: Iterable[str] = ()
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Heading → (what is mentioned, in words, how often), the most frequent first, over some passages."""
    finder = MentionFinder(viewer, about)
    counted: dict[Kind, Counter[str]] = {kind: Counter() for kind in TITLES}
    for passage in passages:
        for one in finder.find(passage.text, passage.language):
            counted[one.kind][_label(one, finder)] += 1
    return {
        TITLES[kind]: tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
        for kind, found in counted.items()
        if found
    }


def _label(one: Mention, finder: MentionFinder) -> str:
    if one.kind == "organisation":
        return finder.labels[one.value]
    return name(one.value, "en").text if one.kind == "place" else one.value


def _organisations(viewer: Viewer, about: Iterable[str]) -> tuple[tuple[Known, ...], dict[str, str]]:
    """Every name and short name that an organisation has or had, in every language; and what each is called now."""
    rows = (
        OrganisationName.objects.visible_to(viewer)
        .filter(Q(organisation__place__isnull=True) | Q(organisation__place__code__in=list(about)))
        .select_related("organisation")
        .order_by("from_date", "id")
    )
    known, labels = [], {}
    for row in rows:
        code = row.organisation.code
        labels[code] = in_language(row.name, "en") or code
        known += [Known(words, code, "name" if row.to_date is None else "former name") for words in row.name.values()]
        known += [
            Known(words, code, "acronym" if words.isupper() else "short name") for words in row.short_name.values()
        ]
    return tuple(known), labels


def _places(language: str) -> tuple[Known, ...]:
    """Countries and areas under the names that the catalogue knows, in the language and as aliases."""
    own = [Known(name(place.code, language).text, place.code, "name") for place in places() if place.kind == "country"]
    aliases = [
        Known(words, place.code, "alias")
        for words, place in by_name().items()
        if len(words) > 4 and place.kind == "country"
    ]
    return (*own, *aliases)
