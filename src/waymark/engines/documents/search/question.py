"""Reads the words of a question into a tree. Whatever is typed is read somehow, or refused in words.

    migrant rights          both words, in any form; when no entry has both, entries with one of them
    "right to work"         these words in this order, in this form (case and accents do not matter)
    migr*                   words that begin so
    A/RES/73/195            a symbol: its parts in this order
    work AND (pay OR wage)  both sides; either side; parentheses group
    work NOT forced, -forced   without that word

AND, OR and NOT are capitals. Other signs only separate words. A sign that is not closed is read as closed at the end.
"""

import re
from dataclasses import dataclass

from waymark.engines.documents.words.tokens import words
from waymark.gcm.errors import InputError

MOST_LETTERS = 1000
"""Characters of a question."""

MOST_WORDS = 32
"""Words of a question that are looked for."""

MOST_PREFIXES = 4
"""Words with * of a question."""

DEEPEST = 8
"""Parentheses within parentheses."""

LEAST_PREFIX = 2
"""Letters before a *, so that it does not stand for half of all words."""

QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "”": "”"}
"""Opening quotation marks and what closes each."""

SYMBOL = re.compile(r"\d")
"""A word of several parts with a digit is a symbol (A/RES/73/195, COVID-19): its parts belong together."""

MINUS = ("-", "−")

LEXEME = re.compile(r"\s+|[()（）]|[\"“”„«「『]|[^\s()（）\"“”„«»「」『』]+|.")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed; `prefix` when words that begin so are wanted."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words in this order."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What is not wanted."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Group:
    """Several parts: all wanted, or `any` of them."""

    parts: tuple["Node", ...]
    any: bool = False


