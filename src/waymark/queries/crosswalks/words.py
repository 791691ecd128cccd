"""What the words of one provision speak to: its own words, and the titles it stands under.

The titles above count less, because a provision under "Live together" need not be about living together; without them
"Belonging" says nothing. A target is also likely when its own words are like those of the provision: with t the score
of the tagger and l the likeness, 1 - (1 - t)(1 - LIKE * l), as independent signs. Where they share no word, l is the
likeness of their objectives alone and counts as far as the provision speaks to an objective at all.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from waymark.engines.documents.tagging import ProvisionTagger, ProvisionText, Tagged, Tagger, provision_tagger
from waymark.engines.documents.words.language import SMALL_WORDS
from waymark.engines.documents.words.tokens import primary
from waymark.engines.sheets.crosswalk import SIDES
from waymark.gcm.frameworks import links
from waymark.gcm.language import LANGUAGES
from waymark.records.frameworks import Provision

OWN = 0.7
"""What a provision's own words count; the rest counts what they say under the titles above them."""
LIKE = 0.5
"""What the likeness of the words of a provision and a target counts."""
MOST = 5
"""So many suggestions at most are made for a provision to each framework, the highest first."""
MOST_REASONS = 6
"""So many words are given as reasons."""
COMPARED = 20
"""So many targets, the most alike, are compared; the likeness of others is too small to matter."""
LEAST_SHARED = 0.05
"""A word that provision and target share is a reason when it makes this much of their likeness."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a provision says in one language ("" when it says nothing): its own words, and the titles above it."""

    language: str
    own: str
    above: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A code that words speak to, its score from 0 to 1, and the words that decided."""

    framework: str
    code: str
    score: float
    reasons: tuple[str, ...]


def words_of(row: Provision, parents: Sequence[Provision], known: Sequence[str]) -> Words:
    """The words of a provision in the language that says most of it; languages of `known` come before others.

    `parents` are the provisions it stands under, the outermost first.
    """
    fields: tuple[Mapping[str, str], ...] = (row.title, row.label, row.text)
    filled: dict[str, int] = defaultdict(int)
    for given in fields:
        for language, words in given.items():
            filled[language] += bool(words.strip())
    said = [language for language in filled if filled[language]]
    if not said:
        return Words("", "", "")
    language = min(said, key=lambda one: (primary(one) not in known, -filled[one], _order(one), one))
    own = dict.fromkeys(given[language] for given in fields if given.get(language))
    titles = [(parent.title or parent.label).get(language, "") for parent in parents]
    return Words(language, ". ".join(own), ". ".join(title for title in titles if title))


def _order(language: str) -> int:
    """English first, then the order in which languages are printed."""
    base = primary(language)
    order = ("en", *LANGUAGES)
    return order.index(base) if base in order else len(order)


def likeness(targets: Sequence[Provision], tagger: Tagger) -> ProvisionTagger:
    """Makes targets ready to be compared with the words of provisions."""
    said = ((row.code, words_of(row, (), tagger.languages)) for row in targets)
    texts = [ProvisionText(code, _telling(words), words.language) for code, words in said]
    return provision_tagger(texts, tagger)


def _telling(words: Words) -> str:
    """The own words without those that stand in every text, so that "of" is no likeness."""
    small = SMALL_WORDS.get(primary(words.language), frozenset())
    return " ".join(word for word in words.own.split() if word.strip(".,;:").casefold() not in small)


def tagged(words: Words, tagger: Tagger) -> tuple[Tagged, ...]:
    """What the own words speak to, and what they do under the titles above. Empty in a language without terms."""
    if not words.own or primary(words.language) not in tagger.languages:
        return ()
    own = tagger.tag_one(words.own, words.language)
    return (own, tagger.tag_one(f"{words.above}. {words.own}", words.language)) if words.above else (own,)


@dataclass(slots=True)
class _Case:
    """What is gathered about one code: its score, the words that speak for it, the objectives that carry it."""

    score: float = 0.0
    words: dict[str, None] = field(default_factory=dict)
    objectives: dict[str, None] = field(default_factory=dict)

    @property
    def reasons(self) -> tuple[str, ...]:
        tied = (f"tied to objective {code}" for code in self.objectives)
        return (*tuple(self.words)[:MOST_REASONS], *tied)


def suggested(
    words: Words, found: Sequence[Tagged], alike: ProvisionTagger | None, least: float
) -> Iterator[Suggested]:
    """The codes of both frameworks that score `least` or more, at most MOST of each, the highest first.

    `alike` compares with the words of targets; None leaves that out.
    """
    if not found:
        return
    speaks = 0.0
    for framework in SIDES:
        cases = _cases(framework, words, found)
        if framework == "gcm":
            speaks = max((case.score for case in cases.values()), default=0.0)
        elif alike is not None:
            _compare(cases, words, alike, speaks)
        best = sorted(
            (code for code in cases if cases[code].score >= least), key=lambda code: (-cases[code].score, code)
        )
        for code in best[:MOST]:
            yield Suggested(framework, code, round(cases[code].score, 4), cases[code].reasons)


def _cases(framework: str, words: Words, found: Sequence[Tagged]) -> dict[str, _Case]:
    """OWN of what the own words say and the rest of what they say under their titles.

    Where the tagger would rather say "none of them" its ranking counts all the same: titles are short, and a person
    decides.
    """
    cases: dict[str, _Case] = defaultdict(_Case)
    own, above = words.own.casefold(), words.above.casefold()
    for one, weight in zip(found, (OWN, 1.0 - OWN) if len(found) > 1 else (1.0,), strict=True):
        objectives = one.objectives or one.below
        for scored in one.targets if framework == "sdg" else objectives:
            case = cases[scored.code]
            case.score += weight * scored.score
            for reason in scored.reasons:
                plain = reason.text.casefold()
                higher = plain in above and plain not in own
                case.words[f"{reason.text} (in a title above)" if higher else reason.text] = None
            if framework == "sdg":
                carried = (each.code for each in objectives if each.reasons == scored.reasons)
                case.objectives |= dict.fromkeys(code for code in carried if (code, scored.code) in _tied())
    return cases


def _compare(cases: dict[str, _Case], words: Words, alike: ProvisionTagger, speaks: float) -> None:
    """Add what the likeness of words says of each target; `speaks` is the score of the likeliest objective."""
    for scored in alike.rank(_telling(words), words.language, longest=COMPARED):
        case = cases[scored.code]
        shared = {
            f"{reason.text} (also in the target)": None
            for reason in scored.reasons
            if reason.source == "words" and reason.weight >= LEAST_SHARED
        }
        extra = LIKE * scored.score * (1.0 if shared else speaks)
        if not case.words and not shared:
            case.words = dict.fromkeys(reason.text for reason in scored.reasons)
        case.words = shared | case.words if extra > case.score else case.words | shared
        case.score = 1.0 - (1.0 - case.score) * (1.0 - extra)


@cache
def _tied() -> frozenset[tuple[str, str]]:
    return frozenset((one.from_code, one.to_code) for one in links("gcm", to_framework="sdg") if one.followed)
