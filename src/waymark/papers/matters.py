"""What matters first: five to nine sentences chosen by rule (`choosing`), each with its source."""

from collections.abc import Callable

from waymark.engines.printing.blocks import Matter, Matters, Run, Runs
from waymark.engines.printing.measures import figure
from waymark.engines.printing.phrases import when
from waymark.gcm.cycles import FIRST_REGIONAL, cycle, next_cycle, next_regional
from waymark.gcm.lists import Stance
from waymark.papers import choosing, following
from waymark.papers.cautions import APART
from waymark.papers.judging import judged
from waymark.papers.objectives import cites
from waymark.papers.observations import measured, number, number_of
from waymark.papers.promised import not_reported, society_sees_less, where_it_stands
from waymark.papers.statistics import group_words
from waymark.papers.steps import same_rate_sentence, step_words
from waymark.papers.telling import codes, objective_words, source
from waymark.papers.words import code, joined, marked, phrase, strong
from waymark.papers.writer import MARK_WORDS, Writer
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.networks.views import NetworkView
from waymark.queries.reviews.views import PositionView

SEVERAL = 2
STANCES = {
    Stance.ABSTAINED.label: "abstained in the vote on",
    Stance.ABSENT.label: "did not vote on",
    Stance.ADOPTED.label: "joined the adoption of",
    Stance.SUPPORTED_IN_PART.label: "supported parts of",
    Stance.NOTED.label: "took note of",
    Stance.RESERVED.label: "made a reservation to",
    Stance.WITHDRAWN.label: "withdrew from",
}
"""Stances whose label is no verb that takes the text after it, as a sentence says them."""
MOST_NAMED = 3
"""How many commitments of the day that comes first are named."""
DAYS_NAMED = 2
"""How many days after it are named with what falls due on them."""
OF_THE_LAST_YEAR = "The last year"
"""How a caveat begins that concerns the newest figure, and so stays beside it in a short text."""


def matters(writer: Writer) -> Matters:
    """The sentences that a record gives; one that nothing fits is left out."""
    rules = WITH_COMMITMENTS if choosing.commitments(writer.data) else WITHOUT
    found = [matter for rule in rules if (matter := rule(writer)) is not None]
    return Matters(tuple(found))


def for_better(writer: Writer) -> Matter | None:
    """The series that improves most."""
    return _change(writer, "Most for the better", choosing.most_for_better(writer.data))


def for_worse(writer: Writer) -> Matter | None:
    """The series that worsens most."""
    return _change(writer, "Most for the worse", choosing.most_for_worse(writer.data))


def _change(writer: Writer, head: str, statistic: StatisticView | None) -> Matter | None:
    if statistic is None or statistic.assessment is None:
        return None
    result = statistic.assessment
    base = next((one for one in statistic.observations if one.year == result.base_year), None)
    latest = next((one for one in statistic.observations if one.year == result.latest_year), None)
    if base is None or latest is None or base.value is None or latest.value is None:
        return None
    says = phrase(
        *both(writer, statistic, latest, base),
        *parts(writer, statistic, latest.year), ".",
    )  # fmt: skip
    return Matter(phrase(head), says, statistic_source(writer, statistic, latest, base))


def parts(writer: Writer, statistic: StatisticView, year: int) -> Runs:
    """The values of the same year by migration status, town and countryside or sex, where there are two and no more."""
    for dimension in (APART, "location", "sex"):
        own = [one for one in statistic.breakdown if one[0].startswith(f"{dimension}=") and one[1] == year]
        if len(own) == SEVERAL and all(value is not None for _, _, value, *_ in own):
            said = [
                phrase(marked(group_words(extra)), " ", number(writer, statistic, value or 0.0))
                for extra, _, value, *_ in own
            ]
            return phrase("; ", joined(said))
    return ()


def both(writer: Writer, statistic: StatisticView, latest: Observation, base: Observation) -> Runs:
    """The latest figure with its unit and the base without, each with its period."""
    return phrase(
        strong(marked(statistic.short), ": ", value(writer, statistic, latest)), " ", said_when(writer, latest), ", ",
        value(writer, statistic, base, short=True), " ", said_when(writer, base),
    )  # fmt: skip


def value(writer: Writer, statistic: StatisticView, seen: Observation, *, short: bool = False) -> Runs:
    """A figure with its unit, or alone where the unit was just said."""
    if short:
        return number(writer, statistic, number_of(statistic, seen))
    said = figure(measured(writer, statistic, seen), writer.language)
    return tuple(Run(run.text, run.kind, run.style, value=run.value) for run in said)


