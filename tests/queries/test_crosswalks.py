"""What a framework's words suggest, and what its links leave open."""

from functools import cache

import pytest

from tests.factories.classes import classify
from tests.factories.frameworks import framework
from waymark.actions.crosswalks import LinkFacts, link
from waymark.actions.frameworks import FrameworkFacts, ProvisionFacts, enter_framework, enter_provision
from waymark.engines.documents.tagging import Tagger
from waymark.gcm.errors import NotFoundError
from waymark.gcm.indicators import indicators
from waymark.queries.crosswalks.sheet import gap_rows
from waymark.queries.crosswalks.suggesting import (
    GapItem,
    SuggestionView,
    crosswalk_gaps,
    find_framework,
    measured_codes,
    suggested_crosswalk,
)
from waymark.queries.crosswalks.words import MOST, Words, likeness, suggested, tagged, words_of
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.frameworks import Provision
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


@cache
def tagger() -> Tagger:
    return Tagger.load("lexicon")


def sides() -> None:
    """A small part of the Compact and the Goals."""
    for number, label in (("9", "Counter smuggling"), ("13", "Alternatives to detention"), ("20", "Remittances")):
        enter_provision(
            by=OPERATOR, framework=framework("gcm"), code=number, facts=ProvisionFacts(kind="objective", label=label)
        )
    action = Provision.objects.get(framework__code="gcm", code="20")
    enter_provision(
        by=OPERATOR, framework=framework("gcm"), code="20.a", facts=ProvisionFacts(kind="action", parent=action)
    )
    goal = enter_provision(
        by=OPERATOR, framework=framework("sdg"), code="10", facts=ProvisionFacts(kind="goal", label="Less inequality")
    )
    for code, label, kind in (
        ("10.c", "Cheaper remittances", "target"),
        ("16.3", "Rule of law", "target"),
        ("14.1", "Clean seas", "target"),
    ):
        parent = goal if code.startswith("10") else None
        enter_provision(
            by=OPERATOR,
            framework=framework("sdg"),
            code=code,
            facts=ProvisionFacts(kind=kind, label=label, parent=parent),
        )


def strategy(**words: object) -> None:
    for code, title in words.items():
        above, _, _ = code.rpartition("_")
        parent = Provision.objects.filter(framework__code="plan", code=above.replace("_", ".")).first()
        enter_provision(
            by=OPERATOR,
            framework=framework("plan"),
            code=code.replace("_", "."),
            facts=ProvisionFacts(kind="measure", title=title, parent=parent),
        )


def tie(own: str, side: str, code: str, *, within: str = "plan", incoming: bool = False, **known: str) -> None:
    ends = (
        Provision.objects.get(framework__code=within, code=own),
        Provision.objects.get(framework__code=side, code=code),
    )
    start, end = reversed(ends) if incoming else ends
    facts = LinkFacts(**{"relation": "relevant", **known})
    link(by=OPERATOR, from_provision=start, to_provision=end, facts=facts)


def rows(**options: float) -> list[SuggestionView]:
    return list(suggested_crosswalk("plan", OPERATOR_VIEWER, tagger(), **options).rows)


# ---------------------------------------------------------------- suggestions


def test_objectives_and_targets_are_suggested_with_the_words_that_decided() -> None:
    sides()
    strategy(M1="Lower the cost of remittances", M2="Alternatives to detention", M3="Paint the bridge green")
    found = rows()
    best = {row.provision: row for row in reversed(found) if row.framework != "sdg"}
    assert (best["M1"].code, best["M1"].label, best["M1"].relation) == ("20", "Remittances", "relevant")
    assert any("remittances" in reason for reason in best["M1"].reasons)
    assert best["M2"].code == "13"
    assert best["M2"].score is not None
    assert 0.5 < best["M2"].score <= 1
    assert (best["M3"].code, best["M3"].reasons) == ("", ("nothing scores 0.20 or more",))
    target = next(row for row in found if row.provision == "M1" and row.framework == "sdg")
    assert target.code == "10.c"
    assert "remittances (also in the target)" in target.reasons
    assert "tied to objective 20" in target.reasons
    assert [row.provision for row in found] == sorted(row.provision for row in found)
    assert "14.1" not in {row.code for row in found}


def test_the_least_score_decides_what_is_suggested() -> None:
    sides()
    strategy(M1="Lower the cost of remittances")
    scores = [row.score for row in rows(least=0.0) if row.score is not None]
    assert scores
    highest = max(scores)
    assert [row.score for row in rows(least=highest)] == [highest]
    assert rows(least=1.0)[0].reasons == ("nothing scores 1.00 or more",)


def test_titles_above_count_and_say_so_but_less_than_own_words() -> None:
    sides()
    strategy(M1="Remittances", M1_1="Chapter two", M1_2="Alternatives to detention")
    found = {(row.provision, row.code): row for row in rows()}
    inherited = found["M1.1", "20"]
    assert "Remittances (in a title above)" in inherited.reasons
    assert inherited.score is not None
    assert inherited.score < 0.5 * (found["M1", "20"].score or 0)
    objectives = [row.code for row in rows() if row.provision == "M1.2" and row.framework == "gcm"]
    assert objectives[0] == "13"


