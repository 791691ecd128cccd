"""Reads everything one review needs, once: record, catalogue and statistics, as of one day and for one audience."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from waymark.engines.printing.phrases import PHRASES, tongue
from waymark.gcm import cycles, frameworks, indicators, places
from waymark.gcm.errors import InputError
from waymark.gcm.files import read_table
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.documents.views import EvidenceView
from waymark.queries.indicators.national import National, national_of, national_read
from waymark.queries.indicators.reading import NOTHING_NATIONAL, Figures, Statistics, figures_of, statistics_of
from waymark.queries.indicators.views import StatisticView
from waymark.queries.networks.reading import contributions, networks_of, participation
from waymark.queries.reviews.evidence import cited_read, documents_cited, evidence_of
from waymark.queries.reviews.gaps import gaps_of
from waymark.queries.reviews.positions import positions_of, positions_read
from waymark.queries.reviews.record import (
    claims_of,
    findings_of,
    recommendations_of,
    recommendations_read,
    recommended_by,
)
from waymark.queries.reviews.recording import recorded
from waymark.queries.reviews.rows import Rows, rows_of
from waymark.queries.reviews.texts import principles_of, texts_of
from waymark.queries.reviews.views import (
    ComparisonRow,
    EditionNumber,
    FindingView,
    ObjectiveView,
    RecommendationView,
    ReviewData,
)
from waymark.queries.sources.reading import SourceBook
from waymark.queries.sources.views import SourceView
from waymark.queries.wording import format_days, in_language
from waymark.records.networks import Network
from waymark.records.viewers import PUBLIC, Viewer

Audience = Literal["public", "network"]
EXAMPLES = ("GEO", "PRT", "QOR")
"""Countries named where a place has none of its own."""
METHODS = ("unsd-progress-chart-2023", "opensdg-2.4")
"""The default method first; the others are shown where they differ."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a review is asked for: place, cycle, day, audience and language, all checked."""

    place: places.Place
    cycle: cycles.Cycle
    as_of: date
    audience: Audience
    language: str
    viewer: Viewer
    review: str = ""
    """Code of the review that is rendered; "" for the first one of the place in the cycle."""
    edition: EditionNumber | None = None
    """Which edition it is to become; None for a working copy."""
    demonstrations: tuple[Mapping[str, str], ...] = ()
    """Of each network of the place, the sentence that marks it as a demonstration, by language; empty for others."""

    @property
    def marking(self) -> str:
        """The sentence that marks a demonstration, "" for a real record."""
        return next(filter(None, (in_language(words, self.language) for words in self.demonstrations)), "")


def review_scope(
    place: str,
    cycle: str,
    *,
    as_of: date | None = None,
    audience: Audience = "public",
    language: str = "en",
) -> Scope:
    """Check what was asked.

    Raises NotFoundError for an unknown place or cycle, InputError for one of a region, for a language without sentences
    and for a cycle whose last day is not known.
    """
    known_place = places.find(place)
    known_cycle = cycles.cycle(cycle)
    check_writable(known_place, known_cycle, language)
    day = as_of or known_cycle.as_of
    if day is None:
        raise InputError.coded("review.last_day_unknown", cycle=cycle)
    networks = Network.objects.filter(place__code=known_place.code).order_by("code")
    marks = tuple(networks.values_list("demonstration", flat=True))
    viewer = viewer_of(known_place.code, audience)
    return Scope(known_place, known_cycle, day, audience, language, viewer, demonstrations=marks)


def viewer_of(place: str, audience: Audience) -> Viewer:
    """Who reads what is made of a place for an audience: the public, or its networks."""
    if audience == "public":
        return PUBLIC
    return Viewer(networks=frozenset(Network.objects.filter(place__code=place).values_list("code", flat=True)))


def check_writable(place: places.Place, cycle: cycles.Cycle, language: str) -> None:
    """Refuse a review that nothing here can write: of a region, for a regional cycle, in a language of no sentences."""
    places.name(place.code, language)  # refuses what is no language
    if not places.counts_as_country(place):
        members = [known.code for known in places.members(place.code)][:5]
        raise InputError.coded("review.of_no_country", place=place.name, known=tuple(members or EXAMPLES))
    if cycle.level != "global":
        known = tuple(one.code for one in cycles.cycles() if one.level == "global")
        raise InputError.coded("review.of_regional_cycle", cycle=cycle.code, known=known)
    if language.split("-", 1)[0].lower() not in PHRASES:
        raise InputError.coded("review.without_sentences", language=language, known=tuple(PHRASES))


def days_of(scope: Scope) -> tuple[date, ...]:
    """The days whose figures a review reads: its own, and the last of the cycle before."""
    previous = cycles.previous_cycle(scope.cycle.code)
    return (scope.as_of, previous.as_of) if previous and previous.as_of else (scope.as_of,)


