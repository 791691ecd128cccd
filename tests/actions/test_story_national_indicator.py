"""The network of Orvenia defines an indicator; its statistical office gives the figures; a review reads what stands.

Values are written as drafts, handed in and accepted by another person; one is corrected with a reason, one withdrawn.
A finding cites one.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.factories.frameworks import provision
from tests.factories.indicators import YEARBOOK, office
from tests.factories.networks import network
from tests.factories.people import TODAY, bob, dora, holder
from tests.factories.reviews import review
from waymark.actions.amending import withdraw
from waymark.actions.indicators import (
    IndicatorFacts,
    PaperValue,
    ValueFacts,
    accept_value,
    correct_value,
    define_indicator,
    enter_value,
    enter_values,
    submit_value,
)
from waymark.actions.reviews import CitationFacts, FindingFacts, add_finding, cite
from waymark.gcm.errors import RefusedError
from waymark.queries.history.reading import history_of
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.reviews.views import ReviewData
from waymark.records.actors import Actor
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.permissions import viewer_of
from waymark.records.viewers import PUBLIC, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]


@dataclass(frozen=True)
class Story:
    """The indicator, and who gives its figures."""

    indicator: NationalIndicator
    office: Actor


@pytest.fixture
def story() -> Story:
    facts = IndicatorFacts(
        title={"en": "Journeys with counselling before departure"},
        meaning="Journeys of which the traveller spoke with an adviser before, in per cent.",
        unit="percent",
        direction="up",
        target=60,
        target_year=2030,
        target_source="National plan of Orvenia, page 4",
        producer=office(),
        provisions=[provision()],
        disaggregations=("sex",),
    )
    row = define_indicator(by=bob(), network=network(), code="qor-counselling", facts=facts)
    return Story(row, holder("olga", "focal_point", office()))


def value(story: Story, period: str, number: float, **fields: object) -> NationalValue:
    facts = ValueFacts(period=period, value=number, **fields)  # type: ignore[arg-type]
    return enter_value(by=story.office, of=story.indicator, organisation=office(), facts=facts)


def accepted(story: Story, period: str, number: float, **fields: object) -> NationalValue:
    row = submit_value(by=story.office, row=value(story, period, number, **fields))
    return accept_value(by=bob(), row=row)


def of_review(folder: Path, audience: str = "public") -> ReviewData:
    scope = review_scope("QOR", "imrf-2026", audience=audience)  # type: ignore[arg-type]
    return review_data(scope, folder=folder / "datasets", kept=folder / "assessments")


def shown(data: ReviewData) -> StatisticView | None:
    """The statistic as it stands under its objective."""
    return next((one for one in data.objectives[0].statistics if one.indicator == "qor-counselling"), None)


def figures(data: ReviewData) -> list[tuple[str, float | None]]:
    statistic = shown(data)
    return [(seen.period, seen.value) for seen in statistic.observations] if statistic else []


def test_from_the_definition_to_the_finding_that_cites_a_value(story: Story, tmp_path: Path) -> None:
    drafts = [value(story, period, number) for period, number in (("2019", 30), ("2022", 41), ("2024", 45))]
    outsider, own = network_viewer("other-network"), viewer_of([story.office.holding], TODAY)  # type: ignore[list-item]
    assert list(NationalValue.objects.visible_to(own)) == drafts
    for stranger in (outsider, PUBLIC, network_viewer("qor-network")):
        assert not NationalValue.objects.visible_to(stranger).exists()
    assert figures(of_review(tmp_path)) == []

    for row in drafts:
        submit_value(by=story.office, row=row)
    assert list(NationalValue.objects.visible_to(network_viewer("qor-network"))) == drafts
    assert not NationalValue.objects.visible_to(outsider).exists()
    with pytest.raises(RefusedError, match="may not return and accept values"):
        accept_value(by=story.office, row=drafts[0])
    for row in drafts:
        accept_value(by=bob(), row=row)
    assert list(NationalValue.objects.visible_to(PUBLIC)) == drafts

    statistic = shown(of_review(tmp_path))
    assert statistic is not None
    assert statistic.series == "national:qor-counselling"
    assert figures(of_review(tmp_path)) == [("2019", 30), ("2022", 41), ("2024", 45)]
    (first, second) = statistic.assessments
    assert (first.base_value, first.latest_value, first.improving) == (30, 45, True)
    assert second.category
    data = of_review(tmp_path)
    sources = {source.key: source for source in data.sources}
    source = sources[statistic.source]
    assert (source.publisher, source.years) == ("Body stat-office", "2019, 2022, 2024")

    corrected = correct_value(
        by=story.office, row=drafts[2], facts=ValueFacts(period="2024", value=43), reason="One region was counted twice"
    )
    submit_value(by=story.office, row=corrected)
    assert figures(of_review(tmp_path))[-1] == ("2024", 45), "until it is accepted the former stands"
    accept_value(by=bob(), row=corrected)
    assert figures(of_review(tmp_path))[-1] == ("2024", 43)
    drafts[2].refresh_from_db()
    assert (drafts[2].state, drafts[2].value, drafts[2].corrected_on) == ("corrected", 45, TODAY)
    assert not NationalValue.objects.visible_to(PUBLIC).filter(pk=drafts[2].pk).exists()

    withdraw(by=story.office, row=drafts[1], reason="The survey was of another year")
    assert figures(of_review(tmp_path)) == [("2019", 30), ("2024", 43)]

    told = [line.what for line in history_of(story.indicator.urn, network_viewer("qor-network"), "en").lines]
    assert "The value was corrected by a new one." in told
    assert "The national value was withdrawn." in told

    finding = add_finding(
        by=bob(),
        review=review(place=network().place),
        facts=FindingFacts(kind="progress", text="More are advised", provision=provision()),
    )
    with pytest.raises(RefusedError, match="A finding cites it once it is accepted"):
        cite(by=bob(), finding=finding, facts=CitationFacts(national_value=drafts[2]))
    cite(by=bob(), finding=finding, facts=CitationFacts(national_value=corrected))
    data = of_review(tmp_path, "network")
    (found,) = data.objectives[0].findings
    assert shown(data).source in found.source.splitlines()  # type: ignore[union-attr]
    with pytest.raises(RefusedError, match="took the place of another one"):
        withdraw(by=story.office, row=corrected, reason="Wrong")
    cite(by=bob(), finding=finding, facts=CitationFacts(national_value=drafts[0]))
    with pytest.raises(RefusedError, match="points to it"):
        withdraw(by=story.office, row=drafts[0], reason="Wrong")


def test_from_a_paper_an_officer_enters_and_another_person_accepts(story: Story, tmp_path: Path) -> None:
    entries = [
        PaperValue(story.indicator, office(), ValueFacts(period=period, value=number), YEARBOOK)
        for period, number in (("2020", 31.5), ("2024", 45))
    ]
    rows = enter_values(by=bob(), network=network(), entries=entries)
    assert [row.state for row in rows] == ["submitted", "submitted"]
    with pytest.raises(RefusedError, match="does not answer it"):
        accept_value(by=bob(), row=rows[0])
    for row in rows:
        accept_value(by=dora(), row=row)
    data = of_review(tmp_path)
    (source,) = [one for one in data.sources if one.kind == "national value"]
    assert "entered from Yearbook 2025 of the statistical office, 2026-02-01" in source.locator
    assert figures(data) == [("2020", 31.5), ("2024", 45)]
