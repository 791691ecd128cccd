"""The tagger as a whole: rankings, reasons, "none of them", languages, odd texts, and the shipped tiers."""

import hashlib

import pytest
from hypothesis import given as given_by
from hypothesis import settings as limits
from hypothesis import strategies as st

from waymark.engines.documents.model import Scored
from waymark.engines.documents.tagging.linear import Head
from waymark.engines.documents.tagging.settings import Settings
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.tagging.terms import Term

TEXT = "Migrants pay high fees when they send remittances; the transfer takes days."


def codes(ranking: tuple[Scored, ...]) -> list[str]:
    return [one.code for one in ranking]


def words(ranking: tuple[Scored, ...], code: str) -> list[str]:
    return [reason.text for one in ranking if one.code == code for reason in one.reasons]


def test_the_right_objective_comes_first_with_its_words(tagger: Tagger) -> None:
    tagged = tagger.tag_one(TEXT, "en")
    assert codes(tagged.objectives)[0] == "20"
    assert tagged.objectives[0].score > 0.5
    assert words(tagged.objectives, "20")[:2] == ["remittances", "fees … transfer"]
    assert {reason.source for reason in tagged.objectives[0].reasons} == {"lexicon", "linear"}
    assert (tagged.nothing, tagged.below, tagged.measured, tagged.language) == (False, (), True, "en")


def test_scores_fall_and_a_ranking_holds_at_least_five(tagger: Tagger) -> None:
    scores = [one.score for one in tagger.tag_one(TEXT, "en").objectives]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 5
    assert all(0 <= score <= 1 for score in scores)
    assert all(score >= 0.005 for score in scores[5:])


def test_none_of_them_is_an_answer_and_keeps_the_ranking_below(tagger: Tagger) -> None:
    tagged = tagger.tag_one("Divers watch the coral reef after the first rain of spring.", "en")
    assert tagged.nothing
    assert tagged.none >= 0.5
    assert tagged.objectives == ()
    assert len(tagged.below) >= 5


def test_related_provisions_come_from_terms_and_from_objectives(tagger: Tagger) -> None:
    tagged = tagger.tag_one(TEXT, "en")
    assert codes(tagged.targets)[0] == "10.c"
    assert "8.10" in codes(tagged.targets)  # tied to objective 20, has no term here
    assert words(tagged.targets, "8.10") == words(tagged.objectives, "20")
    assert codes(tagged.topics)[0] == "PD-09"
    assert not [code for code in codes(tagged.topics) if code.startswith("para")]
    assert codes(tagger.tag_one("Remittances for children", "en").principles) == ["P.h"]


@pytest.mark.parametrize("tier", ["best", "linear", "lexicon"])
def test_every_tier_has_the_same_interface(tier: str, head: Head, given: Settings, tagger: Tagger) -> None:
    tagged = Tagger(tagger._terms, head, given, tier).tag_one(TEXT, "en")  # type: ignore[arg-type]  # a tier
    assert codes(tagged.objectives)[0] == "20"


def test_a_tag_of_a_region_is_its_language_and_no_tag_is_told_from_the_text(tagger: Tagger) -> None:
    french = "Les transferts de fonds des migrants coûtent moins cher depuis l'accord entre les deux banques centrales."
    for language in ("fr-CA", "FR", "fr_CM", ""):
        tagged = tagger.tag_one(french, language)
        assert (tagged.language, codes(tagged.objectives)[0], tagged.measured) == ("fr", "20", False)


def test_a_language_without_terms_is_said_nothing_about(tagger: Tagger) -> None:
    tagged = tagger.tag_one("Migrantene sender penger hjem.", "nb")
    assert (tagged.objectives, tagged.below, tagged.nothing, tagged.none, tagged.measured) == (
        (),
        (),
        False,
        0.0,
        False,
    )


@pytest.mark.parametrize("text", ["", "   ", "…!?"])
def test_a_text_without_words_speaks_to_nothing(tagger: Tagger, text: str) -> None:
    tagged = tagger.tag_one(text, "en")
    assert (tagged.objectives, tagged.nothing, tagged.none) == ((), True, 1.0)


def test_a_very_long_text_is_tagged(tagger: Tagger) -> None:
    tagged = tagger.tag_one("Remittances and fees of the transfer. " * 20_000, "en")
    assert codes(tagged.objectives)[0] == "20"


@limits(max_examples=40)
@given_by(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(["Remittances", "census", "immigration detention", "reef", "migrants", "bank"]), max_size=9
    ),
    st.sampled_from(["en", "fr", "ar", "xx", "", "zh-Hant"]),
)
def test_reasons_stand_in_the_text(tagger: Tagger, noise: str, chosen: list[str], language: str) -> None:
    text = f"{noise} {' '.join(chosen)}"
    tagged = tagger.tag_one(text, language)
    plain = " ".join(text.split())
    for ranking in (tagged.objectives, tagged.below, tagged.targets, tagged.principles, tagged.topics):
        for one in ranking:
            for reason in one.reasons:
                assert all(part in plain for part in reason.text.split(" … "))


def test_right_to_left_and_unspaced_scripts(head: Head, given: Settings) -> None:
    terms = {"ar": (Term("gcm", "20", "تحويلات", 3),), "zh": (Term("gcm", "20", "汇款", 3),)}
    tagger = Tagger(terms, head, given)
    for language, text, word in (
        ("ar", "تنخفض كلفة تحويلات المهاجرين", "تحويلات"),
        ("zh", "移民汇款费用下降。", "汇款"),
    ):
        tagged = tagger.tag_one(text, language)
        assert codes(tagged.objectives)[0] == "20"
        assert word in words(tagged.objectives, "20")


def test_a_term_for_an_unknown_code_is_left_out(head: Head, given: Settings) -> None:
    terms = {"en": (Term("sdg", "99.9", "remittances", 3), Term("pd-2022", "para-70", "remittances", 3))}
    tagged = Tagger(terms, head, given).tag_one("remittances", "en")
    assert "99.9" not in codes(tagged.targets)
    assert "para-70" not in codes(tagged.topics)


def test_the_shipped_tiers_load_and_agree_on_a_plain_passage() -> None:
    for tier in ("best", "linear", "lexicon"):
        tagger = Tagger.load(tier)  # type: ignore[arg-type]  # a tier
        tagged = tagger.tag_one(
            "The reform lowers the cost of sending remittances to families of migrant workers.", "en"
        )
        assert codes(tagged.objectives)[0] == "20"


def test_the_same_text_gives_the_same_answer(tagger: Tagger) -> None:
    first = hashlib.sha256(repr(tagger.tag_one(TEXT, "en")).encode()).hexdigest()
    tagger.tag_one("Other words of migrants", "fr")
    assert hashlib.sha256(repr(tagger.tag_one(TEXT, "en")).encode()).hexdigest() == first