def review_data(scope: Scope, *, folder: Path, kept: Path | None = None) -> ReviewData:
    """Everything known for the review; `folder` holds the installation's datasets, `kept` its kept assessments."""
    place, language, viewer, day = scope.place.code, scope.language, scope.viewer, scope.as_of
    sources = SourceBook(viewer, place, language)
    previous = cycles.previous_cycle(scope.cycle.code)
    record = rows_of(place, [cycle.code for cycle in (scope.cycle, previous) if cycle], viewer, chosen=scope.review)
    organisations = record.organisations(day, language)
    typed = national_read(place, viewer)
    national = national_of(typed, language, organisations)
    figures = figures_of(place, folder, days=days_of(scope), kept=kept, added=typed.added())
    statistics = statistics_of(figures, day=day, methods=METHODS, sources=sources, national=national)
    commitments = record.commitments_on(day, language)
    told: dict[str, Any] = {"viewer": viewer, "language": language, "sources": sources}
    networks = networks_of(place, day=day, organisations=organisations, **told)
    review = record.reviews.get(scope.cycle.code)
    cited = cited_read(review, place, commitments, viewer=viewer, day=day)
    own = documents_cited(cited, sources)
    findings = findings_of(review, rows=record.findings, national=national, documents=own, **told)
    evidence = evidence_of(review, place, commitments, cited=cited, **told)
    objectives = objective_views(scope, statistics, commitments, findings, evidence, national)
    advice = recommendations_read(place, [cycle.code for cycle in (scope.cycle, previous) if cycle], viewer)
    taken = positions_read(place, viewer, [one.row.provision_id for rows in advice.values() for one in rows])
    followed: tuple[RecommendationView, ...] = ()
    if previous is not None:
        rows = advice[previous.code]
        followed = recommendations_of(place, previous.code, commitments, day=day, rows=rows, positions=taken, **told)
    conflicts, facts = claims_of(place, **told)
    if scope.place.note:
        sources.add(source_of_note(scope.place))
    positions = positions_of(place, day=day, organisations=organisations, rows=taken, **told)
    recommended = recommended_by(
        review, advice[scope.cycle.code], language=language, organisations=organisations, sources=sources
    )
    return ReviewData(
        **asked(scope, previous),
        publishing_body=organisations.name(review.publishing_body_id) if review and review.publishing_body_id else "",
        vintage=statistics.vintage,
        objectives=objectives,
        networks=networks,
        participation=participation(networks, commitments),
        timeline=(),
        positions=positions,
        recommendations=followed,
        comparison=comparison(scope, previous, objectives, figures, record, national) if previous else (),
        conflicts=conflicts,
        facts=facts,
        findings=tuple(findings[None]),
        recommended=recommended,
        methods=METHODS,
        edition=scope.edition,
        principles=principles_of(commitments, findings[None]),
        texts=texts_of(place, review, **told),
        sources=sources.numbered(),
        without_objective=sum(not item.objectives for item in commitments),
        contributions=contributions(place, viewer=scope.viewer, day=day),
        record=recorded(
            record, scope.cycle.code, advice[scope.cycle.code], taken, day=day, candidate=scope.edition is not None
        ),
        statistics=statistics.by_indicator,
    )


def source_of_note(place: places.Place) -> SourceView:
    """Where the note on a place is from; the catalogue writes "publisher, title, note (7)"."""
    publisher, _, rest = place.note_source.partition(", ")
    title, _, last = rest.rpartition(", ")
    title, page = (title, last) if title and last.startswith(("note", "Table")) else (rest, "")
    return SourceView("place", "catalogue", publisher, title, mark=place.mark, page=page)


def asked(scope: Scope, previous: cycles.Cycle | None) -> dict[str, Any]:
    """The fields of a review that follow from what was asked: place, cycle, day, audience and language."""
    place, language = scope.place, scope.language
    name = places.name(place.code, language)
    return {
        "place": place.code,
        "place_name": name.text,
        "place_name_checked": name.checked or place.kind == "fictional",
        "place_note": place.note,
        "m49": place.m49,
        "regions": tuple(places.name(area.code, language).text for area in places.commission_of(place.code)),
        "cycle": scope.cycle.code,
        "cycle_title": scope.cycle.title,
        "cycle_dates": cycle_days(scope.cycle, language),
        "previous_cycle": previous.code if previous else "",
        "previous_cycle_title": previous.title if previous else "",
        "as_of": scope.as_of.isoformat(),
        "audience": scope.audience,
        "language": language,
        "marking": scope.marking,
    }


def cycle_days(cycle: cycles.Cycle, language: str) -> str:
    """The days of a cycle's event in the language that sentences will be in, "" when not known."""
    if cycle.start is None or cycle.end is None:
        return ""
    return format_days(cycle.start, cycle.end, tongue(language))