def test_links_on_record_stand_beside_suggestions() -> None:
    sides()
    strategy(M1="Lower the cost of remittances", M2="Paint the bridge green")
    tie("M1", "gcm", "20", source="Gazette", mark="secondary")
    tie("M2", "sdg", "16.3", incoming=True, relation="concerns")
    tie("M2", "sdg", "14.1", relation="as-printed")
    found = {(row.provision, row.code): row for row in rows()}
    first, second = found["M1", "20"], found["M2", "16.3"]
    assert (first.linked, first.source, first.incoming) == (True, "Gazette", False)
    assert (first.score or 0) > 0.5
    assert (second.linked, second.incoming, second.relation, second.score) == (True, True, "concerns", None)
    assert ("M2", "14.1") not in found
    assert ("M2", "") not in found


def test_a_language_without_terms_says_so_and_another_is_read() -> None:
    sides()
    strategy(
        M1={"cy": "Gostwng cost anfon arian"},
        M2={"fr": "Réduire le coût des envois de fonds"},
        M3={"ka": "ფულადი გზავნილები"},
        M4={},
    )
    view = suggested_crosswalk("plan", OPERATOR_VIEWER, tagger())
    found = {row.provision: row for row in reversed(view.rows) if row.framework != "sdg"}
    assert found["M1"].reasons == ("no terms are known in this language: Welsh",)
    assert found["M2"].code == "20"
    assert found["M4"].reasons == ("its words are not on record",)
    assert (view.provisions, view.without_terms, view.not_measured) == (4, ("cy",), ("ka",))


def test_the_compact_is_not_suggested_to_itself() -> None:
    sides()
    view = suggested_crosswalk("gcm", OPERATOR_VIEWER, tagger())
    assert {row.framework for row in view.rows} == {"sdg", ""}
    view = suggested_crosswalk("sdg", OPERATOR_VIEWER, tagger())
    assert {row.framework for row in view.rows} == {"gcm", ""}


def test_words_are_those_of_the_language_that_says_most() -> None:
    top = Provision(title={"en": "Protect", "ka": "დაცვა"})
    row = Provision(title={"en": "Work"}, label={"ka": "შრომა"}, text={"ka": "ღირსეული შრომა"})
    assert words_of(row, [top], ("en", "ka")) == Words("ka", "შრომა. ღირსეული შრომა", "დაცვა")
    assert words_of(row, [top], ("en",)) == Words("en", "Work", "Protect")
    both = Provision(title={"fr": "Travail", "en": "Work"}, label={"en": "Work"}, text={"fr": "Texte"})
    assert words_of(both, [], ("en", "fr")) == Words("en", "Work", "")
    assert words_of(Provision(title={"en": " "}), [top], ("en",)) == Words("", "", "")
    assert words_of(Provision(title={"xx": "a", "en-GB": "b"}), [], ("en",)).language == "en-GB"


def test_no_more_than_a_handful_is_suggested_for_each_framework() -> None:
    sides()
    words = Words("en", "smuggling, trafficking, detention, remittances, skills, borders and papers", "")
    found = list(suggested(words, tagged(words, tagger()), None, 0.0))
    assert [one.framework for one in found] == ["gcm"] * MOST + ["sdg"] * MOST
    scores = [one.score for one in found[:MOST]]
    assert scores == sorted(scores, reverse=True)


def test_likeness_raises_the_target_whose_words_are_shared() -> None:
    sides()
    alike = likeness(list(Provision.objects.filter(framework__code="sdg", kind="target")), tagger())
    words = Words("en", "Cheaper transfers", "")
    with_it = {one.code: one.score for one in suggested(words, tagged(words, tagger()), alike, 0.0)}
    without = {one.code: one.score for one in suggested(words, tagged(words, tagger()), None, 0.0)}
    assert with_it["10.c"] > without.get("10.c", 0.0)
    assert max(with_it, key=lambda code: with_it[code] if "." in code else 0) == "10.c"


def test_small_words_are_no_likeness() -> None:
    sides()
    alike = likeness(list(Provision.objects.filter(framework__code="sdg", kind="target")), tagger())
    words = Words("en", "The rule of the game", "")
    reasons = {one.code: one.reasons for one in suggested(words, tagged(words, tagger()), alike, 0.0)}
    assert "rule (also in the target)" in reasons["16.3"]
    assert "of (also in the target)" not in reasons["16.3"]


