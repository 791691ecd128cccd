"""What is taken in of a `review.json`: every word as it stands, and nothing that is not as the file's schema says."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from waymark.engines.sheets import walled
from waymark.engines.sheets.recorded import CLASSES, OwnReview
from waymark.engines.sheets.reviews import read_review
from waymark.gcm.errors import InputError
from waymark.gcm.lists import FindingKind, Mark, Stance
from waymark.gcm.recorded import (
    FORMAT,
    LEFT_OUT,
    RecordedCitation,
    RecordedEdition,
    RecordedFile,
    RecordedFinding,
    RecordedPosition,
    RecordedRecommendation,
    RecordedReview,
)

Tree = dict[str, Any]
GEORGIAN = "„ელექტროგადახდისუნარიანობა“\n'და'\t\"სხვა\"\r\n" * 2


def one_of(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([each.value for each in kind])


TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
SAID = TEXT.filter(bool) | st.just(GEORGIAN)
LANGUAGES = st.sampled_from(["en", "ka", "ar", "zh", "zh-Hans", "fr", "az"])
WORDS = st.dictionaries(LANGUAGES, SAID, max_size=4)
NEEDED = st.dictionaries(LANGUAGES, SAID, min_size=1, max_size=4)
SHORT = st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=30)
NAME = SHORT.filter(bool)
DAY = st.dates().map(str)
SOME_DAY = st.just("") | DAY
HASH = st.text("0123456789abcdef", min_size=64, max_size=64)
NUMBER = st.integers(0, 2**31 - 1)
CLASS = st.sampled_from(CLASSES)
PROVISION = st.builds("{}:{}".format, NAME, NAME)
KNOWN = st.fixed_dictionaries({"source": SAID, "mark": st.just("") | one_of(Mark)}) | st.fixed_dictionaries(
    {"source": TEXT, "mark": st.sampled_from(["", "proposal", "recalled"])}
)

NONE = st.just("")
OBSERVED = st.builds(RecordedCitation, HASH, NAME, NAME, NAME, SHORT, NONE, NONE, SHORT, TEXT, CLASS)
ON_A_PAGE = st.builds(RecordedCitation, *[NONE] * 5, HASH, NONE, SHORT, TEXT, CLASS)
AT_AN_ADDRESS = st.builds(RecordedCitation, *[NONE] * 6, SAID, SHORT, TEXT, CLASS)


def rows(noun: Any, known: Tree, /, **fields: st.SearchStrategy[Any]) -> Any:
    return st.builds(noun, **{name: st.just(value) for name, value in known.items()}, **fields)


FINDING = KNOWN.flatmap(
    lambda known: rows(
        RecordedFinding, known, position=NUMBER, kind=one_of(FindingKind), provision=st.just("") | PROVISION,
        text=NEEDED, drafted_by=SHORT, confirmed_on=SOME_DAY, locator=SHORT, classification=CLASS,
        citations=st.lists(OBSERVED | ON_A_PAGE | AT_AN_ADDRESS, max_size=3).map(tuple),
    )
)  # fmt: skip
ADVICE = KNOWN.flatmap(
    lambda known: rows(
        RecordedRecommendation, known, code=NAME, text=NEEDED, label=WORDS, paragraph=SHORT,
        concerns=st.lists(PROVISION, max_size=3, unique=True).map(tuple), addressee=SHORT, finding=st.just(0),
        edition=st.just(0), issued_on=SOME_DAY, locator=SHORT, classification=CLASS,
    )
)  # fmt: skip
POSITION = st.tuples(KNOWN, st.sampled_from([("QOR", ""), ("", "union")])).flatmap(
    lambda pair: rows(
        RecordedPosition, pair[0] | {"place": pair[1][0], "organisation": pair[1][1]}, framework=NAME,
        provision=SHORT, stance=one_of(Stance), date=SOME_DAY, text=WORDS, locator=SHORT, note=TEXT, paper=NAME,
        paper_date=DAY, classification=CLASS,
    )
)  # fmt: skip
FILES = st.lists(st.builds(RecordedFile, NAME, HASH, NUMBER), min_size=1, max_size=3, unique_by=lambda one: one.name)
WITHDRAWN = st.fixed_dictionaries({"published_on": DAY, "withdrawn_on": st.just(""), "withdrawn_for": st.just({})}) | (
    st.fixed_dictionaries({"published_on": DAY, "withdrawn_on": DAY, "withdrawn_for": WORDS}).filter(
        lambda one: one["withdrawn_on"] >= one["published_on"]
    )
)
EDITION = WITHDRAWN.flatmap(
    lambda known: rows(
        RecordedEdition, known, number=st.integers(3, 9), audience=st.sampled_from(["public", "network"]),
        language=LANGUAGES, as_of=SOME_DAY, hash=HASH, files=FILES.map(tuple), replaces=st.integers(0, 2),
    )
)  # fmt: skip
REVIEW = st.builds(
    RecordedReview, SHORT, SHORT, WORDS, LANGUAGES, SHORT, st.lists(SHORT, max_size=2).map(tuple),
    st.booleans(), CLASS,
    st.lists(FINDING, max_size=3).map(tuple),
    st.lists(ADVICE, max_size=3, unique_by=lambda one: one.code).map(tuple),
    st.lists(POSITION, max_size=3).map(tuple),
    st.lists(EDITION, max_size=2, unique_by=(lambda one: one.number, lambda one: one.hash)).map(tuple),
    st.dictionaries(st.sampled_from(LEFT_OUT), NUMBER),
)  # fmt: skip


def tree_of(review: RecordedReview, **fields: Any) -> Tree:
    asked = {"place": "QOR", "cycle": "imrf-2026", "as_of": "2026-05-08", "audience": "public", "language": "en"}
    rest = {"marking": "", "edition": None, "objectives": [{"anything": 1}], "statistics_of_tomorrow": [1.5]}
    return {"format": FORMAT, **asked, **rest, "record": asdict(review), **fields}


def written(folder: Path, tree: Tree | str) -> Path:
    path = folder / "review.json"
    text = tree if isinstance(tree, str) else json.dumps(tree, ensure_ascii=False)
    path.write_text(text, encoding="utf-8", newline="")
    return path


SMALL = RecordedReview(
    code="qor-2026", network="qor-network", title={"en": "Review"}, language="en", publishing_body="",
    frameworks=("gcm",), published=False, classification="public",
    findings=(
        RecordedFinding(
            1, "progress", "gcm:7", {"en": "Yes", "ka": GEORGIAN}, "", "2026-03-02", "Gazette", "4", "verified",
            "public",
            (RecordedCitation("ab" * 32, "unsd:X", "QOR", "2023", "", "", "", "", "", "public"),),
        ),
    ),
    recommendations=(
        RecordedRecommendation("R1", {"en": "Go on"}, {}, "", ("gcm:7",), "", 1, 1, "", "", "", "", "public"),
    ),
    positions=(
        RecordedPosition(
            "QOR", "", "gcm", "", "noted", "", {}, "", "", "", "", "Letter", "2020-01-01", "public"
        ),
    ),
    editions=(
        RecordedEdition(
            1, "public", "en", "", "2026-04-01", "cd" * 32, (RecordedFile("data/a.csv", "ab" * 32, 1),), 0, "", {}
        ),
    ),
    left_out={"claim": 1},
)  # fmt: skip


@settings(max_examples=60)
@given(REVIEW)
@example(SMALL)
def test_what_is_told_is_read_word_for_word(tmp_path: Path, review: RecordedReview) -> None:
    read = read_review(written(tmp_path, tree_of(review)))
    assert read == OwnReview("QOR", "imrf-2026", "2026-05-08", "public", "en", "", 0, 0, review)


@settings(max_examples=5)
@given(REVIEW)
@example(SMALL)
def test_behind_the_wall_it_is_the_same(tmp_path: Path, review: RecordedReview) -> None:
    path = written(tmp_path, tree_of(review, edition={"number": 2, "replaces": 1, "replaces_of": ""}))
    read = walled.review(path)
    assert read == read_review(path)
    assert isinstance(read, OwnReview)
    assert (read.number, read.replaces) == (2, 1)


# What is refused


def at(*path: str | int, value: Any = None) -> Callable[[Tree], None]:
    """A change of one value within the file; without a value it is left out."""

    def change(tree: Tree) -> None:
        within: Any = tree
        for step in path[:-1]:
            within = within[step]
        if value is None:
            del within[path[-1]]
        else:
            within[path[-1]] = value

    return change


FINDINGS, ADVISED, TAKEN, ISSUED = (
    ("record", name, 0) for name in ("findings", "recommendations", "positions", "editions")
)
REFUSALS: list[tuple[Callable[[Tree], None], str, str]] = [
    (at("record"), "", 'it has no part "record", so it was made before reviews could be taken in'),
    (at("as_of", value="8 May"), "as_of", "it is 8 May"),
    (at("as_of", value="20260508"), "as_of", "it is 20260508"),
    (at("audience", value="all"), "audience", "it is all"),
    (at("edition", value=[]), "edition.number", "it is missing"),
    (at("edition", value={"number": "1"}), "edition.number", "it is a text"),
    (at("record", value=[]), "record", "it is a list"),
    (at("record", "code"), "record.code", "it is missing"),
    (at("record", "colour", value="red"), "record", "the field colour is not known"),
    (at("record", "published", value=1), "record.published", "it is 1"),
    (at("record", "title", value={"en": ""}), "record.title.en", "the words are empty"),
    (at("record", "title", value={"not a language": "x"}), "record.title", "it is not a language"),
    (at("record", "language", value="english language"), "record.language", "it is english language"),
    (at("record", "classification", value="restricted"), "record.classification", "it is restricted"),
    (at("record", "findings", value={}), "record.findings", "it is an object"),
    (at("record", "findings", value=["x"]), "record.findings number 1", "it is a text"),
    (at("record", "left_out", "person", value=1), "record.left_out", "it is person"),
    (at(*FINDINGS, "position", value=-1), "record.findings number 1.position", "it is -1"),
    (at(*FINDINGS, "position", value=True), "record.findings number 1.position", "it is true"),
    (at(*FINDINGS, "position", value=10**12), "record.findings number 1.position", "it is 1000000000000"),
    (at(*FINDINGS, "kind", value="rumour"), "record.findings number 1.kind", "it is rumour"),
    (at(*FINDINGS, "text", value="words"), "record.findings number 1.text", "it is a text"),
    (at(*FINDINGS, "text", value={}), "record.findings number 1.text", "it is empty"),
    (at(*FINDINGS, "text", "ka", value=7), "record.findings number 1.text.ka", "it is 7"),
    (at(*FINDINGS, "provision", value="7"), "record.findings number 1.provision", "it is 7"),
    (at(*FINDINGS, "confirmed_on", value="2026-02-30"), "record.findings number 1.confirmed_on", "it is 2026-02-30"),
    (at(*FINDINGS, "drafted_by", value="x" * 301), "record.findings number 1.drafted_by", "it has 301 letters"),
    (at(*FINDINGS, "mark", value="sure"), "record.findings number 1.mark", "it is sure"),
    (at(*FINDINGS, "source", value=""), "record.findings number 1.mark", "the mark is verified and no source is named"),
    (at(*FINDINGS, "citations", 0, "document", value="ab" * 32), "citations number 1", "it names no one thing"),
    (at(*FINDINGS, "citations", 0, "address", value="a.example"), "citations number 1", "it names no one thing"),
    (at(*FINDINGS, "citations", 0, "series", value=""), "citations number 1", "it names no one thing"),
    (at(*FINDINGS, "citations", 0, "dataset", value="AB"), "citations number 1", "it is AB"),
    (at(*ADVISED, "code", value=""), "record.recommendations number 1.code", "it is empty"),
    (at(*ADVISED, "concerns", value=["gcm:7", "gcm:7"]), "concerns", "the code gcm:7 stands there twice"),
    (at(*ADVISED, "concerns", value="gcm:7"), "record.recommendations number 1.concerns", "it is a text"),
    (at(*ADVISED, "finding", value=2), "record.recommendations number 1.finding", "it is 2"),
    (at(*ADVISED, "edition", value=2), "record.recommendations number 1.edition", "it is 2"),
    (at(*TAKEN, "organisation", value="union"), "record.positions number 1", "it is of a place and an organisation"),
    (at(*TAKEN, "place", value=""), "record.positions number 1", "it is of a place and an organisation, or of none"),
    (at(*TAKEN, "framework", value=""), "record.positions number 1.framework", "it is empty"),
    (at(*TAKEN, "stance", value="for"), "record.positions number 1.stance", "it is for"),
    (at(*TAKEN, "paper", value=""), "record.positions number 1.paper", "it is empty"),
    (at(*TAKEN, "paper_date", value=""), "record.positions number 1.paper_date", "it is empty"),
    (at(*ISSUED, "number", value=0), "record.editions number 1.number", "it is 0, and it replaces 0"),
    (at(*ISSUED, "published_on", value=""), "record.editions number 1.published_on", "it is empty"),
    (at(*ISSUED, "hash", value="ab"), "record.editions number 1.hash", "it is ab"),
    (at(*ISSUED, "files", value=[]), "record.editions number 1.files", "it is empty"),
    (at(*ISSUED, "files", 0, "name", value="../x"), "files number 1.name", "it is ../x"),
    (at(*ISSUED, "files", 0, "name", value="a\nb"), "files number 1.name", "it is a\nb"),
    (at(*ISSUED, "files", 0, "name", value="/x"), "files number 1.name", "it is /x"),
    (at(*ISSUED, "files", 0, "name", value="a/.."), "files number 1.name", "it is a/.."),
    (at(*ISSUED, "files", 0, "name", value="a\\b"), "files number 1.name", "it is a\\b"),
    (at(*ISSUED, "withdrawn_for", value={"en": "Wrong"}), "record.editions number 1.withdrawn_on", "it is empty"),
    (at(*ISSUED, "withdrawn_on", value="2026-03-31"), "record.editions number 1.withdrawn_on", "it is 2026-03-31"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place", "words"), REFUSALS, ids=[f"{place} {words}" for _, place, words in REFUSALS]
)
def test_a_field_that_is_not_right_is_named(
    tmp_path: Path, change: Callable[[Tree], None], place: str, words: str
) -> None:
    tree = tree_of(SMALL)
    change(tree)
    path = written(tmp_path, tree)
    with pytest.raises(InputError) as refusal:
        read_review(path)
    assert refusal.value.place.endswith(place)
    assert words in refusal.value.problem
    assert refusal.value.given == str(path)
    assert refusal.value.todo.endswith("Nothing was written.")


@pytest.mark.parametrize("name", ["An earlier review (2018).csv", "მიმოხილვა.xlsx", "data/.hidden", "a..b"])
def test_a_file_of_an_edition_has_the_name_that_it_had(tmp_path: Path, name: str) -> None:
    tree = tree_of(SMALL)
    at(*ISSUED, "files", 0, "name", value=name)(tree)
    read = read_review(written(tmp_path, tree))
    assert isinstance(read, OwnReview)
    assert read.record.editions[0].files[0].name == name


def test_what_stands_twice_is_refused(tmp_path: Path) -> None:
    for name, words in (("recommendations", "the code R1"), ("editions", f"the hash {'cd' * 32}")):
        twice = replace(SMALL, **{name: getattr(SMALL, name) * 2})
        with pytest.raises(InputError, match=f"{words} stands there twice"):
            read_review(written(tmp_path, tree_of(twice)))
    again = (*SMALL.editions, replace(SMALL.editions[0], hash="ef" * 32))
    with pytest.raises(InputError, match="the edition public en 1 stands there twice"):
        read_review(written(tmp_path, tree_of(replace(SMALL, editions=again))))


def test_a_file_without_a_review_of_its_own_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it tells of no review on record"):
        read_review(written(tmp_path, tree_of(SMALL, record=None)))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("waymark-review/3", "which a newer version of Waymark wrote"),
        ("waymark-review/1", "which an older version of Waymark wrote"),
        ("waymark-review/x", "its format is waymark-review/x. "),
        ("other/2", "its format is other/2. "),
        (None, "its format is None. "),
        ({"a": 1}, "its format is {'a': 1}. "),
    ],
)
def test_another_format_is_refused_and_those_there_are_are_named(tmp_path: Path, form: Any, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_review(written(tmp_path, tree_of(SMALL, format=form)))
    assert words in str(refusal.value)
    assert f'"format": "{FORMAT}"' in str(refusal.value)
    assert "waymark-earlier-review/1" in str(refusal.value)


def test_the_limits_of_json_hold(tmp_path: Path) -> None:
    whole = json.dumps(tree_of(SMALL))
    deep = whole[:-1] + ', "deep": ' + "[" * 60 + "]" * 60 + "}"
    long = whole[:-1] + ', "long": ' + "9" * 101 + "}"
    turned = whole.replace("Yes", "Y\\u202ees")
    for text, words in (
        (deep, "more than 50 deep"),
        (long, "more than 100 digits"),
        (whole[:-1] + ', "place": "GEO"}', "the name 'place' stands twice"),
        (turned, r"U\+202E"),
        (whole[:-20], "this is not JSON"),
    ):
        with pytest.raises(InputError, match=words):
            read_review(written(tmp_path, text))
