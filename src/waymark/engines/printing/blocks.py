"""The one block model that every paper is made of.

A paper is a `PrintedPaper` of blocks; blocks are made of runs. Renderers turn it into HTML, Typst (PDF/UA) and DOCX and
add nothing of their own: no number is formatted, no sentence made there.

Every numeral that a reader sees is in a run whose `kind` says what it is:
`figure` (a statistic or amount, cited), `count` (counted from the record), `date` (a day, year or period) or
`numbering` (codes, chapter and citation numbers). A run of kind `text` holds no digit.
"""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

RunKind = Literal["text", "figure", "count", "date", "numbering"]
RunStyle = Literal["plain", "strong", "emphasis", "muted"]
Align = Literal["start", "end", "center"]
NoticeRole = Literal["demonstration", "warning", "proposal", "context", "gap", "note"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind.

    `value` is the machine form of what `text` shows: the exact number of a figure or count, the ISO date of a date.
    `cites` are numbers of the paper's citations; `origin` is the URN of the record the words are quoted from.
    """

    text: str
    kind: RunKind = "text"
    style: RunStyle = "plain"
    lang: str = ""
    value: str = ""
    href: str = ""
    cites: tuple[int, ...] = ()
    origin: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; levels never skip. `anchor` is its stable id in HTML and its label in PDF.

    `hidden` are words after it for screen readers alone, such as the objective's name after "Statistics", which many
    chapters have. PDF and DOCX leave them out.
    """

    level: int
    runs: Runs
    anchor: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `lead` opens a chapter, `source` stands under a chart or table."""

    runs: Runs
    role: Literal["body", "lead", "source"] = "body"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of items, each a sentence or two.

    `anchors`, where there are any, are one for each item, "" for one without. A `small` list is set on paper in the
    size of what stands beside a chart.
    """

    items: tuple[Runs, ...]
    ordered: bool = False
    anchors: tuple[str, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its head and the alignment of its cells. Figures and counts are `end`. `width` is a share."""

    head: Runs
    align: Align = "start"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and one header row; the first column is the row header when `row_headers`."""

    caption: Runs
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    row_headers: bool = True
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: SVG, its text alternative, a caption, and the table of what it shows."""

    svg: str
    alt: str
    caption: Runs
    anchor: str
    table: Table | None = None
    narrow_svg: str = ""
    """The same chart for narrow screens and print, when one shape does not fit both; "" when it does."""
    table_on_paper: bool = True
    """Whether PDF and DOCX print the table too; the page always holds it, folded."""
    table_tells: bool = False
    """Whether `alt` only names the chart, and what it shows is told by its table: see `reading.alternative`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said of a chart, and the chart: side by side on paper, one after the other on screen and in DOCX.

    On paper the chart has its narrow shape; it should have one.
    """

    blocks: "tuple[Single, ...]"
    figure: Figure


@dataclass(frozen=True, slots=True)
class Notice:
    """A marked-off part: what is a demonstration, a proposal, context outside the Compact, or a gap."""

    role: NoticeRole
    title: Runs
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and value."""

    items: tuple[tuple[Runs, Runs], ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One sentence or two that matter, under a short head in the margin, with their source in small type below."""

    head: Runs
    says: Runs
    source: Runs = ()


@dataclass(frozen=True, slots=True)
class Matters:
    """What matters first, sentence by sentence."""

    items: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, made from headings of levels 1 to `depth`."""

    title: Runs
    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a page when printed."""


@dataclass(frozen=True, slots=True)
class CitationEntry:
    """One numbered answer to "how do we know?". `under` is what it shares with its neighbours, said once above them."""

    number: int
    runs: Runs
    under: Runs = ()


@dataclass(frozen=True, slots=True)
class CitationList:
    """The numbered sources; each entry is the target of the runs that cite it. On paper they stand in two columns."""

    entries: tuple[CitationEntry, ...]

    def shared(self) -> "list[tuple[Runs, list[CitationEntry]]]":
        """The entries in order, those that share their words together, with these words."""
        return [(under, list(own)) for under, own in groupby(self.entries, key=lambda entry: entry.under)]


Single = (
    Heading | Paragraph | BulletList | Table | Figure | Notice | Facts | Matters | Contents | PageBreak | CitationList
)
"""A block that stands alone."""
Block = Single | Beside


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: title, subtitle and facts such as cycle, publishing body, date, edition, hash."""

    title: Runs
    subtitle: Runs
    facts: tuple[tuple[Runs, Runs], ...]
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A whole paper, in one language (BCP 47) and direction.

    `running_head` is printed on every page (place, cycle, edition); `marking` is the sentence that must be seen on
    every page, such as that of a demonstration, "" when there is none. `date` (ISO) is the as-of date and the only time
    stamp. A `brief` has no page for its cover, narrower margins and smaller type: two pages hold it.
    """

    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    running_head: str
    marking: str
    date: str
    cover: Cover
    blocks: tuple[Block, ...]
    description: str = ""
    form: Literal["report", "brief"] = "report"
    chart_css: str = ""
    """The style sheet of the charts (`charts.CHART_CSS`), put once into the HTML page; print needs none."""
    labels: dict[str, str] = field(default_factory=dict)
    """Words the renderers need in the paper's language: "table", "figure", "source", "page", "of", "contents", "data
    table", "back to text"."""
