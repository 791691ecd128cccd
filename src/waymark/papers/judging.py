"""How many series can be judged, said in one of the sentences of what matters first, and how old the others are."""

from waymark.engines.printing.blocks import Matter, Runs
from waymark.papers import choosing
from waymark.papers.methods import method_name
from waymark.papers.standing import Standing, limit_words, standing
from waymark.papers.words import joined, marked, phrase, strong
from waymark.papers.writer import Writer, of_edition


def judged(writer: Writer) -> Matter | None:
    """How many series can be judged, and why the others cannot."""
    every = list(writer.data.statistics.values())
    if not every:
        return None
    stand = standing(every)
    says = phrase(*_judged(writer, stand), *not_counted(writer), " Of ",
                  writer.counted(len(every), "series", "series"), " ", ages(writer), ".")  # fmt: skip
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
        recent = len(choosing.recent(writer.data))
        named = joined([marked(one.short) for one in stand.limit], "; ")
        return phrase(
            strong("Of ", writer.count(recent), " series with a recent figure ", writer.count(len(stand.limit)),
                   " can be judged"), ": ", named, ", at its limit." if len(stand.limit) == 1 else ", at their limit.",
        )  # fmt: skip
    return phrase(strong("No series with a recent figure can be called better or worse"), ".")


def not_counted(writer: Writer) -> Runs:
    """That older series have a category which is printed and not counted, where there are any."""
    old = writer.data.vintage.too_old
    if not old:
        return ()
    return phrase(" ", writer.counted(old, "older series has a category; it is", "older series have a category; it is"),
                  " printed and not counted.")  # fmt: skip


def ages(writer: Writer) -> Runs:
    """How many series end early and how many are of the last years; the parts add up to all."""
    early, new = writer.data.vintage.ended_early, len(choosing.recent(writer.data))
    rest = len(writer.data.statistics) - early - new
    said = phrase(
        writer.count(early), " ends" if early == 1 else " end", " more than five years ago",
        of_edition(writer, early, *choosing.edition_of(writer.data, choosing.ended_early(writer.data))), "; ",
        writer.count(new), " reaches" if new == 1 else " reach", " the last five years",
    )  # fmt: skip
    without = " has no number in these years" if rest == 1 else " have no number in these years"
    return phrase(said, "; ", writer.count(rest), without) if rest else said
