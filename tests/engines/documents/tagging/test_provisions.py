"""Provisions of an imported framework are ranked by shared words and shared objectives, with reasons."""

from waymark.engines.documents.tagging.provisions import LONGEST, ProvisionText, provision_tagger
from waymark.engines.documents.tagging.tagger import Tagger

PROVISIONS = (
    ProvisionText("A.1", "Lower the fees of remittances sent by workers", "en"),
    ProvisionText("A.2", "End immigration detention of children", "en"),
    ProvisionText("A.3", "Plant trees along the railway", "en"),
    ProvisionText("B.1", "Réduire le coût des transferts de fonds", "fr"),
)


def test_shared_words_come_first_and_are_the_reasons(tagger: Tagger) -> None:
    ranked = provision_tagger(PROVISIONS, tagger).rank("Fees for remittances fell for migrants.", "en")
    assert [one.code for one in ranked][:2] == ["A.1", "B.1"]
    assert {reason.text for reason in ranked[0].reasons} >= {"Fees", "remittances"}
    assert "remittances" in [reason.text for reason in ranked[1].reasons]
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_another_language_is_ranked_by_objectives(tagger: Tagger) -> None:
    ranked = provision_tagger(PROVISIONS, tagger).rank("Les transferts de fonds des migrants", "fr-FR")
    assert [one.code for one in ranked][:2] == ["B.1", "A.1"]
    only = provision_tagger(PROVISIONS[:3], tagger).rank("La rétention administrative des migrants", "fr")
    assert only[0].code == "A.2"
    assert only[0].reasons[0].text == "rétention administrative"


def test_only_so_many_are_given(tagger: Tagger) -> None:
    many = [ProvisionText(f"C.{n}", f"Remittances number {n}", "en") for n in range(30)]
    ranking = provision_tagger(many, tagger)
    assert len(ranking.rank("remittances", "en")) == LONGEST
    assert len(ranking.rank("remittances", "en", longest=3)) == 3


def test_no_provisions_and_an_empty_text(tagger: Tagger) -> None:
    assert provision_tagger((), tagger).rank("remittances", "en") == ()
    assert isinstance(provision_tagger(PROVISIONS, tagger).rank("", "en"), tuple)
