from datetime import date
from pathlib import Path

import pytest

from tests.factories.claims import claim
from tests.factories.networks import network
from tests.factories.people import alice, bob
from waymark.actions.claims import ChoiceFacts, ClaimFacts, choose, record_claim
from waymark.actions.documents import file_hash, register
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.claims import Claim, ClaimChoice

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


def test_conflicting_claims_stand_side_by_side_and_one_is_chosen_by_a_rule() -> None:
    record, article = claim(), claim("2019-12-18", "Article about a meeting")
    first = choose(
        by=OPERATOR, claim=article, facts=ChoiceFacts(rule="judgement", reason="The first found", date=date(2025, 1, 1))
    )
    second = choose(
        by=OPERATOR, claim=record, facts=ChoiceFacts(rule="official_record", reason="The record of the vote says so")
    )
    assert first.pk == second.pk
    assert ClaimChoice.objects.get().claim == record
    assert Claim.objects.count() == 2
    assert {row.code for row in Claim.objects.all()} == {"position.qor.gcm.date", "position.qor.gcm.date-2"}


def test_a_claim_names_its_source_and_is_recorded_once() -> None:
    given = {"by": OPERATOR, "subject": "urn:waymark:local:network:x", "attribute": "founded"}
    with pytest.raises(RefusedError, match="needs its source"):
        record_claim(**given, facts=ClaimFacts(value="2020"))
    record_claim(**given, facts=ClaimFacts(value="2020", source="Report"))
    with pytest.raises(RefusedError, match="cannot be stored"):
        record_claim(**given, facts=ClaimFacts(value="2020", source="Report"))
    with pytest.raises(RefusedError, match="needs a reason in words"):
        choose(by=OPERATOR, claim=Claim.objects.get(), facts=ChoiceFacts(rule="judgement", reason=""))


def test_who_keeps_claims() -> None:
    mine = record_claim(
        by=bob(),
        network=network(),
        subject=network(),
        attribute="founded",
        facts=ClaimFacts(value="2020", source="Report"),
    )
    assert mine.subject == network().urn
    with pytest.raises(RefusedError, match="may not register"):
        record_claim(
            by=alice(), network=network(), subject=network(), attribute="a", facts=ClaimFacts(value="b", source="c")
        )
    with pytest.raises(RefusedError, match="may not register"):
        choose(by=alice(), claim=mine, facts=ChoiceFacts(rule="judgement", reason="Mine"))
    assert choose(by=bob(), claim=mine, facts=ChoiceFacts(rule="judgement", reason="Only one")).post == bob().post


def test_a_document_keeps_the_hash_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"abc")
    row = register(by=OPERATOR, code="d1", title="Minutes", file=path, language="en")
    assert row.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (row.size, row.file_name) == (3, "minutes.txt")
    assert file_hash(path) == (row.sha256, 3)
    assert register(by=OPERATOR, code="d2", title="Page", url="https://example.org").sha256 == ""


def test_a_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        register(by=OPERATOR, code="d1", title="Gone", file=tmp_path / "gone.pdf")
    with pytest.raises(RefusedError, match="passed on only with a licence"):
        register(by=OPERATOR, code="d1", title="Free", redistributable=True)
    with pytest.raises(RefusedError, match="may not register"):
        register(by=alice(), network=network(), code="d1", title="Mine")
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    register(by=bob(), network=network(), code="d1", title="One", file=path)
    with pytest.raises(RefusedError, match="cannot be stored"):
        register(by=bob(), network=network(), code="d2", title="Two", file=path)
