"""A file comes in by one act: held, corrected, read again, set aside or added, whatever others do meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories import documents, frameworks, networks, people, places
from waymark.actions.documents import Added, DocumentFacts, add_document, file_in, file_in_all
from waymark.actions.documents.learning import retag
from waymark.engines.documents.reading import walk
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.queries.documents.listing import find_document
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.documents import Document, Tag
from waymark.records.events import Event
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db

BY = Actor.operator()


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "var"
    frameworks.provision("20")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "strategy.md"
    found.write_text(f"# Chapter\n\n{documents.REMITTANCES}\n", encoding="utf-8")
    return found


def filed(path: Path, tagger: Tagger | None = None, **facts: Any) -> Added:
    return file_in(by=BY, path=path, facts=DocumentFacts(**facts), filing=documents.filing(), tagger=tagger)


def logged() -> list[str]:
    return list(Event.objects.filter(verb__startswith="document.").order_by("id").values_list("verb", flat=True))


def test_a_new_file_is_read_tagged_and_kept(path: Path) -> None:
    added = filed(path, Tagger.load("lexicon"), about=[places.orvenia()])
    assert (added.outcome, added.passages, added.changes) == ("added", 1, {})
    assert added.tags == Tag.objects.count() > 0
    assert documents.filing().file(added.document.sha256).read_bytes() == path.read_bytes()
    assert logged() == ["document.read", "document.tagged"]


def test_the_same_file_again_writes_and_logs_nothing(path: Path, tmp_path: Path) -> None:
    said = {"publisher": "Ministry (fictional)", "about": [places.orvenia()], "title": "Strategy"}
    first = filed(path, **said)
    copy = tmp_path / "copy of it.md"
    copy.write_bytes(path.read_bytes())
    for facts in (said, {}, {"publisher": "Ministry (fictional)"}):
        again = filed(copy, **facts)
        assert (again.outcome, again.document, again.passages) == ("held", first.document, 1)
    assert logged() == ["document.read"]


def test_facts_that_differ_are_taken_over_and_logged_with_before_and_after(path: Path) -> None:
    first = filed(path, publisher="Ministry (fictional)", title="Strategy")
    again = filed(path, publisher="Office (fictional)", about=[places.orvenia()], classification="public")
    assert again.outcome == "corrected"
    assert again.document.publisher == "Office (fictional)"
    assert again.document.title == {"en": "Strategy"}
    assert set(again.changes) == {"publisher", "about", "classification"}
    assert logged() == ["document.read", "document.corrected"]
    words = Event.objects.get(verb="document.corrected").detail.words["changes"]
    assert words == {
        "publisher": {"before": "Ministry (fictional)", "after": "Office (fictional)"},
        "about": {"before": [], "after": ["QOR"]},
        "classification": {"before": "network", "after": "public"},
    }
    assert first.document.passages.count() == 1


def test_a_file_set_aside_is_corrected_but_replaces_nothing(tmp_path: Path, path: Path) -> None:
    old = filed(path).document
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing else")
    assert filed(broken).outcome == "set aside"
    again = filed(broken, former=old, publisher="Office (fictional)")
    assert (again.outcome, set(again.changes)) == ("corrected", {"publisher"})
    assert not old.later_versions.exists()


def test_a_new_version_is_not_more_open_than_the_one_it_replaces(path: Path, tmp_path: Path) -> None:
    former = filed(path, classification="restricted").document
    later = tmp_path / "later.md"
    later.write_text(f"{documents.TRAFFICKING} Revised.", encoding="utf-8")
    row = filed(later, former=former).document
    assert (row.former, row.classification) == (former, "restricted")
    assert row.passages.visible_to(PUBLIC).count() == 0
    third = tmp_path / "third.md"
    third.write_text(f"{documents.TRAFFICKING} Revised again.", encoding="utf-8")
    assert filed(third, former=row, classification="public").document.classification == "public"


def test_the_beginning_of_a_hash_names_no_document_that_another_has_too(path: Path) -> None:
    row = filed(path, network=networks.network()).document
    assert find_document(row.sha256[:8], OPERATOR_VIEWER) == row
    same = filed(path, network=networks.network("other-network")).document
    with pytest.raises(NotFoundError, match=f"several files.*{row.code}.*{same.code}|{same.code}.*{row.code}"):
        find_document(row.sha256[:8], OPERATOR_VIEWER)
    assert find_document(same.code, OPERATOR_VIEWER) == same


def test_another_former_version_is_named_and_the_first_is_told(path: Path, tmp_path: Path) -> None:
    versions = []
    for number in range(2):
        one = tmp_path / f"version-{number}.md"
        one.write_text(f"{documents.TRAFFICKING} {number}", encoding="utf-8")
        versions.append(filed(one).document)
    filed(path, former=versions[0])
    again = filed(path, former=versions[1])
    assert (again.outcome, again.document.former) == ("corrected", versions[1])
    told = Event.objects.filter(subject=versions[0].urn).order_by("id").values_list("verb", flat=True)
    assert list(told) == ["document.read", "document.no_longer_replaced"]
    assert filed(path, former=versions[1]).outcome == "held"


def test_one_refusal_does_not_end_the_list(tmp_path: Path, path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, words in (("a.md", documents.TRAFFICKING), ("d.md", documents.TRAFFICKING)):
        (tmp_path / "in" / name).write_text(words, encoding="utf-8")
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF-1.7 nothing else")
    (tmp_path / "in" / "c.md").symlink_to(path)
    files = [*walk([tmp_path / "in", tmp_path / "gone.md", path])]
    came = list(file_in_all(by=BY, files=files, facts=DocumentFacts(), filing=documents.filing()))
    assert [(at.name, one.outcome if isinstance(one, Added) else type(one).__name__) for at, one in came] == [
        ("a.md", "added"), ("b.pdf", "set aside"), ("c.md", "InputError"), ("d.md", "held"),
        ("gone.md", "InputError"), ("strategy.md", "added"),
    ]  # fmt: skip


def test_who_may_file_nothing_in_is_told_before_the_first_file(path: Path) -> None:
    filing, facts = documents.filing(), DocumentFacts(network=networks.network())
    with pytest.raises(RefusedError, match="may not register"):
        next(file_in_all(by=people.alice(), files=[(path, None)], facts=facts, filing=filing))
    with pytest.raises(RefusedError, match="may not register"):
        file_in(by=people.alice(), path=path, facts=facts, filing=filing)
    assert not filing.folder.exists()


class Meanwhile(Tagger):
    """A tagger during whose work something else happens, once."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act: Callable[[], object] | None = act
        self.within: list[int] = []
        self.own = Tagger.load("lexicon")
        self.tier = self.own.tier

    def tag_one(self, text: str, language: str = "") -> Any:
        self.within.append(len(connection.atomic_blocks))
        act, self.act = self.act, None
        if act is not None:
            act()
        return self.own.tag_one(text, language)


