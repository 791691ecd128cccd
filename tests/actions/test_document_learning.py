"""Learning from persons' tags: kept when nothing gets worse, refused when it does, and never from hidden documents."""

from pathlib import Path

import pytest

from tests.factories import documents, frameworks, networks, people
from waymark.actions import documents as acts
from waymark.actions.documents.learning import learn_from_persons, persons_examples, retag
from waymark.engines.documents.tagging import learning
from waymark.engines.documents.tagging.corpus import read_examples
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.tagging.weights import head_path
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document, Tag

pytestmark = pytest.mark.django_db
BY = Actor.operator()


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path / "var"


def judged(path: Path, texts: list[str], code: str, **facts) -> Document:
    """A document whose every passage a person gave one objective."""
    row = documents.added(path, *texts, tags=False, **facts).document
    for passage in row.passages.order_by("position"):
        acts.judge(by=BY, passage=passage, provision=frameworks.provision(code))
    return row


def test_what_persons_said_becomes_examples(tmp_path: Path) -> None:
    row = judged(tmp_path / "a.md", [documents.REMITTANCES, documents.TRAFFICKING, "Roads.", "Rivers."], "20")
    first, second, third, fourth = row.passages.order_by("position")
    acts.judge(by=BY, passage=first, provision=frameworks.provision("9"))
    acts.judge(by=BY, passage=second, provision=frameworks.provision("20"), verdict="does_not")
    acts.judge(by=BY, passage=third, provision=frameworks.provision("20"), verdict="does_not")
    acts.judge(by=BY, passage=third, provision=None, verdict="none")
    acts.judge(by=people.bob() if row.network else BY, passage=fourth, provision=frameworks.provision("10.7", "sdg"))
    found = {example.text: example.codes for example in persons_examples()}
    assert found == {documents.REMITTANCES: ("9", "20"), "Roads.": ("none",), "Rivers.": ("20",)}


def test_words_of_hidden_documents_are_never_learned(tmp_path: Path) -> None:
    judged(tmp_path / "a.md", [documents.REMITTANCES], "20", classification="restricted", network=networks.network())
    assert persons_examples() == []


def test_too_few_tags_are_refused(tmp_path: Path) -> None:
    judged(tmp_path / "a.md", [documents.REMITTANCES], "20")
    with pytest.raises(InputError, match="too few to learn from"):
        learn_from_persons(by=BY, base=head_path(), out=tmp_path / "learned.npz")
    with pytest.raises(RefusedError, match="may not run the installation"):
        learn_from_persons(by=people.bob(), base=head_path(), out=tmp_path / "learned.npz")
    assert not (tmp_path / "learned.npz").exists()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every eighth of the shipped examples: the time to learn grows with the square of their number."""
    monkeypatch.setattr(learning, "read_examples", lambda: read_examples()[::8])


@pytest.mark.slow
@pytest.mark.usefixtures("few")
def test_learned_words_are_kept_and_used_unless_something_gets_worse(tmp_path: Path) -> None:
    out = tmp_path / "tagging" / "learned.npz"
    invented = [
        f"The zamtari of district {number} met twice and noted who came to the zamtari in the month."
        for number in range(30)
    ]
    right = judged(tmp_path / "right.md", invented, "20")
    learned = learn_from_persons(by=BY, base=head_path(), out=out)
    assert learned.evaluation.persons_after.reciprocal > learned.evaluation.persons_before.reciprocal
    again = "A zamtari was opened in the harbour."
    assert (
        Tagger.load("best", out).judge(again, "en").objectives[19]
        > Tagger.load("best").judge(again, "en").objectives[19]
    )

    own = next(iter(right.passages.order_by("position")))
    acts.judge(by=BY, passage=own, provision=frameworks.provision("1"))
    persons = Tag.objects.by_persons().count()
    assert retag(by=BY, tagger=Tagger.load("best", out))[0] == 30
    assert Tag.objects.by_persons().count() == persons

    kept = out.read_bytes()
    wrong = [one.text for one in read_examples() if one.codes == ("20",)][:40]
    judged(tmp_path / "wrong.md", wrong, "9")
    refused = learn_from_persons(by=BY, base=head_path(), out=out)
    assert not refused.accepted
    assert refused.evaluation.worse
    assert out.read_bytes() == kept
