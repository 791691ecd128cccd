"""A regional review is made from seven national ones.

Four are editions of this installation, two were received from elsewhere, one is only a Word file.
"""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tests.factories.documents import document
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import secretariat
from tests.factories.people import alice, holder
from tests.factories.reviews import cycle, published, review
from waymark.actions.documents import register
from waymark.actions.reviews import FindingFacts, SourceFacts
from waymark.actions.reviews.findings import add_finding
from waymark.actions.reviews.sources import add_source, check_source, reject_source, use_source
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.editions import Edition
from waymark.records.networks import Network
from waymark.records.reviews import Review, ReviewSource

pytestmark = pytest.mark.django_db

DAY = date(2025, 9, 1)
FAR_HASH = "c" * 64


def cleared_by(within: Network) -> tuple[Actor, Actor]:
    chair = holder(f"una-{within.code}", "co_chair", secretariat(), within)
    return chair, holder(f"vid-{within.code}", "validator", secretariat(), within)


def national(code: str) -> Edition:
    """The published edition of one national review of this installation."""
    within = network(code)
    return published(review(f"{code}-2024", network=within), cleared_by(within), on=DAY)


@pytest.fixture
def regional() -> Review:
    row = review("region-2025", cycle=cycle("region-2025", "regional"), network=network("region", level="regional"))
    cycle("region-2025").feeds.add(cycle())
    return row


def gather(row: Review, tmp_path: Path) -> list[ReviewSource]:
    operator = Actor.operator()
    sources = [
        add_source(by=operator, review=row, facts=SourceFacts(kind="local_edition", title=code, edition=national(code)))
        for code in ("land-a", "land-b", "land-c", "land-d")
    ]
    sources += [
        add_source(
            by=operator,
            review=row,
            facts=SourceFacts(
                kind="received_edition",
                title=f"Far {number}",
                edition_urn=f"urn:waymark:elsewhere:edition:far-{number}.v1",
                signature="signed",
                received_on=DAY,
            ),
        )
        for number in (1, 2)
    ]
    word = tmp_path / "review.docx"
    word.write_bytes(b"not much of a review")
    file = register(by=operator, code="far-3-word", title="Review of Far 3", file=word, network=row.network)
    sources.append(
        add_source(
            by=operator, review=row, facts=SourceFacts(kind="file", title="Far 3", document=file, received_on=DAY)
        )
    )
    return sources


def found_hash(source: ReviewSource) -> str:
    if source.edition is not None:
        return source.edition.hash
    return source.document.sha256 if source.document else FAR_HASH


def test_seven_sources_are_received_checked_and_used(regional: Review, tmp_path: Path) -> None:
    for source in gather(regional, tmp_path):
        check_source(by=Actor.operator(), source=source, sha256=found_hash(source), on=DAY)
        use_source(by=Actor.operator(), source=source)
        add_finding(
            by=Actor.operator(),
            review=regional,
            facts=FindingFacts(kind="progress", text="Seen here.", provision=provision(), review_source=source),
        )
    assert regional.sources.filter(state="used").count() == 7
    kinds = regional.sources.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["local_edition"] * 4 + ["received_edition"] * 2 + ["file"]
    assert regional.findings.count() == 7
    assert list(regional.cycle.feeds.values_list("code", flat=True)) == ["imrf-2026"]
    word = regional.sources.get(kind="file")
    assert word.hash == hashlib.sha256(b"not much of a review").hexdigest()


def test_a_source_with_another_hash_than_its_own_is_not_checked(regional: Review, tmp_path: Path) -> None:
    first = gather(regional, tmp_path)[0]
    with pytest.raises(RefusedError, match="Reject it"):
        check_source(by=Actor.operator(), source=first, sha256=FAR_HASH, on=DAY)
    with pytest.raises(RefusedError, match="give a reason"):
        reject_source(by=Actor.operator(), source=first, note="")
    assert reject_source(by=Actor.operator(), source=first, note="Wrong hash").state == "rejected"


def test_a_finding_rests_on_a_used_source_of_the_same_review(regional: Review) -> None:
    source = add_source(
        by=Actor.operator(), review=regional, facts=SourceFacts(kind="file", title="Word", document=document())
    )
    said = FindingFacts(kind="progress", text="Seen", review_source=source)
    with pytest.raises(RefusedError, match="no used source"):
        add_finding(by=Actor.operator(), review=regional, facts=said)
    check_source(by=Actor.operator(), source=source, sha256="d" * 64, on=DAY)
    with pytest.raises(RefusedError, match="no used source"):
        add_finding(by=Actor.operator(), review=regional, facts=said)
    use_source(by=Actor.operator(), source=source)
    assert add_finding(by=Actor.operator(), review=regional, facts=said).review_source == source
    with pytest.raises(RefusedError, match="no used source"):
        add_finding(by=Actor.operator(), review=review(), facts=said)


def test_a_source_is_not_used_before_it_is_checked_and_not_by_outsiders(regional: Review) -> None:
    source = add_source(
        by=Actor.operator(), review=regional, facts=SourceFacts(kind="file", title="Word", document=document())
    )
    with pytest.raises(RefusedError, match="is received, so one cannot use it"):
        use_source(by=Actor.operator(), source=source)
    with pytest.raises(RefusedError, match="may not draft reviews"):
        check_source(by=alice(), source=source, sha256="d" * 64, on=DAY)


def test_a_received_edition_names_its_urn(regional: Review) -> None:
    with pytest.raises(RefusedError, match="received from another with its URN"):
        add_source(by=Actor.operator(), review=regional, facts=SourceFacts(kind="received_edition", title="No name"))