def said_when(writer: Writer, seen: Observation) -> Runs:
    """The period of a figure, with its preposition."""
    return when(seen.period or str(seen.year), writer.language)


def statistic_source(writer: Writer, statistic: StatisticView, *shown: Observation) -> Runs:
    """Objective, publisher and number of the sources of figures, and what to beware of: first and of the last year."""
    from_where = {one.key: one for one in writer.data.sources}
    shown = shown or statistic.observations[-1:]
    seen = shown[0]
    publisher = from_where[seen.source].publisher if seen.source in from_where else ""
    first = min(statistic.objectives, default=0)
    sentences = [words.rstrip(".") for words in statistic.caveats.split(". ")]
    caveats = [words for place, words in enumerate(sentences) if place == 0 or words.startswith(OF_THE_LAST_YEAR)]
    outside = bool(statistic.context) and "context" not in sentences[0]
    return source(
        objective_words(writer, first) if first else (),
        phrase(marked(publisher), writer.cite(*(one.source for one in shown))),
        marked(". ".join(caveats)),
        phrase("context, outside the Compact") if outside else (),
    )


def nobody_knows(writer: Writer) -> Matter | None:
    """Sources that differ with none chosen, else the objective with most indicators without a figure."""
    conflict, unknown = choosing.open_conflict(writer.data), choosing.least_known(writer.data)
    without = writer.data.vintage.without_data
    all_of_them = (
        phrase(" For ", writer.counted(without, "indicator", "indicators"), " there is no figure at all.")
        if without else ()
    )  # fmt: skip
    if conflict is not None:
        subject = ", ".join(filter(None, (conflict.subject_words, conflict.attribute)))
        claims = [phrase(marked(claim.value), writer.cite(claim.source)) for claim in conflict.claims]
        says = phrase(strong(marked(subject[:1].upper() + subject[1:])), ": one source says ",
                      joined(claims, ", another "), ".", all_of_them)  # fmt: skip
        return Matter(phrase("What nobody knows"), says, marked(conflict.claims[0].note))
    if unknown is None:
        return None
    says = phrase(
        strong("On ", marked(unknown.label[:1].lower() + unknown.label[1:]), ", ",
               writer.counted(len(unknown.without_data), "indicator has", "indicators have"), " no figure"),
        ".", all_of_them,
    )  # fmt: skip
    return Matter(phrase("What nobody knows"), says, objective_words(writer, unknown.number))


def comes_next(writer: Writer) -> Matter | None:
    """What falls due first."""
    days = choosing.next_due(writer.data)
    if not days:
        return Matter(
            phrase("What comes next"),
            phrase(strong("The record names no date after ", writer.day(writer.data.as_of)), ".", *next_forum(writer)),
        )
    (first, items), named = days[0], days[0][1][:MOST_NAMED]
    says = phrase(
        strong(writer.counted(len(items), "commitment falls", "commitments fall"), " due on ", writer.day(first)),
        ": " if len(items) == len(named) else ", among them: ",
        joined([marked(item.title.rstrip("."), origin=item.urn) for item in named], "; "), ".",
        *_due_later(writer, days[1:]), *next_forum(writer),
    )  # fmt: skip
    if len(named) == 1:
        return Matter(phrase("What comes next"), says, source(codes(named), marked("; ".join(named[0].leads))))
    return Matter(phrase("What comes next"), says, codes(named))


def _due_later(writer: Writer, days: list[tuple[str, list[CommitmentView]]]) -> Runs:
    """How many fall due on the days that follow: `Then 30 fall due on 1 May and 23 on 1 June; 4 later.`"""
    if not days:
        return ()
    named, rest = days[:DAYS_NAMED], sum(len(items) for _, items in days[DAYS_NAMED:])
    verbs = [" falls due on " if len(days[0][1]) == 1 else " fall due on ", *([" on "] * len(named))]
    told = [phrase(writer.count(len(items)), verb, writer.day(day))
            for verb, (day, items) in zip(verbs, named, strict=False)]  # fmt: skip
    return phrase(" Then ", joined(told, " and "), *(("; ", writer.count(rest), " later") if rest else ()), ".")


def next_forum(writer: Writer) -> Runs:
    """The regional review that comes before the next forum, then that forum, as far as the catalogue knows its day."""
    after = next_cycle(writer.data.cycle)
    if after is None:
        return ()
    on = phrase(" on ", writer.day(after.start.isoformat())) if after.start else ()
    year = next_regional(cycle(writer.data.cycle).year)
    if year >= after.year:
        return phrase(" Then comes the ", marked(after.title), on, ".")
    return phrase(
        " A regional review is due in ", code(str(year)), " (every four years from ", code(str(FIRST_REGIONAL)),
        "), then the ", marked(after.title), on, ".",
    )  # fmt: skip


