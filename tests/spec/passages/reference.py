"""The reference page of passages, made from their specification and from the flags."""

from tests.spec.passages.examples import EXAMPLES, Example
from waymark.engines.documents.model import FLAG_WORDS, Flag
from waymark.engines.documents.passages import LEAST, MOST, SHORT

INTRO = f"""# Passages

A document is cut into passages: pieces that can be quoted, tagged, found and cited. A passage keeps the hash of its
file, the index of its page and the label printed there, the path of headings above it, and where it stands in the
stored text (first character and the one after the last, counted in Unicode code points). The stored text never changes;
a new version is a new document, and citations of the old one go on pointing at the old words.

- A passage has {LEAST} to {MOST} words where its section is long enough. A remainder of fewer than {SHORT} words
  joins the passage before it.
- Two Chinese or Japanese characters count roughly as one word.
- It ends at the end of a sentence where there is one within reach.
- Headings, running heads and feet, and page numbers are in no passage.

This page is generated from `tests/spec/passages/`. Write it again with `make docs`.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([INTRO, "## Examples\n", *(_example(one) for one in EXAMPLES), _flags()])


def _example(example: Example) -> str:
    lines = [f"### {example.says.rstrip('.')}", "", "| block | text | page |", "|---|---|---|"]
    labels = {page.index: page for page in example.pages}
    for block in example.blocks:
        name = f"{block.kind} {block.level}" if block.level else block.kind
        words = block.text if block.kind == "heading" else f"{len(block.text.split())} words"
        own = labels.get(block.page)
        flags = f" ({', '.join(own.flags)})" if own and own.flags else ""
        lines.append(f"| {name} | {words} | {own.label if own else ''}{flags} |")
    lines += ["", "| passage | headings | page | flags |", "|---|---|---|---|"]
    lines += [
        f"| {one.words} words | {' > '.join(one.headings)} | {one.page} | {', '.join(one.flags)} |"
        for one in example.made
    ]
    return "\n".join([*lines, ""])


def _flags() -> str:
    lines = [
        "## Flags",
        "",
        "A flagged page says so wherever one of its passages is cited or suggested.",
        "",
        "| flag | what a reader sees |",
        "|---|---|",
    ]
    return "\n".join([*lines, *(f"| `{flag}` | {FLAG_WORDS[flag]} |" for flag in Flag), ""])