Node = Word | Phrase | Not | Group


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was read.

    `plain`: only words, phrases and exclusions, so that entries with some of the words may answer when none has all.
    """

    parts: tuple[Node, ...]
    plain: bool
    notes: tuple[str, ...]


def read(text: str) -> Asked:
    """The question in `text`. Raises InputError for one that is too long or has no word."""
    if len(text) > MOST_LETTERS:
        raise InputError(
            f"The question of {len(text):,} characters",
            "it is too long",
            expected=f"at most {MOST_LETTERS:,} characters",
            todo="Ask for a few words of it.",
        )
    reader = _Reader(_lexemes(text))
    parts = reader.alternatives(0)
    if not parts:
        raise InputError(
            f"The question {text!r}" if text.strip() else "The question",
            "it has no word to look for",
            expected="one or more words",
            todo="Type a word, such as: remittances.",
        )
    return Asked(parts, reader.plain, tuple(dict.fromkeys(reader.notes)))


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """One sign or word of a question: kind is "(", ")", "and", "or", "not", "word", "prefix" or "phrase"."""

    kind: str
    text: str = ""
    note: str = ""


def _lexemes(text: str) -> list[_Lexeme]:
    """The question cut into signs and words."""
    found: list[_Lexeme] = []
    at, spaced = 0, True
    while at < len(text):
        match = LEXEME.match(text, at)
        piece = match[0] if match else text[at]
        at += len(piece)
        if piece.isspace():
            spaced = True
            continue
        if piece in "(（)）":
            found.append(_Lexeme("(" if piece in "(（" else ")"))
        elif piece in QUOTES:
            at = _phrase(text, at, QUOTES[piece], found)
        elif spaced and piece in MINUS and at < len(text) and (text[at] in QUOTES or text[at] in "(（"):
            found.append(_Lexeme("not"))
        else:
            found += _chunk(piece, spaced)
        spaced = piece in "(（"
    return found


def _phrase(text: str, at: int, closing: str, found: list[_Lexeme]) -> int:
    """Add the phrase that starts at `at`; returns where it is over."""
    ends = [end for sign in closing if (end := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    note = "" if ends else "A quotation mark was not closed; the phrase was taken to the end of the question."
    inside = words(text[at:end])
    if inside or note:
        found.append(_Lexeme("phrase" if inside else "empty", " ".join(inside), note))
    return end + 1


def _chunk(piece: str, spaced: bool) -> list[_Lexeme]:
    """What stands between two spaces: an operator, a word, an excluded word, the beginning of a word."""
    if piece in ("AND", "OR", "NOT"):
        return [_Lexeme(piece.lower())]
    found = []
    bare = piece
    if spaced and len(piece) > 1 and piece[0] in MINUS:
        found.append(_Lexeme("not"))
        bare = piece[1:]
    bare = bare.lstrip("*")
    head, star, tail = bare.partition("*")
    if star and words(tail):
        note = f"A * is only read at the end of a word; “{piece}” was read as “{head}*”."
        return [*found, _Lexeme("prefix", head, note)] if words(head) else found
    if star and words(head):
        return [*found, _Lexeme("prefix", head)]
    if not star and words(bare):
        return [*found, _Lexeme("word", bare)]
    if bare in ("", "-") and not found:  # a dash between words
        return []
    return found if not bare else []


class _Reader:
    """Reads lexemes by descent; what does not fit is passed over with a note."""

    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self.lexemes = lexemes
        self.at = 0
        self.words = 0
        self.prefixes = 0
        self.plain = True
        self.notes: list[str] = []

    def peek(self) -> str:
        """The kind of the next lexeme, "" at the end."""
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else ""

    def take(self) -> _Lexeme:
        """The next lexeme."""
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme.note:
            self.notes.append(lexeme.note)
        return lexeme

    def alternatives(self, depth: int) -> tuple[Node, ...]:
        """Parts that are all wanted; a single group when several were joined by OR."""
        sides: list[tuple[Node, ...]] = [self.sequence(depth)]
        while self.peek():
            kind = self.peek()
            if kind == "or":
                self.take()
                self.plain = False
                sides.append(self.sequence(depth))
            elif depth:
                break
            else:  # a closing parenthesis too many
                self.take()
                self.notes.append("A closing parenthesis without an opening one was passed over.")
                sides[-1] += self.sequence(depth)
        filled = [side for side in sides if side]
        if len(filled) < len(sides) and len(sides) > 1:
            self.notes.append("OR needs a word on each side; it was passed over.")
        if len(filled) < 2:
            return filled[0] if filled else ()
        return (Group(tuple(side[0] if len(side) == 1 else Group(side) for side in filled), any=True),)

    def sequence(self, depth: int) -> tuple[Node, ...]:
        """Parts until OR, a closing parenthesis or the end."""
        parts: list[Node] = []
        while self.peek() not in ("", "or", ")"):
            if self.peek() == "and":
                self.take()
                self.plain = False
                if not parts or self.peek() in ("", "or", ")"):
                    self.notes.append("AND needs a word on each side; it was passed over.")
                continue
            node = self.unary(depth)
            if node is not None:
                parts.append(node)
        return tuple(parts)

    def unary(self, depth: int) -> Node | None:
        """One part, or its exclusion."""
        negations = 0
        while self.peek() == "not":
            self.take()
            negations += 1
        if self.peek() in ("", "or", "and", ")"):
            self.notes.append("NOT or - needs a word after it; it was passed over.")
            return None
        node = self.part(depth)
        return Not(node) if node is not None and negations % 2 else node

    def part(self, depth: int) -> Node | None:
        """A word, the beginning of one, a phrase or a group."""
        lexeme = self.take()
        if lexeme.kind == "(":
            return self.group(depth)
        if lexeme.kind == "empty":
            return None
        inside = lexeme.text.split() if lexeme.kind == "phrase" else words(lexeme.text)
        left, text = MOST_WORDS - self.words, lexeme.text
        if len(inside) > left:
            self.notes.append(f"Only the first {MOST_WORDS} words were looked for.")
            inside, text = inside[:left], " ".join(inside[:left])
        self.words += len(inside)
        if not inside:
            return None
        if lexeme.kind == "phrase" or (lexeme.kind == "word" and len(inside) > 1 and SYMBOL.search(text)):
            return Phrase(tuple(inside))
        return self.prefix(lexeme) if lexeme.kind == "prefix" else Word(text)

    def group(self, depth: int) -> Node | None:
        """What stands in parentheses."""
        if depth >= DEEPEST:
            self.notes.append(f"Parentheses deeper than {DEEPEST} were passed over.")
            self.skip()
            return None
        inner = self.alternatives(depth + 1)
        if self.peek() == ")":
            self.take()
        else:
            self.notes.append("A parenthesis was not closed; it was taken to the end of the question.")
        if not inner:
            return None
        self.plain = False
        return inner[0] if len(inner) == 1 else Group(inner)

    def skip(self) -> None:
        """Pass over what stands in parentheses."""
        inside = 1
        while inside and self.peek():
            kind = self.take().kind
            inside += (kind == "(") - (kind == ")")

    def prefix(self, lexeme: _Lexeme) -> Node:
        """The beginning of a word, when it is long enough and there are not too many of them."""
        last = words(lexeme.text)[-1]
        short = len(last) < LEAST_PREFIX and last.isascii()
        if short:
            self.notes.append(f"“{lexeme.text}*” has fewer than {LEAST_PREFIX} letters; it was read as a whole word.")
        elif self.prefixes >= MOST_PREFIXES:
            self.notes.append(f"Only {MOST_PREFIXES} words with * are read; the others were read as whole words.")
            short = True
        self.prefixes += not short
        return Word(lexeme.text, prefix=not short)
