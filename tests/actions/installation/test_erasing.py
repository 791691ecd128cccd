"""Erasing words: under a rule, with an event and a line of the register; made again after a restore."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.commitments import commitment
from tests.factories.people import alice
from waymark.actions.installation.erasing import erase_again, erase_words
from waymark.actions.installation.sealing import seal
from waymark.engines.safekeeping.published import ERASURES, Erasure, Published
from waymark.gcm.errors import OutputError, RefusedError
from waymark.queries.installation.log import verify_log
from waymark.records.actors import Actor
from waymark.records.events import ERASED, Event, EventDetail
from waymark.records.seals import digest

ON = date(2026, 5, 8)
LATER = date(2999, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def published(tmp_path: Path) -> Published:
    commitment()
    folder = Published(tmp_path / "heads")
    seal(by=Actor.system(), day=LATER, published=folder)
    return folder


def test_words_are_erased_under_a_rule_and_the_log_stays_whole(published: Published) -> None:
    event = Event.objects.get(verb="commitment.proposed")
    with pytest.raises(RefusedError, match="named rule"):
        erase_words(by=Actor.operator(), event=event, rule=" ", on=ON, published=published)
    with pytest.raises(RefusedError, match="may not run the installation"):
        erase_words(by=alice(), event=event, rule="R5", on=ON, published=published)
    detail = erase_words(by=Actor.operator(), event=event, rule="R5", on=ON, published=published)
    assert (detail.words, detail.salt, detail.erased_rule) == ({}, "", "R5")
    assert published.erasures() == (Erasure(event.network, event.number, event.digest, "R5", "2026-05-08"),)
    logged = Event.objects.get(verb=ERASED)
    assert (logged.subject, logged.network) == (event.urn, event.network)
    assert logged.detail.words["changes"] == {"rule": "R5", "on": "2026-05-08"}
    assert verify_log(published).faults == ()
    with pytest.raises(RefusedError, match="were erased on"):
        erase_words(by=Actor.operator(), event=event, rule="R5", on=ON, published=published)


def test_the_register_holds_no_words(published: Published) -> None:
    event = Event.objects.get(verb="commitment.proposed")
    said = str(event.detail.words)
    assert "operator" in said
    erase_words(by=Actor.operator(), event=event, rule="R5", on=ON, published=published)
    text = (published.folder / ERASURES).read_text("utf-8")
    assert "operator" not in text
    assert event.subject not in text


def test_nothing_is_erased_when_the_register_cannot_be_written(published: Published, tmp_path: Path) -> None:
    event = Event.objects.get(verb="commitment.proposed")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="Nothing was sealed or erased"):
        erase_words(
            by=Actor.operator(), event=event, rule="R5", on=ON, published=Published(tmp_path / "file" / "heads")
        )
    assert EventDetail.objects.get(event=event).erased_on is None
    assert not Event.objects.filter(verb=ERASED).exists()


def test_an_erasure_that_the_record_forgot_is_made_again(published: Published) -> None:
    event = Event.objects.get(verb="commitment.proposed")
    kept = EventDetail.objects.get(event=event)
    erase_words(by=Actor.operator(), event=event, rule="R5", on=ON, published=published)
    EventDetail.objects.filter(event=event).update(
        salt=kept.salt, words=kept.words, erased_on=None, erased_rule=""
    )  # as an old backup would
    assert [fault.kind for fault in verify_log(published).faults] == ["erasure undone"]
    register = (published.folder / ERASURES).read_bytes()
    assert erase_again(by=Actor.operator(), published=published, day=ON) == 1
    detail = EventDetail.objects.get(event=event)
    assert (detail.words, detail.salt, detail.erased_on, detail.erased_rule) == ({}, "", ON, "R5")
    assert (published.folder / ERASURES).read_bytes() == register
    assert verify_log(published).faults == ()
    assert erase_again(by=Actor.operator(), published=published, day=ON) == 0


def test_another_event_under_the_same_number_is_left_alone(published: Published) -> None:
    event = Event.objects.get(verb="commitment.proposed")
    published.register(Erasure(event.network, event.number, digest("other", {}), "R5", "2026-05-08"))
    assert erase_again(by=Actor.operator(), published=published, day=ON) == 0
    assert EventDetail.objects.get(event=event).erased_on is None
