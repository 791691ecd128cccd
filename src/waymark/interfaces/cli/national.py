"""`waymark data indicator` and `waymark data values`: what a network adds to the statistics of its place."""

import argparse
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.options import given_day
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.actions.indicators import IndicatorFacts, ValueFacts
    from waymark.engines.sheets.figures import IndicatorForm, ValueRow
    from waymark.records.indicators import NationalIndicator
    from waymark.records.organisations import Organisation

T = TypeVar("T")


def configure_indicator(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark data indicator`."""
    parser.add_argument("form", type=Path, metavar="FORM", help="the form of the indicator: a file in YAML")
    parser.add_argument("--reason", default="", help="why a definition that is on record is changed")


def configure_values(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark data values`."""
    parser.add_argument("table", type=Path, metavar="TABLE", help="the values: a table in CSV")
    parser.add_argument("--network", required=True, metavar="CODE", help="code of the network that takes them")
    parser.add_argument(
        "--organisation", default="", metavar="CODE", help="whose values they are, where no line says it"
    )
    parser.add_argument("--paper", required=True, metavar="WORDS", help="the paper that they are from")
    parser.add_argument("--paper-date", required=True, metavar="DATE", help="the day of the paper (YYYY-MM-DD)")
    parser.add_argument("--accepted-on", metavar="DATE", help="the day on which the network accepted them, if it did")


def run_indicator(arguments: argparse.Namespace) -> int:
    """Define an indicator from its form, or correct the one on record."""
    from waymark.engines.sheets import walled

    path: Path = arguments.form
    form = walled.indicator(path)
    ready_record()
    from waymark.actions.amending import amend
    from waymark.actions.facts import facts_of, take
    from waymark.actions.indicators import IndicatorFacts, define_indicator
    from waymark.queries.named import indicator_named, network_named
    from waymark.records.actors import OPERATOR_VIEWER

    by = operator()
    network = _found(path, "network", form.network, lambda code: network_named(code, OPERATOR_VIEWER))
    facts = indicator_facts(path, form)
    known = indicator_named(form.code, OPERATOR_VIEWER)
    if known is None:
        row = define_indicator(by=by, network=network, code=form.code, facts=facts)
        print(f"Defined {row.code}, series {row.series}, for {row.place.code} in the network {network.code}.")
        print("It has no values yet. Enter them with: waymark data values TABLE")
        return 0
    if known.network.code != network.code:
        raise InputError(
            str(path),
            f"network is “{network.code}”, but {known.code} is on record in {known.network.code}",
            expected="an indicator of that network, or a code that is free",
            todo="Correct the network, or choose another code.",
            place="network",
        )
    before = facts_of(known, IndicatorFacts)
    same = facts_of(take(known, facts), IndicatorFacts) == before
    if same and {one.pk for one in facts.provisions} == {one.pk for one in before.provisions}:
        print(f"{known.code} is on record like this already; nothing was changed.")
        return 0
    fresh = _found(path, "code", form.code, lambda code: indicator_named(code, OPERATOR_VIEWER))
    amend(by=by, row=fresh, facts=facts, reason=str(arguments.reason))
    print(f"Corrected {fresh.code}.")
    return 0


def indicator_facts(path: Path, form: "IndicatorForm") -> "IndicatorFacts":
    """What the form says, with the records that it names."""
    from waymark.actions.indicators import IndicatorFacts
    from waymark.queries.named import organisation_named, provision_named
    from waymark.records.actors import OPERATOR_VIEWER

    codes = [f"gcm {number}" for number in form.objectives] + list(form.provisions)
    return IndicatorFacts(
        title=dict(form.title),
        meaning=dict(form.meaning),
        unit=form.unit,
        unit_label=dict(form.unit_label or {}),
        direction=form.direction,
        producer=_found(path, "producer", form.producer, lambda code: organisation_named(code, OPERATOR_VIEWER)),
        provisions=[
            _found(path, "provisions", code, lambda one: provision_named(*_parted(one), OPERATOR_VIEWER))
            for code in dict.fromkeys(codes)
        ],
        target=form.target,
        target_year=form.target_year,
        target_source=form.target_source,
        baseline_year=form.baseline_year,
        valid_min=form.valid_min,
        valid_max=form.valid_max,
        natural_limit=form.natural_limit,
        traits=list(form.traits),
        disaggregations=list(form.disaggregations),
        caveats=dict(form.caveats or {}),
        outside_compact=form.outside_compact,
        classification=form.classification,
        source=form.source,
        locator=form.locator,
        mark=form.mark,
        note=form.note,
    )


def _parted(code: str) -> tuple[str, str]:
    """Framework and code of a provision, as the form joins them."""
    framework, _, own = code.partition(" ")
    return framework, own.strip()


def _found(path: Path, field: str, code: str, look: Callable[[str], T | None]) -> T:
    """The record of a code. Raises NotFoundError that names the field."""
    found = look(code)
    if found is None:
        raise NotFoundError(
            str(path),
            f"{field} is “{code}”, which is not on record",
            expected=f"a code that the record holds as {field}",
            todo="Correct the file, or enter it first.",
            place=field,
        )
    return found


def run_values(arguments: argparse.Namespace) -> int:
    """Enter the values of a table from their paper, all or none."""
    from waymark.engines.sheets import walled

    path: Path = arguments.table
    day, accepted = given_day(arguments.paper_date, "--paper-date"), given_day(arguments.accepted_on, "--accepted-on")
    rows = walled.values(path)
    ready_record()
    from waymark.actions.facts import Paper
    from waymark.actions.indicators import PaperValue, enter_values
    from waymark.queries.named import network_named
    from waymark.records.actors import OPERATOR_VIEWER

    network = _found(path, "--network", arguments.network, lambda code: network_named(code, OPERATOR_VIEWER))
    assert day is not None  # the option is required
    paper = Paper(day, words=str(arguments.paper))
    entries = [
        PaperValue(*_of(path, row, str(arguments.organisation)), value_facts(path, row), paper, accepted)
        for row in rows
    ]
    by = operator()
    entered = enter_values(by=by, network=network, entries=entries)
    count = counted(len(entered), "value", "values")
    if accepted is None:
        print(f"Entered {count} from {path.name}. They join the statistics when an officer or co-chair accepts them.")
    else:
        print(f"Entered {count} from {path.name}, accepted on {accepted}.")
    for line in not_used(rows):
        print(line)
    return 0


def not_used(rows: "Sequence[ValueRow]") -> Iterator[str]:
    """What of the values of the catalogue's indicators feeds nothing, and why; all values have the indicator's unit."""
    from waymark.engines.indicators.fitting import why_nothing
    from waymark.gcm.indicators import indicators

    for known in indicators():
        own = [(known.unit, row.disaggregation, 1) for row in rows if row.indicator == known.code]
        for reason, count in why_nothing(known, own):
            words = f"{known.code}: {counted(count, 'value feeds', 'values feed')} nothing: {reason}"
            yield from textwrap.wrap(words, 80, subsequent_indent="  ")


def _of(path: Path, row: "ValueRow", organisation: str) -> "tuple[NationalIndicator | str, Organisation]":
    """The indicator of a line, national or of the catalogue, and whose value it is."""
    from waymark.queries.named import indicator_named, organisation_named
    from waymark.records.actors import OPERATOR_VIEWER

    whose = row.organisation or organisation
    field = f"{row.place}, organisation"
    body = _found(path, field, whose, lambda code: organisation_named(code, OPERATOR_VIEWER))
    return indicator_named(row.indicator, OPERATOR_VIEWER) or row.indicator, body


def value_facts(path: Path, row: "ValueRow") -> "ValueFacts":
    """What a line says. Raises InputError that names the line."""
    from waymark.actions.indicators import ValueFacts

    try:
        return ValueFacts(
            period=row.period,
            value=row.value,
            qualifier=row.qualifier,
            bound=row.bound,
            empty_reason=row.reason,
            disaggregation=row.disaggregation,
            break_before=row.break_before,
            page=row.page,
            address=row.address,
            note=row.note,
        )
    except InputError as error:
        problem = error.problem or str(error)
        raise InputError(str(path), problem, expected=error.expected, todo=error.todo, place=row.place) from error
