"""What matters first of commitments on record: how they stand, what is not reported, where voices differ."""

from collections import Counter

from waymark.engines.printing.blocks import Matter, Runs
from waymark.papers import choosing
from waymark.papers.telling import codes, objective_words, source
from waymark.papers.words import code, joined, marked, phrase, strong
from waymark.papers.writer import STATE_WORDS, Writer, reports_missing
from waymark.queries.commitments.views import CommitmentView

COUNTED = ("under_way", "agreed", "proposed", "dropped", "superseded")


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
        ".", *_who_says_completed(writer, [item for item in items if item.state == "completed"]),
    )  # fmt: skip
    return Matter(phrase("Where it stands"), says, phrase("States in the record on ", writer.day(writer.data.as_of)))


def _who_says_completed(writer: Writer, done: list[CommitmentView]) -> Runs:
    """Of what is completed, how much implementers alone rate, and how much civil society rates lower."""
    alone = sum({one.voice for one in item.reports if one.rating} == {"implementer"} for item in done)
    lower = sum((told := choosing.voices(item)) is not None and told.gap > 0 for item in done)
    parts = [
        phrase("implementers alone rate ", writer.count(alone)) if alone else (),
        phrase("civil society rates ", writer.count(lower), " lower than the lead") if lower else (),
    ]
    said = joined([part for part in parts if part], "; ")
    return phrase(" Of the ", writer.count(len(done)), " completed, ", said, ".") if said else ()


def not_reported(writer: Writer) -> Matter | None:
    """The commitment with most reports missing, and all that are."""
    item = choosing.least_reported(writer.data)
    if item is None:
        return None
    every = choosing.commitments(writer.data)
    ties = sum(
        one is not item and one.state in choosing.GOING_ON and one.reports_missing == item.reports_missing
        for one in every
    )
    due = sum(one.reports_due for one in every)
    says = phrase(
        strong(writer.count(item.reports_missing), " of ", writer.counted(item.reports_due, "report", "reports"),
               " on “", marked(item.title.rstrip("."), origin=item.urn), "” "),
        strong("is" if item.reports_missing == 1 else "are", " missing"),
        ", more than on any other commitment" if not ties
        else phrase(", as on ", writer.counted(ties, "other", "others")),
        ". Of all ", writer.counted(due, "report", "reports"), " due ", reports_missing(writer, every), ".",
    )  # fmt: skip
    said = source((code(item.code),), marked("; ".join(item.leads)), phrase("due by ", writer.day(writer.data.as_of)))
    return Matter(phrase("Promised, not reported"), says, said)


def society_sees_less(writer: Writer) -> Matter | None:
    """The objective where society most often rates below the lead."""
    found = choosing.divides(writer.data)
    if not found:
        return None
    first, objective = found[0], found[0].objective
    every = [one for one in map(choosing.voices, choosing.commitments(writer.data)) if one]
    says = phrase(
        strong("On ", marked(objective.label[:1].lower() + objective.label[1:]), ", civil society rates ",
               writer.count(len(first.lower)), " of ",
               writer.counted(len(first.rated), "commitment", "commitments"), " that both rated below their leads"),
        ". Of all ", writer.count(len(every)), " that both rated: ", joined(_gaps(writer, every)), ".",
    )  # fmt: skip
    said = source(
        objective_words(writer, objective.number),
        codes(one.commitment for one in first.lower),
        phrase("latest ratings", *_apart(writer, every)),
    )
    return Matter(phrase("Society sees less done"), says, said)


def _gaps(writer: Writer, every: list[choosing.Voices]) -> list[Runs]:
    """How many commitments civil society rates lower than the lead, the same, and higher."""
    counts = Counter((one.gap < 0) - (one.gap > 0) for one in every)
    words = ((-1, "lower"), (0, "the same"), (1, "higher"))
    return [phrase(writer.count(counts[way]), f" {said}") for way, said in words if counts[way]]


def _apart(writer: Writer, every: list[choosing.Voices]) -> Runs:
    """How many of the pairs compared are of two periods, and how many have a rating that is not accepted."""
    periods = sum(one.lead.period != one.society.period for one in every)
    waiting = sum("submitted" in (one.lead.state, one.society.state) for one in every)
    told = [
        phrase(writer.count(periods), " of two periods") if periods else (),
        phrase(writer.count(waiting), " not accepted") if waiting else (),
    ]
    said = joined([one for one in told if one])
    return phrase("; ", said) if said else ()
