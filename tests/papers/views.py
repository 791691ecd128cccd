"""Views made by hand for the tests of papers: everything empty but what a test says."""

from dataclasses import fields
from typing import Any

from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.indicators.views import AssessmentView, Observation, StatisticView, VintageView
from waymark.queries.reviews.views import ObjectiveView, ReviewData

EMPTY_OF = {"str": "", "int": 0, "bool": False, "float": 0.0}


def view(of: type, /, **given: Any) -> Any:
    """A view with everything empty but what is given."""
    blank: dict[str, Any] = {}
    for field in fields(of):
        name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
        blank[field.name] = EMPTY_OF.get(name, () if "tuple" in str(field.type) else None)
    return of(**(blank | given))


def report(share: float, voice: str = "implementer", organisation: str = "Lead", **given: Any) -> ReportView:
    """An accepted rating."""
    said = {"state": "accepted", "rating": f"{share:g}", "date": "2026-01-01"} | given
    return view(ReportView, voice=voice, share=share, organisation=organisation, **said)  # type: ignore[no-any-return]


def commitment(code: str, *reports: ReportView, **given: Any) -> CommitmentView:
    """A commitment under way, of the organisation "Lead"."""
    said = {"state": "under_way", "title": f"Do {code}", "leads": ("Lead",), "urn": f"urn:{code}"} | given
    return view(CommitmentView, code=code, reports=reports, **said)  # type: ignore[no-any-return]


def statistic(series: str, *values: float, improving: bool | None = True, **given: Any) -> StatisticView:
    """A series from 2015 on, judged by the default method."""
    observations = tuple(view(Observation, year=2015 + place, value=value) for place, value in enumerate(values))
    result = view(
        AssessmentView, improving=improving, base_year=2015, base_value=values[0], latest_value=values[-1],
        latest_year=2015 + len(values) - 1,
    )  # fmt: skip
    said = {
        "short": series, "indicator": series, "direction": "up", "valid_min": 0.0, "valid_max": 100.0,
        "unit": "percent", "unit_label": "per cent", "objectives": (1,), "assessments": (result,),
    } | given  # fmt: skip
    return view(StatisticView, series=series, observations=observations, **said)  # type: ignore[no-any-return]


def objective(number: int, *commitments: CommitmentView, **given: Any) -> ObjectiveView:
    """An objective with its commitments."""
    return view(ObjectiveView, number=number, label=f"Objective {chr(64 + number)}", commitments=commitments, **given)  # type: ignore[no-any-return]


def review(*objectives: ObjectiveView, statistics: tuple[StatisticView, ...] = (), **given: Any) -> ReviewData:
    """A review of the fictional country with all objectives, as of the end of the forum of 2026."""
    known = {one.number: one for one in objectives}
    every = tuple(known.get(number) or objective(number) for number in range(1, 24))
    said = {
        "place": "QOR", "place_name": "Orvenia", "cycle": "imrf-2026", "cycle_title": "Forum", "as_of": "2026-05-08",
        "audience": "public", "language": "en", "methods": ("unsd-progress-chart-2023",),
        "vintage": view(VintageView, series=len(statistics)),
        "statistics": {one.indicator: one for one in statistics},
    } | given  # fmt: skip
    return view(ReviewData, objectives=every, **said)  # type: ignore[no-any-return]
