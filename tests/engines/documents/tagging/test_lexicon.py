"""Terms: how the file is read, how they are found, what wins, what repeats add, which words are given as reasons."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.tagging.lexicon import CompiledLexicon, Evidence, Target
from waymark.engines.documents.tagging.terms import CONTEXT, NONE, Term, read_lexicons, read_terms
from waymark.engines.documents.words.tokens import spans
from waymark.gcm.errors import InputError
from waymark.gcm.frameworks import provisions

HEAD = "framework,code,term,weight,mark,note\n"


def objective(number: int) -> Target:
    return Target("gcm", str(number))


def find(text: str, *terms: tuple[str, str, float], language: str = "en") -> Evidence:
    rows = [Term("gcm", code, term, weight) for code, term, weight in terms]
    return CompiledLexicon(rows, language).find(spans(text, language))


def words(text: str, evidence: Evidence, number: int) -> list[str]:
    return [found.words(text) for _, found in evidence.reasons(objective(number))]


def test_a_term_is_found_on_stems_and_its_words_are_those_of_the_text() -> None:
    text = "New rules for Border-Crossing points."
    evidence = find(text, ("11", "border crossings", 3))
    assert evidence.scores == {objective(11): 3}
    assert words(text, evidence, 11) == ["Border-Crossing"]


def test_a_longer_term_wins_over_the_terms_it_contains() -> None:
    text = "Migrant smuggling rose; smuggling of goods did not."
    evidence = find(text, ("9", "migrant smuggling", 3), ("9", "smuggling", 1), ("7", "migrant", 1))
    assert evidence.scores == {objective(9): 4}


def test_terms_that_overlap_are_both_found() -> None:
    assert find("labour migration data", ("5", "labour migration", 2), ("1", "migration data", 3)).scores == {
        objective(5): 2,
        objective(1): 3,
    }


def test_layers_do_not_hide_each_other() -> None:
    lexicon = CompiledLexicon(
        [Term("gcm", "20", "cost of remittances", 3), Term("sdg", "10.c", "remittances", 3)], "en"
    )
    assert lexicon.find(spans("The cost of remittances fell", "en")).scores == {
        Target("gcm", "20"): 3,
        Target("sdg", "10.c"): 3,
    }


def test_repeats_count_less_and_less() -> None:
    assert find("visa", ("5", "visa", 2)).scores[objective(5)] == 2
    assert find("visa visa", ("5", "visa", 2)).scores[objective(5)] == 3
    assert find("visa " * 40, ("5", "visa", 2)).scores[objective(5)] == pytest.approx(4)


def test_two_words_within_the_window_in_any_order() -> None:
    term = ("22", "pension + portable", 3)
    near = "Portable rights, among them a pension."
    assert words(near, find(near, term), 22) == ["Portable … pension"]
    assert find("pension " + "and so on " * 5 + "portable", term).scores == {}
    for between, scores in ((14, {objective(22): 3.0}), (15, {})):
        assert find("pension " + "so " * between + "portable", term).scores == scores
    assert find("a pension only", term).scores == {}


def test_a_part_is_found_inside_a_longer_term() -> None:
    evidence = find(
        "immigration detention of a child", ("13", "immigration detention", 3), ("13", "child + detention", 2)
    )
    assert evidence.scores == {objective(13): 5}


def test_a_negative_weight_speaks_against() -> None:
    assert find("currency smuggling", ("9", "smuggling", 2), ("9", "currency smuggling", -2)).scores == {
        objective(9): -2
    }


def test_the_heavier_of_two_terms_with_the_same_stems_counts() -> None:
    assert find("visas", ("5", "visa", 1), ("5", "visas", 3)).scores == {objective(5): 3}


def test_one_term_may_speak_for_several_codes() -> None:
    assert find("labour inspection", ("6", "labour inspection", 3), ("16", "labour inspection", 1)).scores == {
        objective(6): 3,
        objective(16): 1,
    }


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("zh", "移民数据", "各国收集移民数据。"),
        ("ar", "بيانات الهجرة", "تجمع الدول بيانات الهجرة كل سنة"),
        ("ru", "данные о миграции", "Страны собирают данные о миграции."),
        ("ka", "საზღვრის მართვა", "ქვეყანა აუმჯობესებს საზღვრის მართვას."),
        ("fr", "données migratoires", "L’usage des données migratoires"),
        ("es", "datos migratorios", "Los datos migratorios"),
    ],
)
def test_every_language_of_the_lexicons_is_matched(language: str, term: str, text: str) -> None:
    evidence = find(text, ("1", term, 3), language=language)
    assert evidence.scores == {objective(1): 3}
    assert words(text, evidence, 1)[0] in text


@given(st.lists(st.sampled_from(["migrants", "data", "border", "visa", "of", "the", "return", "pension"]), max_size=60))
def test_reasons_stand_in_the_text_and_sum_to_the_score(chosen: list[str]) -> None:
    text = " ".join(chosen)
    evidence = find(text, ("1", "data", 2), ("1", "migrants data", 3), ("1", "border + pension", 1), ("1", "visa", -1))
    rows = evidence.reasons(objective(1))
    assert sum(weight for weight, _ in rows) == pytest.approx(evidence.scores.get(objective(1), 0.0))
    for _, found in rows:
        assert all(part in text for part in found.words(text).split(" … "))


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "en.csv").write_text(HEAD + "gcm,1,migration data,3,proposal,\nsdg,10.7,safe migration,2,,\n", "utf-8")
    (tmp_path / "fr.csv").write_text(HEAD + "gcm,none,marché obligataire,-1.5,proposal,\n", "utf-8")
    assert read_lexicons(tmp_path) == {
        "en": (Term("gcm", "1", "migration data", 3, "proposal"), Term("sdg", "10.7", "safe migration", 2, "")),
        "fr": (Term("gcm", "none", "marché obligataire", -1.5, "proposal"),),
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("framework,code,term\n", "column weight is missing"),
        (HEAD + "gdpr,1,data,3,,\n", "line 2: .*no provision"),
        (HEAD + "gcm,,data,3,,\n", "line 2: .*no provision"),
        (HEAD + "gcm,1,data,3,,\ngcm,1,,3,,\n", "line 3: .*cannot be used"),
        (HEAD + "gcm,1,data,heavy,,\n", 'weight "heavy"'),
        (HEAD + "gcm,1,data,3.5,,\n", 'weight "3.5"'),
        (HEAD + "gcm,1,data,nan,,\n", 'weight "nan"'),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "en.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=says):
        read_terms(path)


def test_the_shipped_terms_name_codes_of_the_catalogue() -> None:
    known = {code: {one.code for one in provisions(code)} for code in ("gcm", "sdg", "pd-2022")}
    lexicons = read_lexicons()
    assert {"en", "fr", "es"} <= set(lexicons)
    every = [term for terms in lexicons.values() for term in terms]
    stray = [term for term in every if term.code not in known.get(term.framework, set()) | {CONTEXT, NONE}]
    # A target that the catalogue does not list is left out by the tagger; its goal must be known all the same.
    assert [term for term in stray if term.framework != "sdg" or term.code.split(".")[0] not in known["sdg"]] == []
