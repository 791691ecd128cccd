"""What every chapter needs while it is written: the data, the language, and the numbers of the sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from waymark.engines.printing.blocks import Align, Block, Column, Heading, Paragraph, Run, Runs, Table
from waymark.engines.printing.phrases import tongue
from waymark.gcm.figures import Form
from waymark.gcm.language import format_quantity, machine
from waymark.gcm.lists import CommitmentState, EmptyReason, FindingKind, Mark, Voice
from waymark.papers.words import code, count, day, joined, marked, phrase
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import ReviewData

NOT_GIVEN = {"network": "not handed in", "public": "not handed in on time or sent back"}
IN_TIME = "not handed in, sent back or still to be answered in time"
"""What is said of reports that are missing. The public sees none that was sent back or waits for an answer in time;
so nobody outside can tell those from the ones that never came."""
NOT_ACCEPTED = {
    "network": "handed in and not accepted yet",
    "public": "handed in and not answered within the time limit",
}
"""What is said of reports that came and are not accepted. The public sees one once its answer is late."""

EMPTY = (Run("–", style="muted"),)
"""A cell for which there is nothing to say."""

MARK_WORDS: dict[str, str] = {
    Mark.SECONDARY: Mark.SECONDARY.label,
    Mark.PROPOSAL: "our proposal",
    Mark.RECALLED: "not checked",
}
"""What is shown beside a row that is not verified at its source."""

STATUS_SHAPES = {
    "completed": "● completed",
    "acted on": "◐ acted on",
    "planned": "○ planned",
    "dropped": "✕ dropped",
    "open": "○ open",
}
"""What became of a recommendation, in the order in which it is counted."""

STATE_WORDS = {state.value: state.label for state in CommitmentState}
STATE_SHAPES = {
    CommitmentState.COMPLETED: "●",
    CommitmentState.UNDER_WAY: "◐",
    CommitmentState.AGREED: "○",
    CommitmentState.PROPOSED: "○",
    CommitmentState.DROPPED: "✕",
    CommitmentState.SUPERSEDED: "✕",
}
"""Shapes say what colour says, for readers in grey; in the order in which commitments are counted by state."""


VOICE_WORDS: dict[str, str] = {
    Voice.IMPLEMENTER: "Implementers",
    Voice.SECRETARIAT: "Secretariat",
    Voice.CIVIL_SOCIETY: "Civil society",
}
"""Heads of the columns in which each voice speaks."""

FINDING_WORDS = {
    FindingKind.PROGRESS: "Progress",
    FindingKind.CHALLENGE: "Challenges",
    FindingKind.OPPORTUNITY: "Opportunities",
    FindingKind.EMERGING_ISSUE: "Emerging issues",
    FindingKind.GOOD_PRACTICE: "Good practices",
    FindingKind.NEXT_STEP: "Next steps",
}
"""Heads of the findings of each kind."""

EMPTY_WORDS = {reason.value: reason.label for reason in EmptyReason}


Columns = Sequence[tuple[str, Align, float]]
"""The columns of a table: head, alignment, share of the width."""


@dataclass(slots=True)
class Writer:
    """Writes runs of one paper in one language."""

    data: ReviewData
    objective_links: bool = True
    """Whether the paper has a chapter for each objective that a link can lead to."""
    shown: frozenset[str] | None = None
    """Indicators that the paper shows, so that a link can lead to them; None when it shows all."""
    full: bool = True
    """Whether it prints a chapter for every objective and the table of every chart."""
    numbers: dict[str, int] = field(init=False)
    forms: dict[str, tuple[StatisticView, Form]] = field(init=False, default_factory=dict)
    """Indicator → its series, and how the figures of that are written (`observations.form`)."""

    def __post_init__(self) -> None:
        self.numbers = {source.key: number for number, source in enumerate(self.data.sources, 1)}

    @property
    def language(self) -> str:
        """The language of sentences, numbers and dates: the one asked for, or English where we have no phrases in it.

        Words of the record and names of places stay in the language asked for.
        """
        return tongue(self.data.language)

    def cite(self, *keys: str) -> Runs:
        """Citation marks for sources, in order of their numbers; a key may name several, one per line."""
        named = [part for key in keys for part in key.split("\n")]
        numbers = sorted({self.numbers[key] for key in named if key in self.numbers})
        return (Run("", cites=tuple(numbers)),) if numbers else ()

    def count(self, number: int, style: str = "plain") -> Run:
        """A count from the record."""
        return count(number, self.language, "strong" if style == "strong" else "plain")

    def counted(self, number: int, one: str, many: str) -> Runs:
        """A count with its noun: `1 commitment`, `0 commitments`."""
        return (count(number, self.language), Run(f" {one if number == 1 else many}"))

    def day(self, iso: str) -> Run:
        """A date, or words that it is not known."""
        return day(iso, self.language)

    def mark(self, mark: str) -> Runs:
        """Words beside a row that is not verified at its source; nothing for one that is."""
        return (Run(f" ({MARK_WORDS[mark]})", style="muted"),) if mark in MARK_WORDS else ()

    def objective_link(self, number: int) -> Run:
        """The number of an objective, a link to its chapter where the paper has one."""
        return code(str(number), href=self.objective_href(number))

    def objective_href(self, number: int) -> str:
        """Where the paper speaks of an objective: its chapter, or the table of those about which nothing is known."""
        if not self.objective_links:
            return ""
        known = self.full or any(one.number == number and one.known for one in self.data.objectives)
        return f"#objective-{number}" if known else "#objectives-unknown"

    def figure(self, value: float, unit: str, source: str = "") -> Runs:
        """A figure with its unit's sign, as tables show it, and the citation of its source."""
        text = format_quantity(value, unit, self.language, place="table", words="")
        cites = (self.numbers[source],) if source in self.numbers else ()
        return (Run(text, "figure", value=machine(value), cites=cites),)

    def state(self, state: str) -> Runs:
        """A commitment's state: shape and words."""
        return (Run(f"{STATE_SHAPES[CommitmentState(state)]} {STATE_WORDS[state]}"),)

    def table(
        self,
        caption: Run | Runs | str,
        columns: Columns,
        rows: Iterable[Sequence[Runs]],
        anchor: str = "",
    ) -> Table:
        """A table; columns are (head, alignment, share of the width)."""
        return Table(
            caption=phrase(caption),
            columns=tuple(Column(marked(head), align, width) for head, align, width in columns),
            rows=tuple(tuple(row) for row in rows),
            anchor=anchor,
        )


