"""An organisation rates a measure without giving its name: counted apart, shown only from three on."""

from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.people import alice, bob
from waymark.actions.consultations import (
    AnswerFacts,
    ContributionFacts,
    Given,
    answer,
    by_receipt,
    contribute_anonymously,
    publish_contribution,
    receipt_hash,
    withdraw_by_receipt,
)
from waymark.gcm.errors import NotFoundError, RefusedError
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.organisations.reading import organisations_on
from waymark.records.consultations import Contribution
from waymark.records.events import Event
from waymark.records.reports import ProgressReport
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db

DAY = date(2025, 2, 3)


def rate(step: str = "begun") -> Given:
    row = commitment(classification="public")
    return contribute_anonymously(
        consultation=consultation(),
        on=DAY,
        facts=ContributionFacts(commitment=row, scale="completion-5", rating=step, text="We see little."),
    )


def shown() -> int:
    """How many contributed ratings a public reader is told of."""
    book = organisations_on(DAY, PUBLIC, "en")
    (view,) = commitments_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book)
    return view.contributions


def test_nothing_about_the_writer_is_kept_or_logged() -> None:
    consultation()
    commitment(classification="public")
    before = Event.objects.count()
    row = rate().contribution
    assert Event.objects.count() == before
    assert (row.name, row.organisation, row.date, row.name_kind) == ("", None, None, "anonymous")


def test_neither_key_nor_code_tells_the_order() -> None:
    rows = [rate().contribution for _ in range(12)]
    assert [row.pk for row in rows] != sorted(row.pk for row in rows)
    assert [row.code for row in rows] != sorted(row.code for row in rows)


def test_the_receipt_code_is_stored_as_a_hash_only_and_opens_the_contribution() -> None:
    given = rate()
    assert given.receipt not in str(list(Contribution.objects.values_list()))
    assert given.contribution.receipt_hash == receipt_hash(given.receipt)
    assert by_receipt(given.receipt.lower().replace("-", " ")) == given.contribution
    with pytest.raises(RefusedError, match="No contribution has this receipt code"):
        by_receipt("AAAAA-AAAAA-AAAAA-AAAAA")


def test_ratings_are_counted_apart_and_shown_only_from_three_on() -> None:
    for expected in (0, 0, 3, 4):
        publish_contribution(by=bob(), contribution=rate().contribution)
        assert shown() == expected
    assert not ProgressReport.objects.exists()


def test_a_rating_that_is_not_published_does_not_count() -> None:
    for _ in range(3):
        rate()
    assert shown() == 0


def test_a_withdrawn_contribution_loses_its_words_and_counts_no_more() -> None:
    given = [rate() for _ in range(3)]
    for one in given:
        publish_contribution(by=bob(), contribution=one.contribution)
    row = withdraw_by_receipt(receipt=given[0].receipt)
    assert (row.state, row.text, row.rating) == ("withdrawn", {}, "")
    assert shown() == 0
    with pytest.raises(RefusedError, match="is withdrawn"):
        withdraw_by_receipt(receipt=given[0].receipt)


def test_it_gets_a_reasoned_answer() -> None:
    row = rate().contribution
    with pytest.raises(RefusedError, match="needs a reason"):
        answer(by=bob(), contribution=row, facts=AnswerFacts(kind="partly", reason="", date=DAY))
    with pytest.raises(RefusedError, match="open consultations and answer"):
        answer(by=alice(), contribution=row, facts=AnswerFacts(kind="partly", reason="No", date=DAY))
    reply = answer(
        by=bob(), contribution=row, facts=AnswerFacts(kind="partly", reason="Two towns were added.", date=DAY)
    )
    assert reply.post == bob().post


@pytest.mark.parametrize("day", [date(2025, 1, 31), date(2025, 3, 1)])
def test_outside_its_days_a_consultation_takes_nothing(day: date) -> None:
    with pytest.raises(RefusedError, match="lies outside"):
        contribute_anonymously(
            consultation=consultation(), on=day, facts=ContributionFacts(text="Too soon or too late")
        )


def test_a_rating_names_its_commitment_and_a_step_of_its_scale() -> None:
    with pytest.raises(RefusedError, match="needs the commitment"):
        contribute_anonymously(
            consultation=consultation(), on=DAY, facts=ContributionFacts(scale="completion-5", rating="begun")
        )
    with pytest.raises(NotFoundError, match="splendid"):
        rate("splendid")
