"""National indicators and accepted national values, as they join the statistics of a place for one viewer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from waymark.engines.indicators.added import COUNTRY_DATA, NOT_SAID, Added, AddedRow
from waymark.gcm.frameworks import objective_of_code
from waymark.gcm.indicators import OUTSIDE, Baseline, IndicatorDefinition, ObjectiveTie, Target, indicators, units
from waymark.gcm.lists import EmptyReason, OrganisationKind
from waymark.gcm.periods import PeriodKind, parse_period
from waymark.queries.commitments.reading import entered_from
from waymark.queries.nested import Nested
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.sources.views import SourceView
from waymark.queries.wording import in_language, iso
from waymark.records.documents import Document
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.viewers import Viewer

PROVISIONS = Nested(
    NationalIndicator.provisions.through._default_manager.all(),
    "nationalindicator",
    ("provision__framework__code", "provision__code"),
)
"""The provisions under which an indicator stands, as framework and code."""

OF_THE_STATE = frozenset(
    {
        OrganisationKind.GOVERNMENT,
        OrganisationKind.LOCAL_AUTHORITY,
        OrganisationKind.PARLIAMENT,
        OrganisationKind.HUMAN_RIGHTS_INSTITUTION,
    }
)
"""Kinds of bodies whose figures are country data; what others say is a way of counting of its own."""

LONGEST_LAST: tuple[PeriodKind, ...] = ("day", "month", "quarter", "half", "range", "year")
"""Kinds of periods that begin in one year, the one that is shown before all others last."""


@dataclass(frozen=True, slots=True)
class NationalRows:
    """What the record holds for a place and a viewer may read: definitions, accepted values, titles of papers."""

    indicators: tuple[NationalIndicator, ...] = ()
    values: tuple[NationalValue, ...] = ()
    titles: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def added(self) -> Added | None:
        """The figures that join the observations, with the national indicators; None when there is neither.

        A national indicator has its figures from here, and from files that name its series.
        """
        figures = best_of_each_year(one for one in self.values if not one.empty_reason)
        if not figures and not self.indicators:
            return None
        rows = tuple(_row(one) for one in figures)
        with_rows = {row.series for row in rows}
        known = tuple(one for one in indicators() if one.series in with_rows)
        released = {one.urn: iso(one.paper_date or one.submitted_on) for one in figures}
        return Added((*known, *(definition_of(one) for one in self.indicators)), rows, released)


class Without(NamedTuple):
    """A period without a value: of which group ("" for the total), why, and who says so."""

    period: str
    disaggregation: str
    reason: str
    source: SourceView


@dataclass(frozen=True, slots=True)
class National:
    """The same in words: definitions for the reader, the source of each value, and the periods that have none."""

    definitions: tuple[IndicatorDefinition, ...] = ()
    sources: Mapping[str, SourceView] = field(default_factory=dict)
    """Global id of a value → where it is from."""
    without: Mapping[str, tuple[Without, ...]] = field(default_factory=dict)
    """Code of an indicator → the periods that have no value."""

    def why_none(self, definition: IndicatorDefinition, day: date, shown: Collection[int] = ()) -> tuple[Without, ...]:
        """Of the series that a review shows: why it has no value in years other than those `shown`, up to a day."""
        series = ("", definition.headline_disagg)
        found = ((one, parse_period(one.period)) for one in self.without.get(definition.code, ()))
        return tuple(
            one
            for one, period in found
            if one.disaggregation in series and period.start_year not in shown and period.first_day <= day
        )


def national_read(place: str, viewer: Viewer) -> NationalRows:
    """Read the national indicators and accepted values of a place that a viewer may read."""
    defined = _defined(NationalIndicator.objects.visible_to(viewer).filter(place__code=place))
    given = NationalValue.objects.visible_to(viewer).accepted().filter(place__code=place)
    given = given.select_related("indicator", "organisation").annotate(
        document_title=_title(viewer, "document"), paper_title=_title(viewer, "paper")
    )
    known = {*(one.code for one in defined), *(one.code for one in indicators())}
    ordered = given.order_by("period", "disaggregation", "organisation__code", "urn")
    values = tuple(one for one in ordered if one.measured in known)
    titles = {
        key: title
        for one in values
        for key, title in (
            (one.document_id, one.document_title),  # type: ignore[attr-defined]  # annotated
            (one.paper_id, one.paper_title),  # type: ignore[attr-defined]  # annotated
        )
        if key is not None and title is not None
    }
    return NationalRows(defined, values, titles)


def definitions_read(viewer: Viewer) -> tuple[IndicatorDefinition, ...]:
    """The national indicators of every place that a viewer may read, as the catalogue writes them, in order of code."""
    return tuple(definition_of(one) for one in _defined(NationalIndicator.objects.visible_to(viewer)))


def _defined(rows: QuerySet[NationalIndicator]) -> tuple[NationalIndicator, ...]:
    """The rows with what a definition is made of."""
    return tuple(rows.select_related("network").annotate(under=PROVISIONS.within()).order_by("code"))


def _title(viewer: Viewer, key: str) -> Subquery:
    """The title of a document that a value names, null where the viewer may not see it."""
    seen = Document.objects.visible_to(viewer).order_by()
    return Subquery(seen.filter(pk=OuterRef(key)).values("title")[:1])


def best_of_each_year(values: Iterable[NationalValue]) -> tuple[NationalValue, ...]:
    """Of what a body says of one group in periods that begin in one year: the whole year, else the longest, the last.

    Each typed value is a dataset of its own, so that the release of a part would decide against the whole year.
    """
    best: dict[tuple[object, ...], NationalValue] = {}
    for one in sorted(values, key=_length):
        year = parse_period(one.period).start_year
        best[one.organisation_id, one.network_id, _series(one), one.disaggregation, year] = one
    return tuple(best.values())


def _length(value: NationalValue) -> tuple[int, str]:
    return LONGEST_LAST.index(parse_period(value.period).kind), value.period


def _row(value: NationalValue) -> AddedRow:
    return AddedRow(
        dataset=value.urn,
        series=_series(value),
        disagg=value.disaggregation,
        unit=value.unit,
        year=parse_period(value.period).start_year,
        period=value.period,
        value=value.value,
        qualifier=value.qualifier,
        bound=value.bound,
        break_before=value.break_before,
        nature=COUNTRY_DATA if value.organisation.kind in OF_THE_STATE else NOT_SAID,
    )


def _series(value: NationalValue) -> str:
    if value.indicator is not None:
        return value.indicator.series
    return next(one.series for one in indicators() if one.code == value.catalogue_code)


def national_of(rows: NationalRows, language: str, organisations: OrganisationBook) -> National:
    """The rows in the reader's words."""
    sources: dict[str, SourceView] = {}
    without: dict[str, list[Without]] = defaultdict(list)
    for value in rows.values:
        source = _source(value, rows.titles, language, organisations)
        if value.empty_reason:
            reason = EmptyReason(value.empty_reason).label
            without[value.measured].append(Without(value.period, value.disaggregation, reason, source))
        else:
            sources[value.urn] = source
    return National(
        definitions=tuple(definition_of(one, language, organisations) for one in rows.indicators),
        sources=MappingProxyType(sources),
        without=MappingProxyType({code: tuple(found) for code, found in without.items()}),
    )


