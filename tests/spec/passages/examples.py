"""How passages are made, as examples: blocks of a document, and the passages that must come out.

All texts are invented. A sentence here has ten words, so that lengths can be read off.
"""

from dataclasses import dataclass

from waymark.engines.documents.model import Block, Flag, Page


@dataclass(frozen=True)
class Made:
    """A passage that must come out: its words, its path of headings, the page as it is cited, and its flags."""

    words: int
    headings: tuple[str, ...] = ()
    page: str = ""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Example:
    """Blocks in, passages out, and the rule that the example shows."""

    says: str
    blocks: tuple[Block, ...]
    made: tuple[Made, ...]
    pages: tuple[Page, ...] = ()


def sentences(number: int, topic: str = "prices") -> str:
    """So many sentences of ten words about a topic."""
    return " ".join(
        f"Sentence {count} says one more thing about {topic} this year."  # ten words
        for count in range(1, number + 1)
    )


def heading(text: str, level: int = 1, page: int = -1) -> Block:
    return Block("heading", text, page, level)


def paragraph(number: int, topic: str = "prices", page: int = -1) -> Block:
    return Block("paragraph", sentences(number, topic), page)


EXAMPLES = (
    Example(
        "A short section is one short passage, under its heading.",
        (heading("Prices"), paragraph(4)),
        (Made(40, ("Prices",)),),
    ),
    Example(
        "Paragraphs of one section join until a passage is long enough.",
        (heading("Prices"), paragraph(6), paragraph(7, "fees")),
        (Made(130, ("Prices",)),),
    ),
    Example(
        "A passage never crosses a heading, however short it stays.",
        (heading("Prices"), paragraph(4), heading("Fees"), paragraph(5, "fees")),
        (Made(40, ("Prices",)), Made(50, ("Fees",))),
    ),
    Example(
        "The path holds the headings above, the outermost first.",
        (heading("Money"), heading("Prices", 2), paragraph(4), heading("Fees", 2), paragraph(4, "fees")),
        (Made(40, ("Money", "Prices")), Made(40, ("Money", "Fees"))),
    ),
    Example(
        "A long paragraph is cut at the ends of sentences.",
        (heading("Prices"), paragraph(30)),
        (Made(180, ("Prices",)), Made(120, ("Prices",))),
    ),
    Example(
        "A small remainder joins the passage before it.",
        (heading("Prices"), paragraph(15), paragraph(2, "fees")),
        (Made(170, ("Prices",)),),
    ),
    Example(
        "A passage is cited by the printed label of the page where it starts, and carries the flags of all its pages.",
        (heading("Prices", page=0), paragraph(7, page=0), paragraph(6, "fees", page=1)),
        (Made(130, ("Prices",), "iv", (Flag.GLUED_WORDS,)),),
        (Page(0, "iv"), Page(1, "1", (Flag.GLUED_WORDS,))),
    ),
    Example(
        "Text before the first heading has an empty path.",
        (paragraph(4), heading("Prices"), paragraph(4, "fees")),
        (Made(40), Made(40, ("Prices",))),
    ),
    Example(
        "A heading without text under it makes no passage.",
        (heading("Money"), heading("Prices"), paragraph(4)),
        (Made(40, ("Prices",)),),
    ),
)