def reports_missing(writer: Writer, items: Sequence[CommitmentView]) -> Runs:
    """`3 are missing: 2 not handed in, 1 sent back; 4 are handed in and not accepted yet; 1 excused`."""
    counted = ("reports_missing", "reports_returned", "reports_in_time", "reports_waiting", "reports_excused")
    missing, returned, in_time, waiting, excused = (sum(getattr(one, name) for one in items) for name in counted)
    kinds = (
        (missing - returned - in_time, NOT_GIVEN[writer.data.audience]),
        (in_time, IN_TIME),
        (returned, "sent back"),
    )
    parts = [phrase(writer.count(number), f" {words}") for number, words in kinds if number]
    if missing:
        alone = next(words for number, words in kinds if number)
        said = phrase(writer.count(missing), " is missing: " if missing == 1 else " are missing: ",
                      joined(parts) if len(parts) > 1 else alone)  # fmt: skip
    else:
        said = phrase("none is missing")
    return phrase(
        said,
        phrase("; ", writer.count(waiting), f" {'is' if waiting == 1 else 'are'} {NOT_ACCEPTED[writer.data.audience]}")
        if waiting
        else (),
        phrase("; ", writer.count(excused), " excused") if excused else (),
    )


def of_dataset(writer: Writer, early: int, title: str, held: int) -> Runs:
    """How many of the series that end early are from one dataset: `, all in Tables`; nothing for less than half."""
    if not title or held * 2 <= early:
        return ()
    all_of_them = (
        phrase(", all in ") if held == early and early > 1 else phrase(", ", writer.count(held), " of them in ")
    )
    return phrase(", in " if early == 1 else all_of_them, marked(title))


def heading(level: int, anchor: str, *parts: Run | Runs | str, hidden: str = "") -> Heading:
    """A heading of one phrase; `hidden` words tell headings of the same name apart for screen readers."""
    return Heading(level, phrase(*parts), anchor, hidden=hidden)


def lead(*parts: Run | Runs | str) -> Paragraph:
    """The paragraph that opens a chapter."""
    return Paragraph(phrase(*parts), "lead")


def source_line(*parts: Run | Runs | str) -> Paragraph:
    """The line under a chart or table that says where it is from."""
    return Paragraph(phrase(*parts), "source")


Chapter = tuple[Block, ...]