def _source(
    value: NationalValue, titles: Mapping[int, Mapping[str, str]], language: str, organisations: OrganisationBook
) -> SourceView:
    """Who says a value, and where: one source for all values of an indicator that have the same."""
    body = organisations.name_on(value.organisation_id, value.submitted_on)
    cited, _, address = value.source.partition(" <")
    title = in_language(titles.get(value.document_id or 0), language) or cited
    paper = entered_from(value.paper_date, value.paper_words, titles.get(value.paper_id or 0), language)
    told = f"entered from {paper}" if paper else f"handed in on {iso(value.submitted_on)}"
    view = SourceView(
        key="",
        kind="national value",
        publisher=body,
        title=title or "Figures given to the network",
        series=_series(value),
        address=value.address or address.rstrip(">"),
        locator=told,
        mark=value.mark,
        page=value.page or value.locator,
    )
    key = "|".join((value.measured, value.organisation.code, view.title, view.address, view.page, view.locator))
    return replace(view, key=f"national:{key}")


def definition_of(
    row: NationalIndicator, language: str = "en", organisations: OrganisationBook | None = None
) -> IndicatorDefinition:
    """A national indicator as the catalogue writes one."""
    unit, title = units()[row.unit], in_language(row.title, language)
    producer = organisations.name(row.producer_id) if organisations else ""
    low, high = row.valid_min, row.valid_max
    if low is None and high is None:
        low, high = unit.minimum, unit.maximum
    target = None
    if row.target is not None and row.target_year is not None:
        target = Target(row.target, row.target_year, row.target_source, "", row.mark, reference=False)
    return IndicatorDefinition(
        code=row.code,
        series=row.series,
        framework_code="",
        title=title,
        short=title,
        meaning=in_language(row.meaning, language),
        unit=row.unit,
        unit_label=in_language(row.unit_label, language) or unit.label,
        valid_min=low,
        valid_max=high,
        direction=row.direction,  # type: ignore[arg-type]  # the database keeps to the list
        natural_limit=row.natural_limit,
        traits=tuple(row.traits),
        target=target,
        baseline=Baseline(row.baseline_year, f"first year from {row.baseline_year}"),
        ties=_ties(row),
        headline=MappingProxyType({}),
        disaggregations=tuple(row.disaggregations),
        caveats=tuple(filter(None, (in_language(row.caveats, language),))),
        decision="",
        context=OUTSIDE if row.outside_compact else "",
        producer=producer,
        publisher=producer,
        licence="",
        licence_allows_reuse=False,
        source_note=row.source,
        mark=row.mark,
    )


def _ties(row: NationalIndicator) -> tuple[ObjectiveTie, ...]:
    """The objectives of the provisions under which it stands, in their order."""
    under = PROVISIONS.read(row.under)  # type: ignore[attr-defined]  # by `national_read`
    numbers = {objective_of_code(framework, code) for framework, code in under}
    return tuple(
        ObjectiveTie(number, "proposal", row.source, row.mark) for number in sorted(n for n in numbers if n is not None)
    )
