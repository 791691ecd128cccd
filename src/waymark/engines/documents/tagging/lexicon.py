"""The terms of one language, compiled to a tree of tokens and found in a passage in one pass.

A term is matched on stems, as consecutive tokens; "a + b" asks for both within WINDOW tokens, in any order. Inside one
layer a longer term wins over the terms it contains: "border management" is not also evidence as "management". Repeats
count less and less: the second time REPEAT of the first, the third REPEAT of the second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from waymark.engines.documents.tagging.terms import CONTEXT, Term
from waymark.engines.documents.words.tokens import tokens

WINDOW = 15
"""The two parts of "a + b" must start within so many tokens of each other."""

REPEAT = 0.5
"""What each further occurrence of a term adds, as a share of the one before."""

Spans = Sequence[tuple[str, int, int]]
"""Tokens of a text with the character offsets where each starts and ends."""

_LAYERS = {"gcm": 0, "context": 1, "principles": 2, "sdg": 3, "pd-2022": 4}
_PARTS = 5


class Target(NamedTuple):
    """What a term speaks for."""

    framework: str
    code: str


@dataclass(slots=True)
class Found:
    """One phrase found in a passage: what it speaks for, how often it stands there, and where it stands first."""

    targets: tuple[tuple[Target, float], ...]
    start: int
    end: int
    times: int = 1
    apart: tuple[int, int] | None = None
    """Offsets of the second words of "a + b"."""

    @property
    def weight(self) -> float:
        """How much the repeats make of a weight of one."""
        return (1.0 - REPEAT**self.times) / (1.0 - REPEAT)

    def words(self, text: str) -> str:
        """The words as the passage has them; those of "a + b" in the order of the text, joined by an ellipsis."""
        first = " ".join(text[self.start : self.end].split())
        if self.apart is None:
            return first
        return f"{first} … {' '.join(text[slice(*self.apart)].split())}"


@dataclass(slots=True)
class Evidence:
    """What the terms say about one passage: for each target its phrases, and the sum of their weights."""

    phrases: dict[Target, list[tuple[float, Found]]] = field(default_factory=dict)
    scores: dict[Target, float] = field(default_factory=dict)

    def reasons(self, target: Target) -> list[tuple[float, Found]]:
        """The phrases that speak for or against a target with what each adds, the heaviest first."""
        return sorted(self.phrases.get(target, ()), key=_heaviest)


class _Phrase(NamedTuple):
    number: int
    layer: int


class _Node:
    """A step of the tree: which tokens may follow, and the phrases that end here."""

    __slots__ = ("ends", "follows")

    def __init__(self) -> None:
        self.follows: dict[str, _Node] = {}
        self.ends: list[_Phrase] = []


class CompiledLexicon:
    """The terms of one language, ready to be found. Immutable after it is made; safe to share between threads."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.language = language
        self._root: dict[str, _Node] = {}
        self._spoken: list[dict[Target, float]] = []
        self._numbers: dict[tuple[int, tuple[str, ...]], int] = {}
        self._groups: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        self._together: dict[tuple[int, ...], int] = {}
        for term in terms:
            self._add(term)
        self._payloads = [tuple(spoken.items()) for spoken in self._spoken]

    def _add(self, term: Term) -> None:
        target = Target(term.framework, term.code)
        parts = [tuple(tokens(part, self.language)) for part in term.parts]
        if not all(parts):
            return
        if len(parts) == 1:
            number = self._phrase(_layer(target), parts[0])
        else:
            first, *others = (self._phrase(_PARTS, part) for part in parts)
            key = (first, *others)
            if key not in self._together:
                self._together[key] = len(self._spoken)
                self._spoken.append({})
                self._groups.setdefault(first, []).append((tuple(others), self._together[key]))
            number = self._together[key]
        spoken = self._spoken[number]
        # Two rows whose words have the same stems are one term: the heavier counts.
        if abs(term.weight) > abs(spoken.get(target, 0.0)):
            spoken[target] = term.weight

    def _phrase(self, layer: int, words: tuple[str, ...]) -> int:
        key = (layer, words)
        if key not in self._numbers:
            self._numbers[key] = len(self._spoken)
            self._spoken.append({})
            node = self._root.setdefault(words[0], _Node())
            for word in words[1:]:
                node = node.follows.setdefault(word, _Node())
            node.ends.append(_Phrase(self._numbers[key], layer))
        return self._numbers[key]

    def find(self, spans: Spans) -> Evidence:
        """What the terms say about a passage given as its tokens in order (`tokens.spans`, same language)."""
        places = self._places(spans)
        found: list[Found] = []
        for number, at in places.items():
            targets = self._payloads[number]
            if targets:
                start, stop = at[0]
                found.append(Found(targets, spans[start][1], spans[stop - 1][2], len(at)))
            for others, group in self._groups.get(number, ()):
                if all(other in places for other in others):
                    met = _together(at, [places[other] for other in others])
                    if met:
                        found.append(_apart(self._payloads[group], met, spans))
        phrases: dict[Target, list[tuple[float, Found]]] = {}
        for one in found:
            repeated = one.weight
            for target, weight in one.targets:
                phrases.setdefault(target, []).append((weight * repeated, one))
        return Evidence(phrases, {target: sum(weight for weight, _ in rows) for target, rows in phrases.items()})

    def _places(self, spans: Spans) -> dict[int, list[tuple[int, int]]]:
        """Where each phrase stands (tokens from, to), without those inside a longer one of the same layer."""
        root, places = self._root, dict[int, list[tuple[int, int]]]()
        reach = [0] * (_PARTS + 1)
        count = len(spans)
        for start, node in enumerate(map(root.get, only_tokens(spans))):
            if node is None:
                continue
            ends: list[tuple[int, _Phrase]] = []
            stop = start + 1
            while True:
                if node.ends:
                    ends.extend((stop, phrase) for phrase in node.ends)
                step = node.follows.get(spans[stop][0]) if stop < count else None
                if step is None:
                    break
                node, stop = step, stop + 1
            for stop, phrase in reversed(ends):
                if phrase.layer == _PARTS or stop > reach[phrase.layer]:
                    reach[phrase.layer] = max(reach[phrase.layer], stop)
                    places.setdefault(phrase.number, []).append((start, stop))
        return places


def only_tokens(spans: Spans) -> list[str]:
    """The tokens of spans without their places."""
    return [token for token, _, _ in spans]


def _heaviest(row: tuple[float, Found]) -> tuple[float, int]:
    return -abs(row[0]), row[1].start


def _layer(target: Target) -> int:
    if target.framework != "gcm":
        return _LAYERS[target.framework]
    if target.code == CONTEXT:
        return _LAYERS["context"]
    return _LAYERS["principles" if target.code.startswith("P.") else "gcm"]


def _together(first: list[tuple[int, int]], others: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The first place of the parts where each of the others stands near the first, or nothing."""
    for place in first:
        near = [place]
        for places in others:
            beside = [one for one in places if abs(one[0] - place[0]) <= WINDOW and one != place]
            if not beside:
                break
            near.append(min(beside, key=lambda one: abs(one[0] - place[0])))
        else:
            return sorted(near)
    return []


def _apart(targets: tuple[tuple[Target, float], ...], met: list[tuple[int, int]], spans: Spans) -> Found:
    first, last = met[0], met[-1]
    return Found(
        targets,
        spans[first[0]][1],
        spans[first[1] - 1][2],
        apart=(spans[last[0]][1], spans[last[1] - 1][2]),
    )