def objective_views(
    scope: Scope,
    statistics: Statistics,
    commitments: tuple[CommitmentView, ...],
    findings: dict[int | None, list[FindingView]],
    evidence: dict[int, list[EvidenceView]],
    national: National,
) -> tuple[ObjectiveView, ...]:
    """The 23 objectives with everything that belongs to each."""
    asks = {row["code"]: row["words"] for row in read_table("frameworks", "gcm-in-our-words.csv")}
    targets: dict[str, list[str]] = defaultdict(list)
    for link in frameworks.links("gcm", to_framework="sdg"):
        if link.followed and link.to_code not in targets[link.from_code]:
            targets[link.from_code].append(link.to_code)
    views = []
    for provision in frameworks.objectives():
        number = int(provision.code)
        defined = indicators.for_objective(number, national.definitions)
        asked = indicators.questions(number)
        own = tuple(s for d in defined if (s := statistics.by_indicator.get(d.code)))
        held = tuple((d, statistics.held[d.code]) for d in defined if d.code in statistics.held)
        without = tuple(d for d in defined if d.code not in statistics.by_indicator and d.code not in statistics.held)
        items = tuple(item for item in commitments if number in item.objectives)
        cited = tuple(evidence.get(number, ()))
        cluster = cycles.cluster_of(scope.cycle.code, provision.code)
        views.append(
            ObjectiveView(
                number=number,
                title=provision.title,
                label=provision.label,
                label_mark=provision.label_mark,
                paragraph=provision.paragraph,
                asks=asks[provision.code],
                sdg_targets=tuple(targets[provision.code]),
                round_table=cluster.number if cluster else None,
                statistics=own,
                without_data=tuple(d.title for d in without),
                questions=tuple(question.text for question in asked.questions) if asked else (),
                commitments=items,
                evidence=cited,
                findings=tuple(findings.get(number, ())),
                gaps=gaps_of(own, without, items, cited, held),
                no_value=tuple((d.title, *said) for d in without for said in statistics.unmeasured.get(d.code, ())),
            )
        )
    return tuple(views)


def comparison(
    scope: Scope,
    previous: cycles.Cycle,
    objectives: tuple[ObjectiveView, ...],
    figures: Figures,
    record: Rows,
    national: National = NOTHING_NATIONAL,
) -> tuple[ComparisonRow, ...]:
    """Each objective at the end of the previous cycle and now, by the same rules."""
    if previous.as_of is None:
        return ()
    before = record.commitments_on(previous.as_of, scope.language)
    statistics = statistics_of(
        figures, day=previous.as_of, methods=METHODS[:1], sources=SourceBook(), national=national
    )
    findings = findings_of(
        record.reviews.get(previous.code), viewer=scope.viewer, language=scope.language, sources=SourceBook(),
        rows=record.findings,
    )  # fmt: skip
    rows = []
    for objective in objectives:
        number = objective.number
        then = tuple(item for item in before if number in item.objectives)
        series = [
            statistics.by_indicator[d.code]
            for d in indicators.for_objective(number, national.definitions)
            if d.code in statistics.by_indicator
        ]
        later = {s.indicator for s in objective.statistics if (newest(s) or 0) > previous.as_of.year}
        rows.append(
            ComparisonRow(
                objective=number,
                commitments_before=len(then),
                commitments_now=len(objective.commitments),
                completed_before=sum(item.state == "completed" for item in then),
                completed_now=sum(item.state == "completed" for item in objective.commitments),
                improving_before=improving(series),
                improving_now=improving(objective.statistics),
                too_old_before=too_old(series),
                too_old_now=too_old(objective.statistics),
                newer=len(later),
                newer_before=standing([s for s in series if s.indicator in later]),
                newer_now=standing([s for s in objective.statistics if s.indicator in later]),
                findings_before=len(findings.get(number, ())),
                findings_now=len(objective.findings),
            )
        )
    return tuple(rows)


def too_old(series: Sequence[StatisticView]) -> int:
    """How many series have a category that is not counted for the age of their latest figure alone."""
    return sum(1 for s in series if s.too_old)


def newest(statistic: StatisticView) -> int | None:
    """The year of the newest number of a series, of a span of years the last."""
    return max((seen.end_year for seen in statistic.observations if seen.value is not None), default=None)


def standing(series: Sequence[StatisticView]) -> tuple[int, int, int]:
    """How many of the series that count improve, do not improve, and are at their limit."""
    able = [s.assessment for s in series if s.assessed and s.assessment]
    better = sum(1 for result in able if result.improving)
    limit = sum(1 for result in able if not result.improving and result.movement == "at its limit")
    return better, len(able) - better - limit, limit


def improving(series: Sequence[StatisticView]) -> tuple[int, int]:
    """How many series improve, of how many that the default method can assess from a figure young enough."""
    able = [s.assessment for s in series if s.assessed and s.assessment]
    return sum(1 for result in able if result.improving), len(able)
