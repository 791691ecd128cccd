"""Words that a misspelled word may stand for, taken only from entries that the reader may see."""

from collections.abc import Callable

LEAST = 4
"""Letters of a word that is looked at for misspelling."""

LONG = 8
"""From so many letters on two mistakes are allowed, below one."""

RARE = 2
"""A word in at most so many entries may be misspelled."""

TIMES = 10
"""Another spelling of a word that does occur must be in so many times as many entries."""

MOST = 3
"""Other spellings that are looked for besides the word itself."""

Terms = Callable[[str], list[tuple[str, int]]]
"""Beginning of a word → the words of visible entries that begin so, with how many of these entries have each."""


def spellings(word: str, count: int, terms: Terms) -> tuple[str, ...]:
    """Words close to the folded `word`, which `count` visible entries have: the closest first, then the most used.

    Empty for a word that is too short, has digits, or is used enough.
    """
    if len(word) < LEAST or count > RARE or not word.isalpha():
        return ()
    allowed = 2 if len(word) >= LONG else 1
    found = {}
    for first in dict.fromkeys((word[0], word[1])):  # the first two letters may have changed places
        for term, used in terms(first):
            if term == word or used < max(1, TIMES * count) or abs(len(term) - len(word)) > allowed:
                continue
            if len(set(term) ^ set(word)) > 2 * allowed or not term.isalpha():
                continue
            far = distance(word, term, allowed)
            if far <= allowed:
                found[term] = (far, -used, term)
    return tuple(sorted(found, key=found.__getitem__)[:MOST])


def distance(first: str, second: str, most: int) -> int:
    """Letters to add, leave out, replace or swap with a neighbour to make one word the other; most + 1 when more.

    Optimal string alignment (Damerau 1964 without repeated edits of one place).
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        previous, row = row, [at]
        for place, other in enumerate(second, 1):
            cost = min(previous[place] + 1, row[-1] + 1, previous[place - 1] + (letter != other))
            if at > 1 and place > 1 and letter == second[place - 2] and first[at - 2] == other:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = previous
    return min(row[-1], most + 1)
