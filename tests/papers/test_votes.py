"""How a country voted on the Compact: the votes that sources name stand in every review, the others are not guessed."""

from datetime import date

import pytest

from tests.papers.views import review, view
from waymark.engines.printing.blocks import Paragraph
from waymark.gcm.frameworks import framework
from waymark.gcm.lists import Stance
from waymark.gcm.votes import votes, votes_of
from waymark.papers.matters import position
from waymark.papers.process import position_words, positions
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.reviews.positions import Positions, positions_of
from waymark.queries.reviews.views import PositionView
from waymark.queries.sources.reading import SourceBook
from waymark.records.viewers import PUBLIC

AGAINST = {"CZE", "HUN", "ISR", "POL", "USA"}
ABSTAINED = {"AUS", "AUT", "BGR", "CHE", "CHL", "DZA", "ITA", "LBY", "LIE", "LVA", "ROU", "SGP"}
NOTHING = Positions((), {})


def told(place: str, day: date = date(2026, 5, 8)) -> tuple[tuple[PositionView, ...], SourceBook]:
    book = SourceBook()
    taken = positions_of(place, viewer=PUBLIC, day=day, language="en", organisations=None, sources=book, rows=NOTHING)  # type: ignore[arg-type]  # no row names an organisation
    return taken, book


def test_the_catalogue_names_who_voted_against_the_compact_and_who_abstained() -> None:
    named = {stance: {one.place for one in votes() if one.stance == stance} for stance in Stance}
    assert (named[Stance.VOTED_AGAINST], named[Stance.ABSTAINED]) == (AGAINST, ABSTAINED)
    assert len(votes()) == len(AGAINST | ABSTAINED)
    assert {(one.framework, one.date) for one in votes()} == {("gcm", framework("gcm").date)}
    assert votes_of("FRA") == ()


@pytest.mark.parametrize("place", sorted(AGAINST | ABSTAINED))
def test_the_review_of_a_country_that_a_source_names_says_its_vote_with_the_sources_and_their_mark(place: str) -> None:
    (one,), book = told(place)
    assert one.stance == ("voted against" if place in AGAINST else "abstained")
    assert (one.date, one.mark, one.source.split("\n")) == ("2018-12-19", "secondary", list(book.sources))
    assert all(source.address and source.publisher for source in book.sources.values())
    assert not any(source.title[:1].islower() for source in book.sources.values())
    assert told(place, date(2018, 12, 18))[0] == ()


def test_of_another_country_the_review_says_that_no_roll_call_is_held_and_where_to_look() -> None:
    assert told("FRA")[0] == ()
    said = " ".join(plain(one.runs) for one in positions(Writer(review())) if isinstance(one, Paragraph))
    assert "Waymark holds no roll call of the vote on the Compact on 19 December 2018." in said
    assert "name the 5 States that voted against and the 12 that abstained" in said
    assert "A/73/PV.60" in said


@pytest.mark.parametrize("stance", list(Stance))
def test_every_stance_makes_a_sentence_with_the_text_it_is_about(stance: Stance) -> None:
    taken = view(PositionView, holder="Orvenia", subject="Global Compact", stance=stance.label)
    matter = position(Writer(review(positions=(taken,))))
    assert matter is not None
    assert plain(matter.says) in {
        f"Orvenia {words} the Global Compact."
        for words in (
            "voted for", "voted against", "abstained in the vote on", "did not vote on", "joined the adoption of",
            "supported", "supported parts of", "took note of", "made a reservation to", "withdrew from",
        )
    }  # fmt: skip


@pytest.mark.parametrize("mark", ["", "secondary"])
def test_what_rests_on_second_hand_sources_names_no_paper_as_if_it_said_so(mark: str) -> None:
    taken = view(PositionView, note="The roll call was not read.", entered_from="Recording", mark=mark)
    said = plain(position_words(Writer(review(positions=(taken,))), taken))
    assert said == "The roll call was not read." + ("" if mark else " Entered from a paper: Recording.")