def position(writer: Writer) -> Matter | None:
    """What the country said of the Compact, and the first sentence of what is remarked on it."""
    said = next(iter(writer.data.positions), None)
    if said is None:
        return None
    told = strong(
        *_who_says(writer, said),
        marked(said.holder),
        f" {STANCES.get(said.stance, said.stance)} the ",
        marked(said.subject),
    )
    says = phrase(
        told,
        *((". The day on record is " if said.mark == "secondary" else " on ", writer.day(said.date))
          if said.date else ()), ".",
        *((" ", marked(remark), ".") if (remark := said.note.split(". ")[0].rstrip(".")) else ()),
    )  # fmt: skip
    return Matter(phrase("Where it stands"), says, source(phrase("Position", writer.cite(said.source)),
                                                          MARK_WORDS.get(said.mark, "")))  # fmt: skip


def _who_says(writer: Writer, said: PositionView) -> tuple[Runs | str, ...]:
    """Of a position known at second hand, who says it: the publisher of its first source; nothing of any other."""
    if said.mark != "secondary":
        return ()
    first = said.source.split("\n")[0]
    publisher = next((one.publisher for one in writer.data.sources if one.key == first), "")
    return (marked(publisher or "A second-hand source"), " says that ")


def who_follows_up(writer: Writer) -> Matter | None:
    """The government body of the place."""
    body = next((one for one in writer.data.networks if one.kind == "government_body"), None)
    return _of_network(writer, "Who follows up", body) if body else None


def with_whom(writer: Writer) -> Matter | None:
    """The network of the place."""
    body = next((one for one in writer.data.networks if one.kind != "government_body"), None)
    return _of_network(writer, "With whom", body) if body else None


def _of_network(writer: Writer, head: str, network: NetworkView) -> Matter:
    return Matter(
        phrase(head), following.told(writer, network), phrase("Record and sources", writer.cite(network.source))
    )


def was_done(writer: Writer) -> Matter | None:
    """The last finding of progress."""
    for objective in reversed(writer.data.objectives):
        for finding in objective.findings:
            if finding.kind == "progress":
                said = "confirmed" if finding.confirmed else "not confirmed"
                return Matter(
                    phrase("What was done"),
                    marked(finding.text),
                    source(objective_words(writer, objective.number), phrase(
                        "a finding by ", marked(finding.drafted_by), f", {said}",
                        writer.cite(finding.source) if cites(writer, finding) else ", no source cited")),
                )  # fmt: skip
    return None


def changed_most(writer: Writer) -> Matter | None:
    """The series without a better direction that grew most."""
    found = choosing.grown_most(writer.data)
    if found is None:
        return None
    statistic, first, last = found
    base, latest = statistic.observations[first], statistic.observations[last]
    step = same_rate_sentence(writer, statistic) or step_words(writer, statistic, first, last)
    no_other = phrase(" No other series without a better direction grew more",
                      "." if statistic.context else "; context is left out.")  # fmt: skip
    says = phrase(
        *both(writer, statistic, latest, base), *furthest(writer, statistic), ".", *((" ", step) if step else ()),
        *(() if choosing.grew_more(writer.data, statistic) else no_other),
    )  # fmt: skip
    return Matter(phrase("What grew most"), says, statistic_source(writer, statistic, latest, base))


def furthest(writer: Writer, statistic: StatisticView) -> Runs:
    """The figure that lies beyond the first and the last, in brackets, where there is one: the way was not straight."""
    course = statistic.course
    if course is None or course.turned_in is None or course.turned_at is None:
        return ()
    there = next(one for one in statistic.observations if one.year == course.turned_in)
    word = "highest" if course.turned_at > course.latest_value else "lowest"
    said = value(writer, statistic, there, short=True)
    return phrase(f" ({word} ", said, " ", said_when(writer, there), ")")


def nothing_promised(writer: Writer) -> Matter:
    """That no commitment is on record."""
    says = phrase(
        strong("No commitment is in the record"),
        ". It does not mean that nothing was promised.",
    )
    return Matter(phrase("Promised, not reported"), says)


Rule = Callable[[Writer], Matter | None]

WITH_COMMITMENTS: tuple[Rule, ...] = (
    where_it_stands, for_better, for_worse, not_reported, society_sees_less, nobody_knows, comes_next,
)  # fmt: skip
WITHOUT: tuple[Rule, ...] = (
    position, who_follows_up, with_whom, was_done, changed_most, judged, nothing_promised, comes_next,
)  # fmt: skip
