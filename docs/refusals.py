"""The reference page of refusals, made from the catalogue of wordings."""

from waymark.gcm.constraints import CONSTRAINTS
from waymark.gcm.refusals import REFUSALS
from waymark.gcm.sentences import Given, Plural, Wording

HEAD = """# Refusals

Made from `src/waymark/gcm/refusals.py` and `constraints.py` by `make docs`. When something may not be done, or not now,
or not with what was given, Waymark refuses with one of these paragraphs. The code is for programs and translations;
`{words}` in braces are filled with what the refusal is about. The command line adds what to do there. How it is built:
[decision 10](../adr/0010-refusals-are-codes.md).

Exit statuses: 2 for a value that cannot be used, 3 for what may not be done, or not now.
"""

RULES = """
## Rules of the database

Shown after "The … cannot be stored." The names are those of the constraints.
"""


def said(words: Wording) -> str:
    """One wording as it is read."""
    if isinstance(words, Plural):
        return f"{words.many} (for one: {words.one})"
    if isinstance(words, Given):
        parts = [part if part.endswith(".") else f"{part}." for part in words.parts()[1:]]
        return f"{words.given}: {parts[0]} Expected: {parts[1]} {parts[2]}"
    return words


def table(rows: dict[str, str]) -> str:
    """Codes and their words."""
    lines = ["| code | words |", "|---|---|"]
    lines += [f"| `{code}` | {words.replace('|', chr(92) + '|')} |" for code, words in rows.items()]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    refusals = {code: said(words) for code, words in REFUSALS.items()}
    return f"{HEAD}\n{table(refusals)}{RULES}\n{table(dict(sorted(CONSTRAINTS.items())))}"
