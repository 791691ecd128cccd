"""The index: rebuilt while it serves, filtered, counted, and nothing of what lies behind a closed gate."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.search.index import FACETS, OPEN, Entry, Index, Query, Said, about, build
from waymark.engines.documents.search.store import VERSION, packed, unpacked
from waymark.gcm.errors import InputError, NotFoundError, OutputError, RefusedError


def entry(urn, text, noun="passage", language="en", title="", **fields):
    titles = (Said(language, title),) if title else ()
    return Entry(urn, noun, titles=titles, texts=(Said(language, text),), **fields)


ROWS = [
    entry("a", "Recruitment fees are paid by employers.", title="Fair recruitment", objectives=("6",), places=("GEO",),
          year="2022", publisher="Labour office"),
    entry("b", "Les frais de recrutement sont payés par l'employeur.", language="fr", objectives=("6", "20"),
          places=("GEO", "ARM"), year="2023", publisher="Labour office"),
    entry("c", "The fees of remittances went down.", noun="finding", kind="progress", objectives=("20",), gate="gate-c",
          places=("ARM",), year="2023"),
    entry("d", "Employers met. The hidden word is zqsecret and zqsecrets.", noun="meeting", gate="gate-d", year="2024",
          publisher="Zqpublisher", objectives=("11",), places=("QOR",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    build(ROWS, folder, state="first")
    return Index.open(folder)


def found(index, text, **fields):
    return [hit.entry.urn for hit in index.search(Query(text, **fields)).hits]


def test_all_words_first_then_some_and_it_says_so(index):
    assert found(index, "employers fees") == ["a"]
    answer = index.search(Query("employers remittances"))
    assert {hit.entry.urn for hit in answer.hits} == {"a", "c", "d"}
    assert not answer.every
    assert "No entry has all of these words" in answer.notes[0]
    assert index.search(Query("employers AND remittances")).total == 0


def test_a_word_in_the_title_ranks_first(tmp_path):
    rows = [
        entry("late", "Fair recruitment and more about fair recruitment."),
        entry("titled", "Text.", title="Fair recruitment"),
    ]
    build([*rows, entry("other", "Nothing of it")], tmp_path)
    assert found(Index.open(tmp_path), "fair recruitment") == ["titled", "late"]


def test_the_title_of_what_it_is_a_part_of_lifts_an_entry_but_does_not_find_it(tmp_path):
    above = (Said("fr", "Guide des envois"),)
    build(
        [entry("a", "Costs fell."), Entry("b", "passage", texts=(Said("en", "Costs fell and rose."),), above=above)],
        tmp_path,
    )
    here = Index.open(tmp_path)
    assert found(here, "guide") == []
    assert here.search(Query("guide costs")).every is False
    assert found(here, "costs OR guide") == ["b", "a"]
    hit = here.search(Query("costs guide")).hits[0]
    assert (hit.title.text, hit.title.marks) == ("Guide des envois", ((0, 5),))
    assert hit.entry.languages == ("en",)


def test_words_side_by_side_rank_before_words_apart(tmp_path):
    build(
        [
            entry("apart", "Work that is a right, and the permit to do it."),
            entry("near", "It is the work permit, and that."),
        ],
        tmp_path,
    )
    assert found(Index.open(tmp_path), "work permit") == ["near", "apart"]


def test_boolean_phrase_prefix_and_exclusion(index):
    assert set(found(index, "remittances OR recrutement")) == {"b", "c"}
    assert found(index, '"fees are paid"') == ["a"]
    assert found(index, '"paid are fees"') == []
    assert set(found(index, "recru*")) == {"a", "b"}
    assert set(found(index, "employ* -zqsecret")) == {"a", "b"}
    assert set(found(index, "(fees OR frais) AND NOT remittances")) == {"a", "b"}
    assert set(found(index, "-fees")) == {"b", "d"}


def test_a_phrase_does_not_run_from_the_title_into_the_text(index):
    assert found(index, '"recruitment recruitment fees"') == []


@pytest.mark.parametrize(
    ("facet", "values", "urns"),
    [
        ("objective", ("20",), {"b", "c"}),
        ("objective", ("6", "11"), {"a", "b", "d"}),
        ("place", ("ARM",), {"b", "c"}),
        ("language", ("fr",), {"b"}),
        ("noun", ("finding", "meeting"), {"c", "d"}),
        ("kind", ("progress",), {"c"}),
        ("year", ("2023",), {"b", "c"}),
        ("publisher", ("Labour office",), {"a", "b"}),
    ],
)
def test_filters_alone_or_with_words(index, facet, values, urns):
    assert set(found(index, "", filters={facet: values})) == urns
    narrowed = index.search(Query("fees OR frais OR employers", filters={facet: values}))
    assert {hit.entry.urn for hit in narrowed.hits} == urns
    assert narrowed.total == sum(count for _, count in narrowed.counts["noun"])


def test_counts_are_of_all_that_was_found_not_of_the_page(index):
    answer = index.search(Query("fees OR frais OR employers", limit=1))
    assert len(answer.hits) == 1
    assert answer.total == 4
    assert answer.counts["objective"] == (("20", 2), ("6", 2), ("11", 1))
    assert answer.counts["language"] == (("en", 3), ("fr", 1))
    assert set(answer.counts) == set(FACETS)
    assert index.search(Query("fees", facets=False)).counts == {}


def test_pages_follow_one_another(index):
    text = "fees OR frais OR employers"
    whole = found(index, text, limit=10)
    assert [urn for at in range(4) for urn in found(index, text, limit=1, offset=at)] == whole
    assert found(index, text, limit=0) == []


def test_a_closed_gate_hides_hits_counts_and_suggestions(index):
    closed, opened = frozenset({"gate-c"}), frozenset({"gate-c", "gate-d"})
    assert index.search(Query("zqsecret", allowed=opened)).total == 1
    for text in (
        "zqsecret",
        "zqsecre",
        "zqsecr*",
        '"hidden word"',
        "zqsecret OR fees",
        "-nothing",
        "employers met",
        "zqsecrat",
    ):
        for allowed in (closed, frozenset()):
            answer = index.search(Query(text, allowed=allowed))
            shown = repr(answer).replace(text, "")
            assert "zqsecret" not in shown, text
            assert "Zqpublisher" not in shown
            assert "gate-d" not in shown
            assert answer.total <= 3
    assert index.search(Query("zqsecre", allowed=opened)).suggestion == "zqsecret"
    assert index.search(Query("zqsecre", allowed=closed)).suggestion == ""


def test_counts_do_not_give_the_hidden_away(index):
    answer = index.search(Query("fees OR frais OR employers", allowed=frozenset()))
    assert answer.counts["noun"] == (("passage", 2),)
    assert answer.counts["year"] == (("2022", 1), ("2023", 1))
    assert ("11", 1) not in answer.counts["objective"]


def test_a_word_that_only_the_hidden_has_is_as_unknown_as_any(tmp_path):
    rows = [entry(f"open-{n}", "The wages were paid.") for n in range(3)]
    build([*rows, entry("shut", "wagesx wagesx", gate="shut")], tmp_path)
    here = Index.open(tmp_path)
    known, unknown = (here.search(Query(word, allowed=frozenset())) for word in ("wagesx", "wagesy"))
    assert known.suggestion == unknown.suggestion == "wages"
    assert known.total == unknown.total == 3
    assert known.notes[0].replace("wagesx", "") == unknown.notes[0].replace("wagesy", "")


def test_a_misspelled_word_is_also_read_as_the_nearest_one(index):
    answer = index.search(Query("recruitmnet fees"))
    assert [hit.entry.urn for hit in answer.hits] == ["a"]
    assert answer.suggestion == "recruitment fees"
    assert answer.notes == ("“recruitmnet” was also read as “recruitment”.",)
    assert answer.every
    marked = [answer.hits[0].snippet.text[a:b] for a, b in answer.hits[0].snippet.marks]
    assert marked == ["Recruitment", "fees"]


def test_function_words_are_not_required_but_capitals_are(tmp_path):
    build([entry("un", "UN country team"), entry("rights", "Rights, migrants"), entry("the", "the of")], tmp_path)
    here = Index.open(tmp_path)
    assert found(here, "the rights of migrants") == ["rights"]
    assert found(here, "UN team") == ["un"]
    assert found(here, "the of") == ["the"]


def test_the_entry_comes_back_as_it_was(index):
    answer = index.search(Query("remittances"))
    assert answer.hits[0].entry == ROWS[2]
    strange = entry("x", "a\ud800b\x00“”", title="\U0001f600", gate="", above=(Said("", "x"),))
    assert unpacked(packed(strange)) == strange


def test_a_rebuild_does_not_disturb_a_reader(tmp_path):
    build(ROWS[:1], tmp_path, state="one")
    reader = Index.open(tmp_path)
    build(ROWS[1:], tmp_path, state="two")
    build(ROWS[1:], tmp_path, state="three")
    assert found(reader, "fees") == ["a"]
    fresh = Index.open(tmp_path)
    assert (fresh.about.state, fresh.about.entries, fresh.about.languages) == ("three", 3, ("en", "fr"))
    assert found(fresh, "fees") == ["c"]
    build(ROWS, tmp_path)
    kept = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert kept == ["generation-000003", "generation-000004"]


def test_readers_are_answered_while_it_is_rebuilt(tmp_path):
    build(ROWS, tmp_path)
    answers, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            answers.append(found(Index.open(tmp_path), "fees -remittances"))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        build(ROWS, tmp_path)
    stop.set()
    reader.join()
    assert answers
    assert all(answer == ["a"] for answer in answers)


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(tmp_path):
    build(ROWS, tmp_path, state="good")

    def breaking():
        yield ROWS[0]
        raise KeyError("the record went away")

    with pytest.raises(KeyError):
        build(breaking(), tmp_path, state="bad")
    assert about(tmp_path).state == "good"
    assert not list(tmp_path.glob("*.part"))
    assert found(Index.open(tmp_path), "remittances") == ["c"]


def test_two_rebuilds_at_once_are_refused(tmp_path):
    def rows():
        with pytest.raises(RefusedError, match="is being rebuilt elsewhere"):
            build(ROWS, tmp_path)
        yield from ROWS

    assert build(rows(), tmp_path).entries == 4


def test_leftovers_of_a_killed_rebuild_are_removed(tmp_path):
    (tmp_path / "generation-000009.part").mkdir()
    build(ROWS, tmp_path)
    assert not (tmp_path / "generation-000009.part").exists()


@pytest.mark.parametrize("broken", ["nothing", "no pointer", "elsewhere", "version", "no files", "garbage"])
def test_an_index_that_cannot_be_read_is_named(tmp_path, broken):
    if broken != "nothing":
        build(ROWS, tmp_path)
    if broken == "no pointer":
        (tmp_path / "current").write_bytes(b"\xff\xfe")
    if broken == "elsewhere":
        (tmp_path / "current").write_text("../../etc")
    if broken == "version":
        path = tmp_path / "generation-000001" / "about.json"
        path.write_text(path.read_text().replace(f'"version": {VERSION}', '"version": 0'))
    if broken == "no files":
        (tmp_path / "generation-000001" / "meta.json").unlink()
    if broken == "garbage":
        (tmp_path / "generation-000001" / "meta.json").write_text("{")
    with pytest.raises(NotFoundError, match="waymark search --rebuild"):
        Index.open(tmp_path)
    build(ROWS, tmp_path)
    assert found(Index.open(tmp_path), "remittances") == ["c"]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "search").write_text("")
    with pytest.raises(OutputError, match="could not be written"):
        build(ROWS, tmp_path / "search")


def test_the_same_rows_give_the_same_answers(tmp_path):
    rows = [entry(f"u{n:03}", "The same words in every entry.") for n in range(60)]
    for name in ("one", "two"):
        build(rows, tmp_path / name)
    first, second = (found(Index.open(tmp_path / name), "same words", limit=60) for name in ("one", "two"))
    assert first == second == [row.urn for row in rows]


@pytest.mark.parametrize("fields", [{"limit": -1}, {"offset": -1}, {"offset": 10_000, "limit": 1}])
def test_a_page_too_far_down_is_refused(index, fields):
    with pytest.raises(InputError, match="cannot be turned to"):
        index.search(Query("fees", **fields))


def test_a_filter_that_does_not_exist_is_refused(index):
    with pytest.raises(InputError, match="cannot be narrowed by it"):
        index.search(Query("fees", filters={"colour": ("red",)}))


QUESTION = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "fees",
                "employers",
                "AND",
                "OR",
                "NOT",
                "-",
                "-fees",
                "(",
                ")",
                '"',
                "“",
                "”",
                "«",
                "*",
                "fe*",
                "f*e",
                "移民",
                "移",
                "თბილისი",
                "Тбилиси",
                "والعمال",
                "l'employeur",
                "\\",
                ".*",
                "[a",
                "a/b/1",
                "~",
                ":",
                "body:x",
                "^2",
            ]
        ),
        max_size=14,
    ).map(" ".join),
)


@given(QUESTION, st.booleans())
def test_any_question_is_answered_or_refused_in_words(index, text, everybody):
    try:
        answer = index.search(Query(text, allowed=frozenset() if everybody else None))
    except InputError as refusal:
        answer = str(refusal)
    if isinstance(answer, str):
        assert "Expected:" in answer
        return
    assert answer.total >= len(answer.hits)
    for hit in answer.hits:
        assert not everybody or hit.entry.gate == OPEN
        for shown in (hit.title, hit.snippet):
            assert all(0 <= start < end <= len(shown.text) for start, end in shown.marks)
