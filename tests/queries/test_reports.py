"""The list of a network's reports: newest first, a page at a time, each reader what it may read."""

import re
from dataclasses import astuple
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import people, workplans
from tests.factories.classes import classify
from tests.factories.documents import document
from tests.factories.reports import LETTER, report
from tests.queries.world import BY, DAY, World
from waymark.actions.facts import Paper
from waymark.actions.reports import Filed, draft, enter_reports
from waymark.queries.reports.reading import reports_of
from waymark.queries.reports.views import EVERY, After, ListedReport, Promised, ReportFilter
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.documents import Document
from waymark.records.organisations import Organisation
from waymark.records.permissions import viewer_of
from waymark.records.reports import ProgressReport, ReportingPeriod
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

NETWORK = network_viewer("qor-network")


def listed(viewer: Viewer = NETWORK, **asked: Any) -> tuple[ListedReport, ...]:
    return reports_of("qor-network", viewer=viewer, day=DAY, language="en", **asked).rows


def narrowed(viewer: Viewer = NETWORK, **only: tuple[str, ...]) -> set[str]:
    return {row.urn.split("progress-report:")[1] for row in listed(viewer, only=ReportFilter(**only))}


def seen_by(actor: Actor) -> Viewer:
    assert actor.holding is not None
    return viewer_of([actor.holding], people.TODAY)


def of(urn_part: str, rows: tuple[ListedReport, ...]) -> ListedReport:
    (found,) = [row for row in rows if urn_part in row.urn]
    return found


def test_a_row_says_what_was_reported_on_what_by_whom(record: World) -> None:
    row = ProgressReport.objects.get(voice="secretariat", commitment__code="qor-p-1")
    assert of("qor-p-1", listed()) == ListedReport(
        urn=row.urn,
        version=1,
        commitment=Promised(record.commitments["qor-p-1"].urn, "qor-p-1", "Measure qor-p-1"),
        period="Half 2024-h2",
        organisation="Agency for Journeys",
        voice="secretariat",
        scale="completion-5",
        rating="",
        share=None,
        empty_reason="not collected",
        state="accepted",
        state_label="accepted",
        handed_in="2025-01-31",
        decided="2025-09-01",
        entered_from="Sheet of the period, 2025-01-31",
        unanswered=False,
    )
    back = of("qor-m-2.2024-h2", listed())
    assert (back.state, back.decided, back.rating, back.share) == ("returned", "2025-02-03", "Begun", 0.25)
    assert of("civil_society", listed()).voice == "civil society"


def test_the_newest_stand_first_and_what_was_not_handed_in_before_them(record: World) -> None:
    draft(by=people.alice(), report=report(commitment=record.commitments["qor-m-1"], period=record.periods["2026-h1"]))
    rows = listed(seen_by(people.alice()))
    assert [row.handed_in for row in rows] == ["", *["2025-01-31"] * 5, *["2024-07-31"] * 5]
    for day in ("2025-01-31", "2024-07-31"):
        urns = [row.urn for row in rows if row.handed_in == day]
        assert urns == sorted(urns)


@pytest.mark.parametrize("limit", [1, 2, 3, 9, 10])
def test_the_pages_together_are_the_list(record: World, limit: int) -> None:
    for period in ("2026-h1", "2024-h1"):
        row = record.commitments["qor-m-3"]
        said = report(commitment=row, period=record.periods[period], organisation=record.organisations["labour"])
        draft(by=people.holder("lena", "focal_point", record.organisations["labour"]), report=said)
    viewer = seen_by(people.holder("lena", "focal_point", record.organisations["labour"]))
    whole = reports_of("qor-network", viewer=viewer, day=DAY, language="en")
    assert whole.after is None
    assert [row.state for row in whole.rows[:3]] == ["draft", "draft", "accepted"]
    found: list[ListedReport] = []
    after: After | None = None
    for _ in whole.rows:
        page = reports_of("qor-network", viewer=viewer, day=DAY, language="en", limit=limit, after=after)
        assert len(page.rows) <= limit
        found, after = [*found, *page.rows], page.after
        if after is None:
            break
    assert after is None
    assert tuple(found) == whole.rows


