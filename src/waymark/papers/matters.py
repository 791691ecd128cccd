"""What matters first: five to nine sentences chosen by rule (`choosing`), each with its source."""

from collections import Counter
from collections.abc import Callable, Iterable

from waymark.engines.printing.blocks import Matter, Matters, Run, Runs
from waymark.engines.printing.measures import figure
from waymark.engines.printing.phrases import when
from waymark.gcm.cycles import next_cycle
from waymark.papers import choosing, following
from waymark.papers.methods import method_name
from waymark.papers.observations import measured, number_of, shown_unit
from waymark.papers.standing import Standing, limit_words, standing
from waymark.papers.statistics import group_words
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import MARK_WORDS, NOT_GIVEN, STATE_WORDS, Writer, of_dataset
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.networks.views import NetworkView

DOT = " · "
COUNTED = ("under_way", "agreed", "proposed", "dropped", "superseded")
SEVERAL = 2
OF_THE_LAST_YEAR = "The last year"
"""How a caveat begins that concerns the newest figure, and so stays beside it in a short text."""


def matters(writer: Writer) -> Matters:
    """The sentences that a record gives; one that nothing fits is left out."""
    rules = WITH_COMMITMENTS if choosing.commitments(writer.data) else WITHOUT
    found = [matter for rule in rules if (matter := rule(writer)) is not None]
    return Matters(tuple(found))


def strong(*parts: Run | Runs | str) -> Runs:
    """The part of a sentence that is read first."""
    return tuple(Run(run.text, run.kind, "strong", run.lang, run.value, run.href, run.cites, run.origin)
                 for run in phrase(*parts))  # fmt: skip


def source(*parts: Run | Runs | str) -> Runs:
    """Where a sentence is from: the given parts that say something, with a dot between them."""
    return joined([phrase(part) for part in parts if part], DOT)


def objective_words(writer: Writer, number: int) -> Runs:
    """The objective that a sentence is about, a link where the paper has its chapter."""
    return phrase("Objective ", writer.objective_link(number))


def codes(items: Iterable[CommitmentView]) -> Runs:
    """Codes of commitments."""
    return joined([(code(item.code),) for item in items])


def where_it_stands(writer: Writer) -> Matter:
    """Commitments by state, and how many are overdue."""
    items = choosing.commitments(writer.data)
    states, late = Counter(item.state for item in items), len(choosing.overdue(writer.data))
    done, total = states["completed"], len(items)
    named = [phrase(writer.count(states[state]), f" {STATE_WORDS[state]}") for state in COUNTED if states[state]]
    says = phrase(
        strong(writer.count(done), " of ", writer.counted(total, "commitment", "commitments"),
               " is" if done == 1 else " are", " completed"),
        ". The others: " if named else ".",
        joined(named),
        "; " if named else " ",
        strong(writer.count(late), " is overdue" if late == 1 else " are overdue"),
        ".",
    )  # fmt: skip
    return Matter(phrase("Where it stands"), says, phrase("States in the record on ", writer.day(writer.data.as_of)))


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
        strong(marked(statistic.short), ": ", value(writer, statistic, latest)),
        " ", said_when(writer, latest), ", ", value(writer, statistic, base, short=True), " ", said_when(writer, base),
        *parts(writer, statistic, latest.year), ".",
    )  # fmt: skip
    return Matter(phrase(head), says, statistic_source(writer, statistic, latest, base))


def parts(writer: Writer, statistic: StatisticView, year: int) -> Runs:
    """The values of the same year by town and countryside or by sex, where there are two and no more."""
    for dimension in ("location", "sex"):
        own = [one for one in statistic.breakdown if one[0].startswith(f"{dimension}=") and one[1] == year]
        if len(own) == SEVERAL and all(value is not None for _, _, value, *_ in own):
            said = [
                phrase(marked(group_words(extra)), " ", writer.number(value or 0.0, shown_unit(statistic)))
                for extra, _, value, *_ in own
            ]
            return phrase("; ", joined(said))
    return ()


def value(writer: Writer, statistic: StatisticView, seen: Observation, *, short: bool = False) -> Runs:
    """A figure with its unit, or alone where the unit was just said."""
    if short:
        return writer.number(number_of(statistic, seen), shown_unit(statistic))
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


def not_reported(writer: Writer) -> Matter | None:
    """The promise with most reports missing, and all that are."""
    item = choosing.least_reported(writer.data)
    if item is None:
        return None
    every = choosing.commitments(writer.data)
    ties = sum(
        one is not item and one.state in choosing.GOING_ON and one.reports_missing == item.reports_missing
        for one in every
    )
    due, missing = (sum(getattr(one, name) for one in every) for name in ("reports_due", "reports_missing"))
    says = phrase(
        strong(writer.count(item.reports_missing), " of ", writer.counted(item.reports_due, "report", "reports"),
               " on “", marked(item.title.rstrip("."), origin=item.urn), "” "),
        strong("is" if item.reports_missing == 1 else "are", " missing"),
        ", more than on any other promise" if not ties else phrase(", as on ", writer.counted(ties, "other", "others")),
        ". In all, ", writer.count(missing), " of ",
        writer.counted(due, "report", "reports"), f" {NOT_GIVEN[writer.data.audience]}.",
    )  # fmt: skip
    said = source((code(item.code),), marked("; ".join(item.leads)), phrase("due by ", writer.day(writer.data.as_of)))
    return Matter(phrase("Promised, not reported"), says, said)


