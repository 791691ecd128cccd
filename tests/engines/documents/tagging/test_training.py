"""Training: the solver against its gradient, same input same bytes, the file's form, the shipped weights' inputs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from waymark.engines.documents.tagging import linear, weights
from waymark.engines.documents.tagging.corpus import (
    Example,
    catalogue_examples,
    official_examples,
    read_examples,
    term_examples,
)
from waymark.engines.documents.tagging.features import CLASSES, CONCEPT_FEATURES, piece_table, pieces, vocabulary
from waymark.engines.documents.tagging.linear import Head, shares
from waymark.engines.documents.tagging.neighbours import votes
from waymark.engines.documents.tagging.rows import CONCEPT_SCALE, WORD_SCALE, Rows, Sparse, piece_row
from waymark.engines.documents.tagging.solver import fit, softmax
from waymark.engines.documents.tagging.terms import Term
from waymark.engines.documents.tagging.training import Sources, compiled_lexicons, fit_head, train
from waymark.engines.documents.tagging.training import sources as shipped_sources
from waymark.engines.documents.words.tokens import tokens
from waymark.engines.sheets.provisions import read_provisions
from waymark.gcm.errors import InputError

OFFICIAL = """# Objective 1
## Title: Data
We commit to count.

## Associated actions
- a. Count people who move.

# Objective 2
## Title: Causes
We commit to look at causes.

