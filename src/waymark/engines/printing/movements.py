"""How a series went, in a sentence: the latest figure, the base, the last step, and where it turned.

Rise and fall are facts of the figures; better and worse are another fact, said apart (`judged`). A bound stands as a
bound, also as the latest that is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.measures import (
    Goal,
    Measured,
    change,
    figure,
    form_of,
    in_power,
)
from waymark.engines.printing.phrases import dated, labelled, say, say_counted, together, tongue, when, worded
from waymark.gcm.language import format_number, machine, rounded, unit_kind
from waymark.gcm.periods import parse_period

MOVEMENTS = ("improved", "improved too little", "worsened", "worsened within the target", "unchanged", "at its limit")
"""Our words for what a change means: of its own, and where it goes another way than what the method says of it."""

BALANCE = "net migration"
"""In the name of a series that is the balance of those who came and those who left."""

HALF = 0.5

WITHOUT = {"N": "censored_N", "NV": "censored_NV", "": "censored_none", "filled with zero": "censored_filled"}
"""Qualifier of a year without number and bound → its phrase."""


def course(
    name: str,
    latest: Measured,
    base: Measured | None = None,
    previous: Measured | None = None,
    turned: Measured | None = None,
    *,
    apart: bool = False,
    language: str = "en",
) -> Runs:
    """The latest figure against the base, then the last step, then the highest or lowest figure if the series turned.

    Where base and latest are `apart`, of different datasets, both stand and their difference does not. The highest or
    lowest is said to be a turn only where the last step goes against the whole way. The unit is said once, after the
    latest figure; percentages keep their words. `previous` may be the base itself, which is then not said twice. Raises
    ValueError when units differ, since such values cannot be compared.
    """
    spoken = tongue(language)
    beside = [one for one in (base, previous, turned) if one is not None]
    if any(one.unit != latest.unit for one in beside):
        raise ValueError(f"{name}: {[one.unit for one in beside]} and {latest.unit!r} cannot be compared")
    if is_balance(name, latest):
        return labelled(_balance(name, latest, base, previous, turned, spoken), language, spoken)
    form = latest.form or form_of(latest, base, beside)
    power, digits = form.power, form.decimals
    shown = in_power(latest, power)

    def bare(one: Measured) -> Runs:
        return figure(replace(one, words=""), spoken, digits, power=power)

    slots = {"name": worded(name), "latest": figure(latest, spoken, digits, power=power)}
    slots["latest_when"] = when(latest.period, spoken)
    parts = []
    if base is None:
        parts.append(say("now", spoken, **slots))
    else:
        slots |= {"base": bare(base), "base_when": when(base.period, spoken)}
        key = "other" if apart else _went(in_power(base, power), shown, digits)
        if key in ("up", "down"):
            size = change(replace(base, words=""), replace(latest, words=""), digits or 0, spoken, power)
            slots["change"] = size
        parts.append(say(f"now_{key}", spoken, **slots))
        parts += [say("apart", spoken)] if apart else []
    if previous is not None and (base is None or previous.period != base.period):
        key = _went(in_power(previous, power), shown, digits)
        said = {"previous": bare(previous), "previous_when": when(previous.period, spoken)}
        parts.append(say("last" if key in ("up", "down") else f"last_{key}", spoken, **said))
    if turned is not None and base is not None and _stands_out(turned, (base, previous, latest), bare):
        peak = {"since": dated(base.period, spoken), "peak": bare(turned)}
        peak |= {"turn": dated(turned.period, spoken), "peak_when": when(turned.period, spoken)}
        parts.append(say(_turn(latest, base, previous, turned), spoken, **peak))
    return labelled(together(*parts), language, spoken)


def _stands_out(turned: Measured, others: Sequence[Measured | None], printed: Callable[[Measured], Runs]) -> bool:
    """Whether the highest or lowest figure is, as printed, another one than the figures of other periods beside it."""
    said = ["".join(run.text for run in printed(one)) for one in others if one and one.period != turned.period]
    return "".join(run.text for run in printed(turned)) not in said


def _turn(latest: Measured, base: Measured, previous: Measured | None, turned: Measured) -> str:
    """The phrase for the highest or lowest figure: a turn only where the last step goes against the whole way, and at
    the end of that way: a series that fell and now rises turned at its lowest figure, not at a higher one before."""
    key = "highest" if turned.value > latest.value else "lowest"
    here = previous is not None and previous.period == turned.period
    gone_back = previous is not None and (latest.value - base.value) * (latest.value - previous.value) < 0
    at_end = (key == "highest") == (latest.value > base.value)
    return f"{'turned' if gone_back and at_end else 'beyond'}_{key}{'_there' if here else ''}"


def is_balance(name: str, latest: Measured) -> bool:
    """Whether a series is those who came less those who left: net migration, counted in persons."""
    return BALANCE in name.casefold() and unit_kind(latest.unit) == "count" and latest.words == "persons"


def _balance(
    name: str, latest: Measured, base: Measured | None, previous: Measured | None, turned: Measured | None, spoken: str
) -> Runs:
    """`course` of a balance: the words say which way, so that no reader has to read a sign."""
    slots = {"name": worded(name), "latest": _came_or_left(latest, spoken), "latest_when": when(latest.period, spoken)}
    if base is not None:
        slots |= {"base": _came_or_left(base, spoken), "base_when": when(base.period, spoken)}
    parts = [say("balance" if base is None else "balance_since", spoken, **slots)]
    if previous is not None and (base is None or previous.period != base.period):
        said = {"previous": _came_or_left(previous, spoken), "previous_when": when(previous.period, spoken)}
        parts.append(say("balance_before", spoken, **said))
    if turned is not None and base is not None and turned.value != base.value:
        here = "_there" if previous is not None and previous.period == turned.period else ""
        turn = f"{_extreme(turned, latest, base)}{here}"
        peak = {"since": dated(base.period, spoken), "peak": _came_or_left(turned, spoken)}
        peak["peak_when"] = when(turned.period, spoken)
        parts.append(say(f"balance_{turn}", spoken, **peak))
    return together(*parts)


def _extreme(turned: Measured, *others: Measured) -> str:
    """What an extreme of a balance is called: by its size where all lie on one side of zero, else highest or lowest."""
    high = all(turned.value >= one.value for one in others)
    if all(one.value > 0 for one in (turned, *others)):
        return "largest" if high else "smallest"
    if all(one.value < 0 for one in (turned, *others)):
        return "smallest" if high else "largest"
    return "highest" if high else "lowest"


def _came_or_left(one: Measured, spoken: str) -> Runs:
    """How many more persons came than left, or left than came; the machine form keeps the sign."""
    key = "balance_even" if not one.value else "balance_in" if one.value > 0 else "balance_out"
    text = format_number(abs(one.value), spoken, 0)
    figure = (Run(text, "figure", value=machine(one.value), cites=one.cites),)
    return say_counted(key, spoken, round(abs(one.value)), figure=figure)


def _went(first: Measured, last: Measured, digits: int | None) -> str:
    """up, down, same, or almost where the decimals shown do not part the two."""
    if first.value == last.value:
        return "same"
    if digits is not None and rounded(first.value, digits) == rounded(last.value, digits):
        return "almost"
    return "up" if last.value > first.value else "down"


def answer(
    name: str,
    latest: tuple[bool, str],
    base: tuple[bool, str] | None = None,
    *,
    cites: tuple[int, ...] = (),
    language: str = "en",
) -> Runs:
    """A yes-or-no series: the latest answer and its year, and the answer of the base."""
    spoken = tongue(language)
    slots = {"name": worded(name), "latest": _said(latest[0], spoken, cites), "latest_when": when(latest[1], spoken)}
    if base is None:
        return labelled(say("now", spoken, **slots), language, spoken)
    slots |= {"base": _said(base[0], spoken), "base_when": when(base[1], spoken)}
    return labelled(say("now_same" if base[0] == latest[0] else "now_other", spoken, **slots), language, spoken)


def named_in(
    name: str, named: Sequence[str], unnamed: Sequence[str] = (), *, cites: tuple[int, ...] = (), language: str = "en"
) -> Runs:
    """A series whose source names only those with the answer yes: when it does, and when it names others alone.

    The periods are years and spans of years in order. Raises ValueError without any in which the place is named.
    """
    spoken = tongue(language)
    if not named:
        raise ValueError(f"{name}: no year in which the source names it")
    said = say("named", spoken, name=worded(name), latest=_said(True, spoken, cites), periods=_listed(named, spoken))
    if not unnamed:
        return labelled(said, language, spoken)
    return labelled(together(said, say("unnamed", spoken, periods=_listed(unnamed, spoken))), language, spoken)


def _listed(periods: Sequence[str], spoken: str) -> Runs:
    """Periods one after the other, the last after a word."""
    runs = dated(periods[0], spoken)
    for place, period in enumerate(periods[1:], start=2):
        runs += (*(say("and", spoken) if place == len(periods) else (Run(", "),)), *dated(period, spoken))
    return runs


def _said(yes: bool, language: str, cites: tuple[int, ...] = ()) -> Runs:
    """Yes or no as a figure with its machine form."""
    words = "".join(run.text for run in say("yes" if yes else "no", language))
    return (Run(words, "figure", "strong", value=str(int(yes)), cites=cites),)


def censored(
    name: str,
    qualifier: str,
    bound: float | None,
    unit: str,
    period: str,
    *,
    words: str | None = None,
    cites: tuple[int, ...] = (),
    language: str = "en",
) -> Runs:
    """A value that its source gives only as a bound (`<`, `>`) or as a mark (`N` not significant, `NV` not valid).

    With none, or with zeros that a publisher filled in, there is no figure. Raises ValueError for another qualifier and
    for a bound that is missing.
    """
    spoken = tongue(language)
    slots = {"name": worded(name), "when": when(period, spoken)}
    if qualifier in ("<", ">"):
        if bound is None:
            raise ValueError(f"{name}: qualifier {qualifier!r} needs a bound")
        aim = figure(Measured(bound, unit, period, cites, words), spoken)
        fewer = "_count" if unit_kind(unit) == "count" else ""
        said = say(f"less_than{fewer}" if qualifier == "<" else "more_than", spoken, aim=aim)
        return labelled(say("censored", spoken, **slots, bound=said), language, spoken)
    if qualifier not in WITHOUT:
        raise ValueError(f"{name}: qualifier {qualifier!r} is none of <, >, N, NV")
    mark = (Run("", cites=cites),) if cites else ()
    return labelled((*say(WITHOUT[qualifier], spoken, **slots), *mark), language, spoken)


def last_number(language: str = "en") -> str:
    """What stands in place of the name where a bound was said first."""
    return "".join(run.text for run in say("last_number", tongue(language)))


def judged(movement: str, category: str = "", method: str = "", *, language: str = "en") -> Runs:
    """What the change means in our word, and in the whole word of the method that is named.

    `movement` is one of MOVEMENTS or "". What `category` says in brackets at its end is ours and stands outside the
    quotation marks. Raises ValueError for another one, and for a category without its method.
    """
    spoken = tongue(language)
    if movement and movement not in MOVEMENTS:
        raise ValueError(f"{movement!r} is none of {', '.join(MOVEMENTS)}")
    if category and not method:
        raise ValueError(f"Category {category!r}: name the method that gave it")
    ours = say(f"moved_{movement.replace(' ', '_')}", spoken) if movement else ()
    word, bracket, ours_too = category.partition(" (")
    theirs = {"category": worded(word), "method": worded(method), "note": worded(f"{bracket}{ours_too}")}
    if ours and category:
        said = say("judged", spoken, ours=ours, **theirs)
    elif category:
        said = say("assessed", spoken, **theirs)
    else:
        said = (*ours, Run(".")) if ours else ()
    return labelled(together(said), language, spoken)


def target(
    goal: Goal,
    unit: str,
    *,
    words: str | None = None,
    scale: bool = True,
    source: str = "",
    part: float | None = None,
    base: Measured | None = None,
    today: int | None = None,
    latest: str = "",
    language: str = "en",
) -> Runs:
    """The target that a source states, and its year when it has one; `scale` as in `measures.figure`.

    A year before `today` is over: then the target was, and where the `latest` figure is of a period that ends before
    it, nobody knows whether it was met.

    `source` are the words for who states it. A target that is a `part` of the `base` figure, as 0.5 for by half, is
    said with both; it needs its year and its source.
    """
    spoken = tongue(language)
    aim = figure(Measured(goal.value, unit, "", goal.cites, words), spoken, scale=scale)
    bound = say(goal.relation, spoken, aim=aim) if goal.relation else aim
    slots = {"aim": bound, "source": worded(source)}
    of = "_of" if source else ""
    if goal.year is None:
        return labelled(say(f"target{of}", spoken, **slots), language, spoken)
    slots["year"] = (Run(str(goal.year), "date", value=str(goal.year)),)
    over = today is not None and goal.year < today
    was = "_was" if over else ""
    unknown = over and bool(latest) and parse_period(latest).end_year < goal.year
    outcome = say("target_outcome", spoken, latest=dated(latest, spoken)) if unknown else ()
    if part is None or base is None or not source:
        return labelled(together(say(f"target{was}_by{of}", spoken, **slots), outcome), language, spoken)
    share = Measured(100 * part, "percent", base.period, words="")
    slots |= {
        "part": say("part_half", spoken) if part == HALF else figure(share, spoken),
        "base": figure(replace(base, words="", cites=()), spoken),
        "base_when": when(base.period, spoken),
        "aim": figure(Measured(goal.value, unit, "", goal.cites, ""), spoken, scale=scale),
    }
    return labelled(together(say(f"target{was}_part_by_of", spoken, **slots), outcome), language, spoken)


def counted_anew(year: int, before: Sequence[Measured], *, language: str = "en") -> Runs:
    """Figures from before the way of counting changed, the first and the last of them, which do not compare.

    Raises ValueError when there is none, or one is of the year of the change or later.
    """
    spoken = tongue(language)
    if not before or any(int(one.period[:4]) >= year for one in before):
        raise ValueError(f"figures of {[one.period for one in before]} do not lie before {year}")
    first, last = before[0], before[-1]
    slots = {"year": (Run(str(year), "date", value=str(year)),), "first": figure(replace(first, words=""), spoken)}
    slots["first_when"] = when(first.period, spoken)
    if first == last:
        return labelled(say("counted_anew_one", spoken, **slots), language, spoken)
    slots |= {"last": figure(replace(last, words=""), spoken), "last_when": when(last.period, spoken)}
    return labelled(say("counted_anew", spoken, **slots), language, spoken)