def society_sees_less(writer: Writer) -> Matter | None:
    """The objective where society most often rates below the lead."""
    found = choosing.divides(writer.data)
    if not found:
        return None
    first, objective = found[0], found[0].objective
    every = {one.commitment.urn: one.gap for one in map(choosing.voices, choosing.commitments(writer.data)) if one}
    lower = sum(gap > 0 for gap in every.values())
    says = phrase(
        strong("On ", marked(objective.label[:1].lower() + objective.label[1:]), ", civil society rates ",
               writer.count(len(first.lower)), " of ",
               writer.counted(len(first.rated), "commitment", "commitments"), " that both rated below their leads"),
        ". Over all objectives it does so for ", writer.count(lower), " of ", writer.count(len(every)), ".",
    )  # fmt: skip
    said = source(
        objective_words(writer, objective.number),
        codes(one.commitment for one in first.lower),
        "latest ratings handed in",
    )
    return Matter(phrase("Society sees less done"), says, said)


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
    items = choosing.next_due(writer.data)
    if not items:
        return Matter(
            phrase("What comes next"),
            phrase(strong("The record names no date after ", writer.day(writer.data.as_of)), ".", *next_forum(writer)),
        )
    said = "falls due" if len(items) == 1 else "fall due"
    says = phrase(
        strong("On ", writer.day(items[0].due), " ", writer.counted(len(items), "promise", "promises"), f" {said}"),
        ": ",
        joined([marked(item.title.rstrip("."), origin=item.urn) for item in items], "; "), ".", *next_forum(writer),
    )  # fmt: skip
    from_whom = [phrase((code(item.code),), ", ", marked("; ".join(item.leads))) for item in items]
    return Matter(phrase("What comes next"), says, joined(from_whom, DOT))


def next_forum(writer: Writer) -> Runs:
    """The cycle that follows this one, as far as the catalogue knows its day."""
    after = next_cycle(writer.data.cycle)
    if after is None:
        return ()
    on = phrase(" on ", writer.day(after.start.isoformat())) if after.start else phrase("; its day is not known")
    return phrase(" Then comes the ", marked(after.title), on, ".")


def position(writer: Writer) -> Matter | None:
    """What the country said of the Compact, and the first sentence of what is remarked on it."""
    said = next(iter(writer.data.positions), None)
    if said is None:
        return None
    says = phrase(
        strong(marked(said.holder), f" {said.stance} the ", marked(said.subject)),
        *((" on ", writer.day(said.date)) if said.date else ()), ".",
        *((" ", marked(remark), ".") if (remark := said.note.split(". ")[0].rstrip(".")) else ()),
    )  # fmt: skip
    return Matter(phrase("Where it stands"), says, source(phrase("Position", writer.cite(said.source)),
                                                          MARK_WORDS.get(said.mark, "")))  # fmt: skip


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
                        "a finding by ", marked(finding.drafted_by), f", {said}", writer.cite(finding.source))),
                )  # fmt: skip
    return None


def changed_most(writer: Writer) -> Matter | None:
    """The series without a better direction that grew most."""
    found = choosing.grown_most(writer.data)
    if found is None:
        return None
    statistic, first, last = found
    base, latest = statistic.observations[first], statistic.observations[last]
    says = phrase(
        strong(marked(statistic.short), ": ", value(writer, statistic, latest)),
        " ", said_when(writer, latest), ", ", value(writer, statistic, base, short=True), " ", said_when(writer, base),
        ". ", *_step(writer, statistic, choosing.largest_step(statistic, first, last)),
        "Neither more nor less is better in itself.",
    )  # fmt: skip
    return Matter(phrase("What changed most"), says, statistic_source(writer, statistic, latest, base))


def _step(writer: Writer, statistic: StatisticView, places: tuple[int, int] | None) -> Runs:
    """The one step that carries most of a change."""
    if places is None:
        return ()
    start, end = (writer.day(seen.period or str(seen.year)) for seen in map(statistic.observations.__getitem__, places))
    return phrase("Most of the change came in one step, from ", start, " to ", end, ". ")


def judged(writer: Writer) -> Matter | None:
    """How many series can be judged, and why the others cannot."""
    every = list(writer.data.statistics.values())
    if not every:
        return None
    stand = standing(every)
    says = phrase(*_judged(writer, stand), " Of ", writer.counted(len(every), "series", "series"), " ", ages(writer),
                  ".")  # fmt: skip
    head = "What can be judged" if stand.moving or stand.limit else "What cannot be judged"
    return Matter(phrase(head), says, marked(method_name(writer.data.methods[0])))


def _judged(writer: Writer, stand: Standing) -> Runs:
    """How many series improve of those that can; what is at its limit is said apart."""
    better = len(stand.improving)
    apart = limit_words(writer, stand.limit) if stand.limit else ()
    if stand.moving:
        said = strong(writer.count(better), " of ", writer.count(stand.moving), " series that can be judged",
                      " improves" if better == 1 else " improve")  # fmt: skip
        return phrase(said, "; ", apart, ".") if apart else phrase(said, ".")
    if apart:
        return phrase(strong(limit_words(writer, stand.limit, " series")), "; no other can be judged.")
    return phrase(strong("No statistic can be called better or worse"), ".")


def ages(writer: Writer) -> Runs:
    """How many series end early and how many are of the last years; the parts add up to all."""
    early, new = writer.data.vintage.ended_early, len(choosing.recent(writer.data))
    rest = len(writer.data.statistics) - early - new
    said = phrase(
        writer.count(early), " ends" if early == 1 else " end", " more than five years ago",
        of_dataset(writer, early, *choosing.dataset_of(writer.data, choosing.ended_early(writer.data))), "; ",
        writer.count(new), " reaches" if new == 1 else " reach", " the last five years",
    )  # fmt: skip
    without = " has no number in these years" if rest == 1 else " have no number in these years"
    return phrase(said, "; ", writer.count(rest), without) if rest else said


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
