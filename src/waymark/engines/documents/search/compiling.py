"""Turns a question that was read into the index's own queries, and remembers what its words match, for marking."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import tantivy
from tantivy import Occur
from tantivy import Query as Lookup

from waymark.engines.documents.search.names import keys_wanted
from waymark.engines.documents.search.question import Asked, Group, Node, Not, Phrase, Word
from waymark.engines.documents.search.store import BODY, EXACT, MORE, TITLE
from waymark.engines.documents.words.language import SMALL_WORDS
from waymark.engines.documents.words.stemming_arabic import without_particle
from waymark.engines.documents.words.tokens import RAW, UNSPACED_ONE, tokens, words

TITLE_BOOST = 1.5
"""How much more a word counts in a title."""

PHRASE_BOOST = 2.0
"""How much more the words count when they stand side by side in the order of the question."""

NAME_BOOST, SECOND_BOOST, SPELLED_BOOST = 0.6, 0.5, 0.4
"""How much a match counts by the key of a name, by the second reading of an Arabic word, by another spelling."""

FUNCTION_WORDS = SMALL_WORDS["en"] | SMALL_WORDS["fr"] | SMALL_WORDS["es"]
"""Words that are not looked for when there are others, unless they are in capitals (UN, IT)."""

PAIRS = (2, 3)
"""Of the pairs of characters of a run, two of three must be in an entry: a run may be several words."""

TITLES = 3
"""Stems of a word that are looked for in titles."""


@dataclass(slots=True)
class Unit:
    """One word of a question: as typed, folded, its stems in the languages of the index, and what else matches it.

    `spellings` are the stems of words of entries that it may be a misspelling of; they are added by the search.
    `run` is the run of characters without spaces that a pair is from: not every pair of a run is a word of it.
    """

    raw: str
    word: str
    stems: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    second: str = ""
    prefix: bool = False
    function: bool = False
    spellings: tuple[str, ...] = ()
    run: str = ""


@dataclass(slots=True)
class Plan:
    """A question in words: the parts of its tree with their units. `units` and `phrases` are those that are wanted."""

    asked: Asked
    languages: tuple[str, ...]
    units: list[Unit] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    known: dict[Word, list[Unit]] = field(default_factory=dict)

    @property
    def looked_for(self) -> list[Unit]:
        """The units that an entry must have: without function words when there are others."""
        return [unit for unit in self.units if not unit.function] or self.units


def plan(asked: Asked, languages: Sequence[str]) -> Plan:
    """What the question looks for, in an index whose texts are in `languages`."""
    made = Plan(asked, tuple(languages))
    for part in asked.parts:
        _gather(part, made, wanted=True)
    if not any(not unit.function for unit in made.units) and not made.phrases:
        for unit in made.units:
            unit.function = False
    return made


def _gather(node: Node, made: Plan, *, wanted: bool) -> None:
    if isinstance(node, Word):
        units = made.known.setdefault(node, _units(node, made.languages))
        if wanted:
            made.units += units
    elif isinstance(node, Phrase) and wanted:
        made.phrases.append(node.words)
    elif isinstance(node, Not):
        _gather(node.node, made, wanted=False)
    elif isinstance(node, Group):
        for part in node.parts:
            _gather(part, made, wanted=wanted)


def _units(node: Word, languages: tuple[str, ...]) -> list[Unit]:
    """The words within what was typed between two spaces."""
    found: list[Unit] = []
    raws = [raw for raw in RAW.findall(node.text) if raw]
    for place, raw in enumerate(raws):
        if UNSPACED_ONE.match(raw):
            pairs = tokens(raw, "zh") if len(raw) > 1 else []
            found += [Unit(raw, pair, (pair,), run=raw) for pair in pairs] or [Unit(raw, word) for word in words(raw)]
            continue
        last = place == len(raws) - 1
        for word in words(raw):
            if node.prefix and last:
                found.append(Unit(raw, word, prefix=True))
                continue
            stems = dict.fromkeys(token for language in languages for token in tokens(raw, language)[:1])
            function = word in FUNCTION_WORDS and not (raw.isupper() and len(raw) > 1)
            stems = stems if len(words(raw)) == 1 else dict.fromkeys((word,))
            second = without_particle(word) if "\u0600" <= word[0] <= "\u06ff" else ""
            found.append(Unit(raw, word, tuple(stems), tuple(keys_wanted(word)), second, function=function))
    return found


class Compiler:
    """Makes queries over one index."""

    def __init__(self, schema: tantivy.Schema, frequency: Callable[[str], int]) -> None:
        self.schema = schema
        self.frequency = frequency
        """How many entries have a stem: tells in which language a question is most likely meant."""

    def term(self, name: str, value: str) -> Lookup:
        """Entries with this term."""
        return Lookup.term_query(self.schema, name, value, "freq" if name in (BODY, TITLE, EXACT) else "basic")

    def any_of(self, name: str, values: Iterable[str]) -> Lookup:
        """Entries with any of these terms; all count the same."""
        return Lookup.const_score_query(Lookup.term_set_query(self.schema, name, sorted(values)), 0.0)

    def unit(self, unit: Unit, *, names: bool = True) -> Lookup:
        """Entries with this word in any of its forms."""
        if unit.prefix:
            return Lookup.const_score_query(Lookup.regex_query(self.schema, EXACT, f"{_escaped(unit.word)}.*"), 1.0)
        ways = [self.term(BODY, stem) for stem in unit.stems]
        if not unit.stems:
            ways.append(self.term(EXACT, unit.word))
        if names:
            ways += [Lookup.boost_query(self.term(MORE, name), NAME_BOOST) for name in unit.names]
            ways += [Lookup.boost_query(self.term(BODY, unit.second), SECOND_BOOST)] if unit.second else []
        ways += [Lookup.boost_query(self.term(BODY, stem), SPELLED_BOOST) for stem in unit.spellings]
        return ways[0] if len(ways) == 1 else Lookup.boolean_query([(Occur.Should, way) for way in ways])

    def each(self, units: Sequence[Unit], *, names: bool = True) -> list[Lookup]:
        """Entries with each of these words; of the pairs of a run, most must be there."""
        found = []
        for run, together in groupby(units, key=lambda unit: unit.run):
            ways = [self.unit(unit, names=names) for unit in together]
            least = -(-len(ways) * PAIRS[0] // PAIRS[1])
            if run and least < len(ways):
                found.append(Lookup.boolean_query([(Occur.Should, way) for way in ways], least))
            else:
                found += ways
        return found

    def phrase(self, inside: Sequence[str], name: str = EXACT) -> Lookup:
        """Entries with these words side by side."""
        if len(inside) == 1:
            return self.term(name, inside[0])
        return Lookup.phrase_query(self.schema, name, list(inside))

    def question(self, plan: Plan, *, every: bool = True) -> Lookup:
        """Entries that answer the question: with every word, or with at least one of them."""
        return Lookup.boolean_query(self._clauses(plan, every=every))

    def ranked(self, plan: Plan, *, every: bool = True) -> Lookup:
        """The same entries, those lifted that have a word in the title or the words side by side."""
        bonuses = [(Occur.Should, bonus) for bonus in self._bonuses(plan, phrase=every)]
        return Lookup.boolean_query([*self._clauses(plan, every=every), *bonuses])

    def _clauses(self, plan: Plan, *, every: bool) -> list[tuple[Occur, Lookup]]:
        clauses: list[tuple[Occur, Lookup]] = []
        wanted = {id(unit) for unit in plan.looked_for}
        some: list[Lookup] = []
        for part in plan.asked.parts:
            if isinstance(part, Word) and plan.asked.plain:
                looked = self.each([unit for unit in plan.known[part] if id(unit) in wanted])
                clauses += [(Occur.Must, one) for one in looked] if every else []
                some += looked
            elif isinstance(part, Not):
                clauses.append((Occur.MustNot, self.node(part.node, plan, names=False)))
            else:
                clauses.append((Occur.Must, self.node(part, plan)))
        if some and not every:
            clauses.append((Occur.Must, Lookup.boolean_query([(Occur.Should, one) for one in some])))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Lookup.const_score_query(Lookup.all_query(), 1.0)))
        return clauses

    def node(self, node: Node, plan: Plan, *, names: bool = True) -> Lookup:
        """Entries that a part of the question is true of."""
        if isinstance(node, Phrase):
            return self.phrase(node.words)
        if isinstance(node, Word):
            units = self.each(plan.known[node], names=names)
            return units[0] if len(units) == 1 else Lookup.boolean_query([(Occur.Must, one) for one in units])
        if isinstance(node, Not):
            return Lookup.boolean_query(
                [(Occur.Must, Lookup.all_query()), (Occur.MustNot, self.node(node.node, plan, names=False))]
            )
        occur = Occur.Should if node.any else Occur.Must
        clauses = []
        for part in node.parts:
            if isinstance(part, Not) and not node.any:
                clauses.append((Occur.MustNot, self.node(part.node, plan, names=False)))
            else:
                clauses.append((occur, self.node(part, plan, names=names)))
        if all(kind == Occur.MustNot for kind, _ in clauses):
            clauses.append((Occur.Must, Lookup.all_query()))
        return Lookup.boolean_query(clauses)

    def _bonuses(self, plan: Plan, *, phrase: bool) -> list[Lookup]:
        """What lifts an entry: a word in the title, the words side by side."""
        looked = [unit for unit in plan.looked_for if unit.stems]
        bonuses = [
            Lookup.boost_query(self.term(TITLE, stem), TITLE_BOOST) for unit in looked for stem in unit.stems[:TITLES]
        ]
        if phrase and plan.asked.plain and 2 <= len(plan.units) <= 8 and all(unit.stems for unit in plan.units):
            raws = " ".join(part.text for part in plan.asked.parts if isinstance(part, Word))
            sequences = dict.fromkeys(tuple(tokens(raws, language)) for language in plan.languages)
            sequence = max(sequences, key=lambda found: min(map(self.frequency, found), default=0), default=())
            if len(sequence) > 1:
                bonuses.append(Lookup.boost_query(self.phrase(sequence, BODY), PHRASE_BOOST))
        return bonuses


def _escaped(word: str) -> str:
    """The word with every sign that a pattern would read taken literally."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in word)