def test_the_list_is_narrowed_by_state_voice_period_and_body(record: World) -> None:
    everything = narrowed()
    assert narrowed(states=("returned",)) == {"qor-m-2.2024-h2.min-labour.implementer"}
    assert narrowed(states=("returned", "accepted")) == everything
    assert narrowed(voices=("civil_society",)) == {"qor-m-1.2024-h2.open-door.civil_society"}
    assert narrowed(periods=("2024-h1",)) | narrowed(periods=("2024-h2",)) == everything
    assert narrowed(periods=("2024-h1",), organisations=("min-old",)) == {"qor-m-2.2024-h1.min-old.implementer"}
    assert narrowed(voices=("secretariat",), organisations=("iom-like", "min-old")) == {
        "qor-m-1.2024-h2.iom-like.secretariat",
        "qor-p-1.2024-h2.iom-like.secretariat",
    }
    assert narrowed(periods=("2026-h1",)) == narrowed(states=("draft",)) == narrowed(voices=("nobody",)) == set()


def test_a_body_stands_under_its_name_of_the_day(record: World) -> None:
    record.report("qor-m-1", "2024-h1", "society", "civil_society", "begun", evidence=())
    rows = listed()
    assert of("2024-h1.open-door", rows).organisation == "Open Door"
    assert of("2024-h2.open-door", rows).organisation == "Open Door and Window"
    assert of("min-old", rows).organisation == "Ministry of Old Work", "what it became did not say it"
    ProgressReport.objects.filter(organisation__code="min-old").update(
        submitted_on=None, accepted_on=None, state="draft"
    )
    assert of("min-old", listed(OPERATOR_VIEWER)).organisation == "Ministry of Old Work"


def words(rows: tuple[ListedReport, ...]) -> str:
    return str([astuple(row) for row in rows])


def test_no_hidden_word_is_listed(record: World) -> None:
    for level in ("network", "restricted", "strictly_confidential"):
        short = level[:3]
        body, paper = record.organisations[level], Document.objects.get(code=f"paper-{short}")
        period = workplans.period(f"p-{short}")
        ReportingPeriod.objects.filter(pk=period.pk).update(title={"en": record.canary(level)}, effective=level)
        said = report(commitment=record.commitments["qor-m-1"], period=period, organisation=body, voice="civil_society")
        filed = Filed(said, Paper(date(2026, 1, 5), document=paper), accepted_on=date(2026, 1, 9))
        (row,) = enter_reports(by=BY, filed=[filed])
        classify(ProgressReport.objects.filter(pk=row.pk), "public")
    public, member, all_of_it = words(listed(PUBLIC)), words(listed()), words(listed(OPERATOR_VIEWER))
    assert len(re.findall("an organisation that is not named here", public)) == 3
    assert len(re.findall("a paper that is not shown here", public)) == 3
    assert not re.search("zqnetw|zqrestr", public)
    assert not re.search("zqrestr", member)
    assert len(set(re.findall("zqnetw[a-z]+", member))) >= 4, "title of the commitment, body, paper and period"
    assert len(set(re.findall("zqrestr[a-z]+", all_of_it))) >= 8


def test_a_hidden_code_finds_nothing(record: World) -> None:
    period = workplans.period("p-hidden")
    said = report(
        commitment=record.commitments["qor-m-5"], period=period, organisation=record.organisations["restricted"]
    )
    (row,) = enter_reports(by=BY, filed=[Filed(said, LETTER, accepted_on=date(2026, 1, 9))])
    classify(ReportingPeriod.objects.filter(pk=period.pk), "restricted")
    assert row.urn in {one.urn for one in listed(PUBLIC)}
    assert narrowed(PUBLIC, organisations=("body-res",)) == narrowed(PUBLIC, periods=("p-hidden",)) == set()
    assert len(narrowed(OPERATOR_VIEWER, organisations=("body-res",))) == 1
    assert len(narrowed(OPERATOR_VIEWER, periods=("p-hidden",))) == 1


@pytest.mark.parametrize("viewer", [PUBLIC, NETWORK, OPERATOR_VIEWER])
def test_statements_are_five_at_most_and_do_not_grow(record: World, viewer: Viewer) -> None:
    def counted(**asked: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            listed(viewer, **asked)
        return len(seen)

    def entered(number: int) -> None:
        paper = Paper(date(2026, 1, 5), document=document(f"sheet-{number}", classification="public"))
        said = report(commitment=record.commitments["qor-m-5"], period=workplans.period(f"p-{number}"))
        enter_reports(by=BY, filed=[Filed(said, paper, accepted_on=date(2026, 1, 9))])

    few = ReportFilter(("accepted",), ("implementer",), ("p-0", "p-1", "2024-h1"), ("min-justice",))
    entered(0)
    asked = [{"only": only, "limit": limit} for only in (EVERY, few) for limit in (1, 100)]
    one = [counted(**each) for each in asked]
    assert max(one) <= 5
    for number in (1, 2):
        entered(number)
    assert Organisation.objects.filter(reports__isnull=False).distinct().count() > 3
    assert [counted(**each) for each in asked] == one
