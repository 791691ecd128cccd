"""The command that searches: answers in text and JSON, for the audience named, and rebuilds its index by itself."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories import commitments, documents, networks, organisations
from waymark.engines.documents.search.index import about, build
from waymark.engines.documents.search.store import locked
from waymark.interfaces.cli.main import main
from waymark.queries.search.entries import entries
from waymark.records.documents import Passage

pytestmark = pytest.mark.django_db

CAPTURE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data" / "search"


@pytest.fixture
def ferries() -> None:
    """Two passages of a public document and one of a document for the network."""
    paper = documents.document("paper", title="Ferry report", classification="public", publisher="Port office")
    own = documents.document(
        "own", title="Own paper", network=networks.network("qor-network"), classification="network"
    )
    for number, (document, text, language, flags) in enumerate((
        (paper, "Ferries carry seasonal workers \x1b[31mhome.", "en", ["ocr"]),
        (paper, "Les traversiers transportent des travailleurs.", "fr", []),
        (own, "Ferries are inspected by the network.", "en", []),
    )):  # fmt: skip
        Passage.objects.create(
            document=document, code=f"{document.code}.{number}", position=number, text=text, start=0, end=len(text),
            language=language, page=number, flags=flags,
        )  # fmt: skip


def test_hits_are_printed_with_counts_place_and_flags(ferries: None, capsys: CAPTURE) -> None:
    assert main(["search", "ferry", "--audience", "public"]) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "1 found: 1 passage.\n"
        "\n"
        "1. Ferry report\n"
        "   passage; page 1; en; Port office; paper.0\n"
        "   take care: read from a picture by a program (OCR), so letters may be wrong\n"
        "   Ferries carry seasonal workers  [31mhome.\n"
    )
    assert printed.err.startswith("Built the search index, because there was none: ")


def test_it_says_so_when_another_command_changes_the_index(ferries: None, capsys: CAPTURE, own_folder: Path) -> None:
    main(["search", "ferry"])
    organisations.organisation("late", name="Zqlate")
    capsys.readouterr()
    with locked(own_folder):
        main(["search", "zqlate"])
    assert "what was done last may not be found yet" in capsys.readouterr().err


def test_what_was_done_since_is_found_without_a_rebuild(ferries: None, capsys: CAPTURE, own_folder: Path) -> None:
    main(["search", "ferry"])
    capsys.readouterr()
    main(["search", "ferry"])
    assert capsys.readouterr().err == ""
    organisations.organisation("harbour", name="Harbour School")
    assert main(["search", "harbour school"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "1. Harbour School" in printed.out
    before = (own_folder / "current").read_text()
    assert main(["search", "--rebuild"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Built the search index: ")
    assert (own_folder / "current").read_text() != before


def test_an_index_that_is_being_rebuilt_still_answers(ferries: None, capsys: CAPTURE, own_folder: Path) -> None:
    main(["search", "ferry"])
    organisations.organisation("harbour", name="Harbour School")

    def slow() -> Any:
        assert main(["search", "ferry", "--audience", "public"]) == 0
        assert main(["search", "--rebuild"]) == 3
        yield from entries()

    build(slow(), own_folder)
    printed = capsys.readouterr()
    assert "1 found: 1 passage." in printed.out
    assert printed.err.count("is being rebuilt elsewhere") == 1, "only who wanted it rebuilt is told"


def test_matches_are_bold_on_a_terminal(ferries: None, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    main(["search", "ferry worker", "--audience", "public"])
    out = capsys.readouterr().out
    assert "1. \033[1mFerry\033[0m report" in out
    assert "\033[1mFerries\033[0m carry seasonal \033[1mworkers\033[0m  [31mhome." in out


def test_filters_narrow_and_are_counted(ferries: None, capsys: CAPTURE) -> None:
    main(["search", "--language", "fr", "--counts"])
    out = capsys.readouterr().out
    assert "1 found: 1 passage." in out
    assert "By language: fr (1)" in out
    assert "By publisher: Port office (1)" in out
    assert "Les traversiers" in out
    main(
        [
            "search",
            "workers",
            "travailleurs",
            "--kind",
            "passages,finding",
            "--publisher",
            "Port office",
            "--limit",
            "1",
        ]
    )
    out = capsys.readouterr().out
    assert "2 found: 2 passages. Shown: 1 to 1." in out
    assert "No entry has all of these words" in out
    commitments.commitment("promise", title="Promise about ferries", classification="public", kind="pledge")
    main(["search", "ferries", "--kind", "pledge", "--place", "QOR", "--objective", "1"])
    assert "commitment (pledge); objective 1; QOR" in capsys.readouterr().out


def test_audiences_are_kept_apart(ferries: None, capsys: CAPTURE) -> None:
    found = {}
    for audience in ("public", "network:qor-network", "operator"):
        main(["search", "ferries", "--kind", "passage", "--audience", audience])
        found[audience] = capsys.readouterr().out
    assert "Own paper" not in found["public"]
    assert "Own paper" in found["network:qor-network"]
    assert "2 found: 2 passages." in found["operator"]


def test_json_has_one_hit_in_each_line(ferries: None, capsys: CAPTURE) -> None:
    main(["search", "ferrys", "--format", "jsonl", "--audience", "public"])
    printed = capsys.readouterr()
    (line,) = printed.out.splitlines()
    hit = json.loads(line)
    assert (hit["noun"], hit["document"], hit["where"], hit["languages"]) == ("passage", "paper", "1", ["en"])
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["Ferries"]
    assert hit["flags"]


def test_a_misspelled_word_is_answered_with_a_suggestion(ferries: None, capsys: CAPTURE) -> None:
    main(["search", "seasnal"])
    out = capsys.readouterr().out
    assert "“seasnal” was also read as “seasonal”." in out
    assert "Did you mean: seasonal" in out
    main(["search", "xyzzyx"])
    assert capsys.readouterr().out.startswith("Nothing was found.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "neither a question nor a filter"),
        (["???"], "it has no word to look for"),
        (["--objective", "24"], "there is no such objective"),
        (["a", "--kind", "passage,pledge"], "it names kinds of different sorts"),
        (["a", "--kind", "Ü"], "it names kinds of different sorts"),
        (["a", "--place", "Nowhereland"], "Nowhereland"),
        (["a", "--audience", "network:none"], "there is no such audience"),
        (["a", "--limit", "-1"], "cannot be turned to"),
        (["a", "--offset", "10000"], "cannot be turned to"),
    ],
)
def test_what_cannot_be_is_refused_in_words(words: list[str], said: str, capsys: CAPTURE) -> None:
    assert main(["search", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_a_broken_index_is_built_anew(ferries: None, capsys: CAPTURE, own_folder: Path) -> None:
    main(["search", "ferry"])
    (own_folder / "current").write_text("nonsense")
    capsys.readouterr()
    assert main(["search", "ferry"]) == 0
    printed = capsys.readouterr()
    assert "because there was none" in printed.err
    assert "found" in printed.out
    assert about(own_folder) is not None