@pytest.mark.parametrize("facts", [{}, {"publisher": "Office (fictional)"}], ids=["held", "corrected"])
def test_another_command_that_was_quicker_is_found(path: Path, facts: dict[str, Any]) -> None:
    other: list[Added] = []
    added = filed(path, Meanwhile(lambda: other.append(filed(path))), **facts)
    assert (added.outcome, added.document) == ("corrected" if facts else "held", other[0].document)
    assert Document.objects.count() == 1
    assert added.document.passages.count() == 1


def test_a_file_that_another_command_set_aside_meanwhile_is_read(path: Path) -> None:
    refusal = InputError("strategy.md", "it ends too early", expected="a whole file", todo="Ask for it again")

    def other() -> None:
        add_document(by=BY, path=path, read=refusal, facts=DocumentFacts(), filing=documents.filing())

    added = filed(path, Meanwhile(other))
    assert (added.outcome, added.document.reading, Document.objects.count()) == ("read again", "read", 1)


def test_a_version_that_was_replaced_meanwhile_is_not_replaced_twice(path: Path, tmp_path: Path) -> None:
    old = filed(path).document
    files = [tmp_path / "second.md", tmp_path / "third.md"]
    for number, one in enumerate(files):
        one.write_text(f"{documents.TRAFFICKING} {number}", encoding="utf-8")
    with pytest.raises(RefusedError, match="was replaced by doc-third already"):
        filed(files[0], Meanwhile(lambda: filed(files[1], former=old)), former=old)
    assert [row.code for row in old.later_versions.all()] == ["doc-third"]


def test_passages_are_tagged_outside_the_transaction(path: Path) -> None:
    tagger = Meanwhile(lambda: None)
    assert filed(path, tagger).tags
    assert retag(by=BY, tagger=tagger)[0] == 1
    assert tagger.within == [len(connection.atomic_blocks)] * 2, "only that of the test is open"


def test_a_provision_removed_meanwhile_gets_no_tag(path: Path) -> None:
    removed = frameworks.provision("20")
    added = filed(path, Meanwhile(lambda: removed.delete()))
    assert (added.outcome, added.tags) == ("added", Tag.objects.count())
    assert not Tag.objects.filter(provision__code="20").exists()
