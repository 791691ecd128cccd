"""Yes-or-no series in a review: what one answer says, and what a source says that writes only the wanted answer."""

from pathlib import Path

import pytest

from tests.queries.test_added_files import added, built
from waymark.engines.printing.movements import named_in
from waymark.gcm.indicators import IndicatorDefinition, indicators
from waymark.gcm.periods import spans
from waymark.gcm.traits import NAMED_ONLY
from waymark.papers.files import assessment_rows
from waymark.papers.statistics import latest_sentence, old_sentence, statistic_sentence
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.course import answered
from waymark.queries.reviews.views import ReviewData

pytestmark = pytest.mark.usefixtures("record")

BINARY = [one for one in indicators() if "binary" in one.traits]
NAMED = [one for one in BINARY if NAMED_ONLY in one.traits]
OTHERS = [one for one in BINARY if NAMED_ONLY not in one.traits]
YEARS = tuple(range(2015, 2021))


def review_of(folder: Path, definition: IndicatorDefinition, **years: tuple[int, ...]) -> ReviewData:
    """The review of the invented country, with a yes in these years of each country."""
    rows = "".join(
        f"{definition.series},{place},{year},1,{definition.unit},,C\n" for place, own in years.items() for year in own
    )
    added(folder, "file", rows)
    return built(folder)


@pytest.mark.parametrize("definition", NAMED, ids=lambda one: one.code)
def test_where_only_yes_is_written_the_years_without_the_country_are_said_and_nothing_is_judged(
    tmp_path: Path, definition: IndicatorDefinition
) -> None:
    data = review_of(tmp_path, definition, QOR=(2015, 2016), PRT=YEARS)
    statistic = data.statistics[definition.code]
    assert statistic.unnamed == (2017, 2018, 2019, 2020)
    assert not statistic.assessed
    assert not statistic.too_old
    for sentence in (statistic_sentence, old_sentence, latest_sentence):
        said = plain(sentence(Writer(data), statistic))
        assert "yes in 2015–2016. Not named in 2017–2020, when the source names other countries" in said
        assert "limit" not in said
        assert "On track" not in said
    judged = [row for row in assessment_rows(data) if row[0] == definition.code]
    assert judged
    assert {row[9] for row in judged} == {"the source writes only the answer yes"}
    assert {row[5] for row in judged} == {""}


@pytest.mark.parametrize("definition", NAMED, ids=lambda one: one.code)
def test_a_country_that_the_source_names_to_the_end_is_not_said_to_be_missing(
    tmp_path: Path, definition: IndicatorDefinition
) -> None:
    data = review_of(tmp_path, definition, QOR=YEARS, PRT=(2014, 2015))
    statistic = data.statistics[definition.code]
    assert statistic.unnamed == ()
    assert "Not named" not in plain(statistic_sentence(Writer(data), statistic))


@pytest.mark.parametrize("definition", OTHERS, ids=lambda one: one.code)
def test_one_answer_is_said_to_be_the_wanted_one_and_no_target_stands_beside_it(
    tmp_path: Path, definition: IndicatorDefinition
) -> None:
    data = review_of(tmp_path, definition, QOR=(2019,))
    said = plain(statistic_sentence(Writer(data), data.statistics[definition.code]))
    assert "(no target stated)" not in said
    assert "(the wanted answer was given in 2019)" in said
    judged = [row for row in assessment_rows(data) if row[0] == definition.code]
    assert {(row[14], row[15]) for row in judged} == {(None, None)}


def test_only_the_wanted_answer_is_called_so() -> None:
    up = OTHERS[0]
    assert [answered(up, 2019, value) for value in (1.0, 0.0, None)] == [2019, None, None]
    share = next(one for one in indicators() if "binary" not in one.traits)
    assert answered(share, 2019, 1.0) is None


def test_years_that_follow_one_another_are_one_span() -> None:
    assert spans([2010, 2016, 2015, 2015]) == ["2010", "2015-2016"]
    assert spans([]) == []
    with pytest.raises(ValueError, match="no year"):
        named_in("A law", [])