## Associated actions
- a. Help harvests.
"""


def test_the_solver_finds_where_the_gradient_is_nought() -> None:
    made = np.random.default_rng(7)
    rows = made.normal(size=(30, 6))
    wanted = np.eye(3)[made.integers(0, 3, 30)]
    counts = made.uniform(0.5, 2.0, 30)
    dual = fit(rows @ rows.T, wanted, counts, 0.5, steps=2000, near=1e-10)
    primal = np.vstack([rows.T, np.ones(30)]) @ dual
    scores = np.column_stack([rows, np.ones(30)]) @ primal
    gradient = np.column_stack([rows, np.ones(30)]).T @ (counts[:, None] * (softmax(scores) - wanted)) + 0.5 * primal
    assert np.abs(gradient).max() < 1e-6
    assert (scores.argmax(1) == wanted.argmax(1)).mean() > 0.4


def test_a_vocabulary_keeps_words_and_pairs_that_come_back() -> None:
    made = vocabulary([["labour", "migrat", "labour"], ["labour", "migrat"], ["visa"]])
    assert made.words == ("labour", "labour migrat", "migrat")
    places, values = made.features({"labour": 2, "migrat": 1, "other": 1, "labour migrat": 1})
    assert places.tolist() == [0, 2, 1]
    assert np.linalg.norm(values) == pytest.approx(1)
    assert values[0] == pytest.approx(values[1] * (1 + np.log(2)))
    assert made.features({"other": 1})[1].tolist() == []
    assert (made.of("labour"), made.of("other")) == (pytest.approx(1 + np.log(4 / 3)), pytest.approx(1 + np.log(4)))


def test_rare_words_weigh_more() -> None:
    made = vocabulary([["a", "b"], ["a", "b"], ["a"], ["a"]])
    assert made.words == ("a", "a b", "b")
    assert made.idf.tolist() == pytest.approx([1.0, 1 + np.log(5 / 3), 1 + np.log(5 / 3)])


def test_pieces_are_runs_of_four_and_five_letters_with_the_ends_marked() -> None:
    assert pieces("visa") == ["^vis", "^visa", "isa$", "visa", "visa$"]
    assert pieces("vis") == []
    assert "onsul" in set(pieces("consular")) & set(pieces("consulado"))


def test_a_row_of_pieces_is_as_long_as_its_idf_and_the_passage_of_length_one() -> None:
    cut = [["consul", "border"], ["consul", "visas"], ["border"]]
    table, words = piece_table(cut, least=1), vocabulary(cut, least=1)
    places, values = piece_row({"consul": 2, "unknown": 1}, words, table)
    assert [table.pieces[place] for place in places] == sorted(pieces("consul"))
    assert np.linalg.norm(values) == pytest.approx(1, rel=1e-5)
    assert piece_table(cut).pieces == tuple(sorted({*pieces("consul"), *pieces("border")}))


def test_the_kernel_is_the_inner_product_of_the_features(sources: Sources) -> None:
    rows = Rows(sources.examples, compiled_lexicons(sources.terms))
    kernel = rows.kernel()

    def product(first: Sparse, second: Sparse) -> float:
        other = dict(zip(second[0].tolist(), second[1].tolist(), strict=True))
        return sum(
            value * other.get(place, 0.0) for place, value in zip(*(part.tolist() for part in first), strict=True)
        )

    for i, j in ((0, 0), (0, 1), (2, 5), (0, 8)):
        same = rows.examples[i].language == rows.examples[j].language
        words = product(rows.words[i], rows.words[j]) if same else 0.0
        concepts = float(rows.concepts[i] @ rows.concepts[j])
        expected = WORD_SCALE**2 * words + product(rows.pieces[i], rows.pieces[j]) + CONCEPT_SCALE**2 * concepts
        assert kernel[i, j] == pytest.approx(expected, rel=1e-5)


def test_the_head_scores_as_the_dual_does(sources: Sources, head: Head) -> None:
    rows = Rows(sources.examples, compiled_lexicons(sources.terms))
    dual = fit(rows.kernel(), rows.wanted(), rows.weights(), head.about["penalty"])
    likeness, shares = rows.words_kernel().astype(np.float32), rows.wanted().astype(np.float32)
    near = np.array([votes(row, shares).scores() for row in likeness])
    expected = (rows.kernel() + 1.0) @ dual + near
    for number, one in enumerate(sources.examples):
        scores = head.score(tokens(one.text, one.language), rows.concepts[number], one.language).scores
        assert scores == pytest.approx(expected[number], abs=0.02)


def test_training_learns_its_passages(sources: Sources, head: Head) -> None:
    rows = Rows(sources.examples, compiled_lexicons(sources.terms))
    for number, one in enumerate(sources.examples):
        scores = head.score(tokens(one.text, one.language), rows.concepts[number], one.language)
        assert CLASSES[int(scores.scores.argmax())] == one.codes[0]


def test_the_same_input_gives_the_same_bytes(sources: Sources, tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        weights.save(fit_head(sources), tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npz", "b.npz"]


def test_a_head_is_read_as_it_was_written(head: Head, tmp_path: Path) -> None:
    weights.save(head, tmp_path / "head.npz")
    again = weights.load(tmp_path / "head.npz")
    assert again.about.items() >= head.about.items()
    assert sorted(again.languages) == ["en", "fr"]
    assert again.concepts.tolist() == head.concepts.tolist()
    assert (again.table.pieces, again.pieces.tolist()) == (head.table.pieces, head.pieces.tolist())
    for language, own in head.languages.items():
        assert again.languages[language].vocabulary.words == own.vocabulary.words
        assert again.languages[language].weights.tolist() == own.weights.tolist()


def test_a_file_that_is_no_head_is_refused(head: Head, tmp_path: Path) -> None:
    path = tmp_path / "head.npz"
    with pytest.raises(InputError, match="Learn or train again"):
        weights.load(path)
    path.write_bytes(b"PK no zip")
    with pytest.raises(InputError, match="cannot be read as the weights"):
        weights.load(path)
    weights.save(replace(head, concepts=head.concepts[:-1]), path)
    with pytest.raises(InputError, match="of version"):
        weights.load(path)


def test_a_language_without_words_is_scored_by_its_concepts(head: Head) -> None:
    scores = head.score(["x"], np.zeros(CONCEPT_FEATURES, np.float32), "ka")
    assert scores.scores.tolist() == head.bias.tolist()
    assert shares(scores, [0], 5) == [[]]


def test_the_heaviest_words_are_the_reasons(head: Head) -> None:
    scores = head.score(tokens("Divers watch the coral reef", "en"), np.zeros(CONCEPT_FEATURES, np.float32), "en")
    ((first, second), none) = shares(scores, [CLASSES.index("none"), CLASSES.index("20")], 2)
    assert first.weight >= second.weight > 0
    assert {first.words, second.words} <= set(scores.names)
    assert not {share.words for share in none} & {"coral", "reef", "coral reef"}
    everything = shares(scores, [CLASSES.index("none")], 100)[0]
    assert everything[0].weight == max(scores.parts[:, CLASSES.index("none")])


def test_scores_do_not_depend_on_what_is_remembered(head: Head, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [["immigr", "detent", "remitt", f"word{number}"] for number in range(12)]
    silence = np.zeros(CONCEPT_FEATURES, np.float32)
    expected = [replace(head).score(stems, silence, "en").scores for stems in texts]
    for room in (3, 5):  # too small for one passage; emptied again and again
        monkeypatch.setattr(linear, "REMEMBERED", room)
        small = replace(head)
        for stems, scores in zip(texts * 2, expected * 2, strict=True):
            assert small.score(stems, silence, "en").scores == pytest.approx(scores, abs=1e-5)


def test_shares_of_second_objectives_sum_to_one() -> None:
    assert Example("x", "en", ("6", "18")).shares == pytest.approx({"6": 2 / 3, "18": 1 / 3})
    assert Example("x", "en", ("none",)).shares == {"none": 1.0}


def test_examples_are_read_and_wrong_ones_named(tmp_path: Path) -> None:
    (tmp_path / "fr.csv").write_text("code,also,genre,text\n6,18 6,law,Le travail\nnone,,news,La pluie\n", "utf-8")
    assert read_examples(tmp_path) == [
        Example("Le travail", "fr", ("6", "18"), "example", "law"),
        Example("La pluie", "fr", ("none",), "example", "news"),
    ]
    for row in ("24,,law,Text", "6,none 30,law,Text", "6,,law, "):
        (tmp_path / "fr.csv").write_text(f"code,also,genre,text\n{row}\n", "utf-8")
        with pytest.raises(InputError, match=r"fr\.csv, line 2"):
            read_examples(tmp_path)


def test_the_catalogue_gives_every_objective() -> None:
    given = list(catalogue_examples())
    assert {one.codes[0] for one in given} == set(CLASSES) - {"none"}
    assert len(given) >= 200


def test_terms_become_passages_without_those_against() -> None:
    terms = [Term("gcm", "9", f"word{number}", 2) for number in range(13)]
    terms += [Term("gcm", "9", "not this", -2), Term("gcm", "context", "migrants", 1), Term("sdg", "9.1", "roads", 3)]
    made = list(term_examples({"en": terms}))
    assert [(one.codes, one.origin, len(one.text.split(". "))) for one in made] == [
        (("9",), "terms", 12),
        (("9",), "terms", 1),
    ]
    assert not any("not this" in one.text for one in made)


def test_an_official_text_is_read_from_a_given_file(tmp_path: Path) -> None:
    path = tmp_path / "compact.md"
    path.write_text(OFFICIAL, "utf-8")
    assert [(one.text, one.codes) for one in official_examples(read_provisions(path))] == [
        ("We commit to count.", ("1",)),
        ("Count people who move.", ("1",)),
        ("We commit to look at causes.", ("2",)),
        ("Help harvests.", ("2",)),
    ]
    table = tmp_path / "other.csv"
    table.write_text("code,title\nA,Words\n", "utf-8")
    with pytest.raises(InputError, match="no objective"):
        list(official_examples(read_provisions(table)))


def test_the_digest_sees_every_input(sources: Sources) -> None:
    other = Sources(sources.examples[:-1], sources.terms)
    heavier = {**sources.terms, "fr": (Term("gcm", "20", "transferts de fonds", 2), *sources.terms["fr"][1:])}
    assert len({sources.digest, other.digest, Sources(sources.examples, heavier).digest}) == 3


def test_a_head_is_trained_from_folders_and_says_what_it_is_from(tmp_path: Path) -> None:
    examples, lexicons = tmp_path / "examples", tmp_path / "lexicon"
    for folder in (examples, lexicons):
        folder.mkdir()
    (examples / "en.csv").write_text("code,also,genre,text\n20,,law,Remittances reach the village\n", "utf-8")
    (lexicons / "en.csv").write_text("framework,code,term,weight\ngcm,20,remittances,3\n", "utf-8")
    (tmp_path / "compact.md").write_text(OFFICIAL, "utf-8")
    plain = train(tmp_path / "a.npz", examples=examples, lexicons=lexicons)
    official = train(tmp_path / "b.npz", read_provisions(tmp_path / "compact.md"), examples=examples, lexicons=lexicons)
    assert plain.about["inputs"] == plain.about["shipped_inputs"] == official.about["shipped_inputs"]
    assert official.about["inputs"] != plain.about["inputs"]
    assert official.about["examples"]["official en"] == 4
    assert weights.load(tmp_path / "b.npz").about["inputs"] == official.about["inputs"]


def test_the_shipped_weights_are_made_from_the_shipped_inputs() -> None:
    head = weights.load(weights.head_path())
    assert head.about["shipped_inputs"] == shipped_sources().digest, "run `waymark documents train` again"
    assert weights.head_path().stat().st_size <= 6 * 2**20