def test_nothing_hidden_is_shown() -> None:
    sides()
    enter_framework(by=OPERATOR, code="secret", facts=FrameworkFacts(title="Secret", classification="restricted"))
    strategy(M1="Lower the cost of remittances")
    hidden = enter_provision(
        by=OPERATOR, framework=framework("plan"), code="M2", facts=ProvisionFacts(kind="measure", title="Detention")
    )
    tie("M2", "gcm", "9")
    classify(Provision.objects.filter(pk=hidden.pk), "restricted")
    view = suggested_crosswalk("plan", PUBLIC, tagger())
    assert {row.provision for row in view.rows} == {"M1"}
    gaps = crosswalk_gaps("plan", PUBLIC)
    assert gaps.provisions == 1
    assert "9" in {item.code for item in gaps.objectives}
    assert "9" not in {item.code for item in crosswalk_gaps("plan", OPERATOR_VIEWER).objectives}
    with pytest.raises(NotFoundError, match=r"Expected: one of gcm, plan, sdg\."):
        find_framework("secret", PUBLIC)
    assert find_framework("secret", OPERATOR_VIEWER).code == "secret"


def test_without_any_framework_the_refusal_says_what_to_do() -> None:
    with pytest.raises(NotFoundError, match="none is on record yet"):
        crosswalk_gaps("plan", OPERATOR_VIEWER)


# ---------------------------------------------------------------- gaps


def codes(items: tuple[GapItem, ...]) -> list[str]:
    return [item.code for item in items]


def test_gaps_without_links_are_everything() -> None:
    sides()
    strategy(M1="One", M1_1="Below")
    gaps = crosswalk_gaps("plan", OPERATOR_VIEWER)
    assert codes(gaps.objectives) == ["9", "13", "20"]
    assert codes(gaps.targets) == ["10.c", "16.3"]
    assert gaps.without_indicator == ()
    assert codes(gaps.without_link) == ["M1", "M1.1"]
    assert gaps.objectives[2] == GapItem("gcm", "20", "Remittances")
    assert gap_rows(gaps)[-1] == ("provision without any link", "plan", "M1.1", "Below")


def test_a_link_closes_gaps_from_either_side_and_through_what_lies_below() -> None:
    sides()
    strategy(M1="One", M1_1="Below", M2="Two", M3="Three")
    tie("M1.1", "gcm", "20.a")
    tie("M2", "sdg", "10.c", incoming=True)
    tie("M3", "sdg", "16.3", relation="as-printed")
    gaps = crosswalk_gaps("plan", OPERATOR_VIEWER)
    assert codes(gaps.objectives) == ["9", "13"]
    assert codes(gaps.targets) == ["16.3"]
    assert codes(gaps.without_link) == ["M3"]


def test_a_child_of_a_linked_provision_is_not_linked_by_it() -> None:
    sides()
    strategy(M1="One", M1_1="Below")
    tie("M1", "gcm", "20")
    assert codes(crosswalk_gaps("plan", OPERATOR_VIEWER).without_link) == ["M1.1"]


def test_linked_provisions_of_which_no_indicator_speaks() -> None:
    sides()
    strategy(M1="One", M2="Two", M3="Three", M4="Four", M5="Five")
    tie("M1", "gcm", "9")  # the catalogue has no indicator for objective 9
    tie("M2", "gcm", "20.a")  # through its objective
    tie("M3", "sdg", "10.c")
    tie("M4", "sdg", "14.1")
    tie("M5", "sdg", "10")
    gaps = crosswalk_gaps("plan", OPERATOR_VIEWER)
    assert codes(gaps.without_indicator) == ["M1", "M4"]


def test_links_to_other_frameworks_close_nothing() -> None:
    sides()
    strategy(M1="One")
    enter_provision(by=OPERATOR, framework=framework("review"), code="R1", facts=ProvisionFacts(kind="recommendation"))
    tie("M1", "review", "R1")
    assert codes(crosswalk_gaps("plan", OPERATOR_VIEWER).without_link) == ["M1"]
    assert {row.framework for row in rows()} <= {"gcm", "sdg", ""}


def test_a_goal_is_wider_than_its_target() -> None:
    sides()
    goal = Provision.objects.get(framework__code="sdg", code="10")
    enter_provision(
        by=OPERATOR, framework=framework("sdg"), code="10.9", facts=ProvisionFacts(kind="target", parent=goal)
    )
    strategy(M1="One")
    tie("M1", "sdg", "10.9")
    assert codes(crosswalk_gaps("plan", OPERATOR_VIEWER).without_indicator) == ["M1"]


def test_indicators_outside_the_compact_do_not_count() -> None:
    outside = [one for one in indicators() if one.outside_the_compact]
    assert outside
    inside = {number for one in indicators() if not one.outside_the_compact for number in one.objectives}
    assert {int(code) for side, code in measured_codes() if side == "gcm"} == inside
    assert {("sdg", "10.c"), ("sdg", "10"), ("sdg", "10.c.1")} <= measured_codes()


def test_gaps_of_the_compact_itself() -> None:
    sides()
    tie("20", "sdg", "10.c", within="gcm")
    gaps = crosswalk_gaps("gcm", OPERATOR_VIEWER)
    assert gaps.objectives == ()
    assert codes(gaps.targets) == ["16.3"]
    assert codes(gaps.without_indicator) == ["9"]
    assert codes(gaps.without_link) == ["9", "13", "20.a"]
