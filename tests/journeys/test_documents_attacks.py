"""Attacks on documents and their search that must break nothing: hidden words, hostile names and files, kills."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import documents, frameworks, networks
from tests.factories.classes import classify
from tests.journeys.conftest import REPOSITORY, run_waymark
from tests.journeys.pages import whole
from tests.stops import WAYMARK, stopped
from waymark.actions.documents import judge
from waymark.engines.documents.search.index import Index, Query, build
from waymark.engines.documents.search.model import Entry, Said
from waymark.gcm.errors import NotFoundError, WaymarkError
from waymark.queries.documents.listing import document, passages
from waymark.queries.documents.listing import documents as listed
from waymark.queries.search.asking import SearchResult, search, search_folder
from waymark.queries.search.following import bring_up_to_date
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.documents import Document, Passage, Tag
from waymark.records.frameworks import Provision
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

WORDS = documents.REMITTANCES
SCRIPT = "<script>alert('CANARY')</script> =cmd|' /C calc'!A0 ]]> #panic(\"x\") #read(\"/etc/passwd\")"


@pytest.fixture
def store(tmp_path: Path, settings, db: None) -> None:
    settings.DATA_DIR = tmp_path / "var"
    for code in ("10", "20"):
        frameworks.provision(code)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty record."""
    data = tmp_path_factory.mktemp("attacked") / "data"
    result = run_waymark(data, "setup")
    assert result.returncode == 0, result.stderr
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


def indexed() -> Path:
    folder = search_folder()
    bring_up_to_date(folder, anew=True)
    return folder


def ask(text: str, viewer: Viewer, folder: Path) -> SearchResult:
    return search(text=text, viewer=viewer, folder=folder)


# Visibility


def test_canaries_of_other_classes_and_networks_are_in_no_output(store: None, tmp_path: Path) -> None:
    """Words, names, titles, publishers, tags and notes of hidden documents, looked for in everything that is told."""
    own, other = networks.network("own"), networks.network("other")
    said = Provision.objects.get(framework__code="gcm", code="20")
    for network in (None, own, other):
        for level in ("public", "network", "restricted", "strictly_confidential"):
            name = f"canary{level[:4]}{network.code if network else 'none'}"
            row = documents.added(
                tmp_path / f"{name}.txt", f"{WORDS} {name}word", network=network, classification=level,
                publisher=f"{name} press", title=f"The {name} title", url=f"https://example.org/{name}",
            ).document  # fmt: skip
            judge(by=Actor.operator(), passage=row.passages.get(), provision=said, note=f"{name} note")
    folder = indexed()
    for viewer, hidden in (
        (PUBLIC, "netw|rest|stri"),
        (network_viewer("own"), "rest|stri|netwother"),
        (network_viewer("other"), "rest|stri|netwown"),
    ):
        told = [listed(viewer), passages(viewer, objective="20"), *(document(r.code, viewer) for r in listed(viewer))]
        told += [ask(question, viewer, folder) for question in ("canary*", "remittances", "remitances", "transfers")]
        assert "canarypubl" in repr(told)
        assert not re.findall(rf"canary(?:{hidden})\w*", repr(told))
        for word in re.findall(r"canary\w+word", repr(passages(OPERATOR_VIEWER, objective="20"))):
            answer = ask(word[:-5] + word[-4:], viewer, folder)  # misspelled: a letter is left out
            assert not re.findall(rf"canary(?:{hidden})\w*word", repr((answer.hits, answer.counts, answer.suggestion)))


def test_document_hidden_or_deleted_after_indexing_is_neither_found_counted_nor_suggested(
    store: None, tmp_path: Path
) -> None:
    row = documents.added(
        tmp_path / "a.txt", f"{WORDS} canaryword", classification="public", publisher="Canary press"
    ).document
    folder = indexed()
    assert ask("canaryword", PUBLIC, folder).total == 1
    assert ask("canarywrod", PUBLIC, folder).suggestion == "canaryword"
    classify(Document.objects.all(), "restricted")
    for hide in (lambda: None, row.delete):
        hide()
        for question in ("canaryword", "canarywrod", "canary*", '"canaryword"'):
            answer = ask(question, PUBLIC, folder)
            assert (answer.total, answer.hits, answer.suggestion) == (0, (), "")
            assert not any(answer.counts.values())


def test_hidden_document_is_refused_like_one_that_is_not_there(store: None, tmp_path: Path) -> None:
    row = documents.added(tmp_path / "hidden.txt", WORDS, classification="restricted").document
    said = []
    for code in ("hidden", "absent", row.sha256, "f" * 64):
        with pytest.raises(NotFoundError) as refusal:
            document(code, PUBLIC)
        said.append(str(refusal.value).replace(code, "CODE"))
    assert len(set(said)) == 1


def test_reasons_of_a_hidden_passage_and_a_hidden_tag_are_not_told(store: None, tmp_path: Path) -> None:
    row = documents.added(tmp_path / "a.txt", WORDS, documents.TRAFFICKING, classification="public").document
    Tag.objects.update(reasons=["canary reason"])
    classify(Passage.objects.filter(document=row, position=0), "restricted")
    classify(Tag.objects.filter(passage__position=1), "strictly_confidential")
    told = repr((passages(PUBLIC, document="a"), passages(PUBLIC, objective="20"), passages(PUBLIC, objective="10")))
    assert "canary reason" not in told
    assert "recovery period" in told
    assert "dinars" not in told


def test_hidden_version_or_near_document_is_not_named(store: None, tmp_path: Path) -> None:
    hidden = documents.added(tmp_path / "canary-a.txt", WORDS, classification="restricted").document
    documents.added(tmp_path / "open-b.txt", f"{WORDS} Also.", classification="public", former=hidden)
    documents.added(tmp_path / "open-c.txt", f"{WORDS} Too.", classification="public")
    for viewer in (PUBLIC, network_viewer("any")):
        assert "canary" not in repr([document(code, viewer) for code in ("open-b", "open-c")])
    assert document("open-b", OPERATOR_VIEWER).former == "canary-a"


def test_hidden_newer_version_changes_nothing_for_the_public(store: None, tmp_path: Path) -> None:
    shown = documents.added(tmp_path / "open-a.txt", WORDS, classification="public").document

    def told() -> tuple[object, ...]:
        return document("open-a", PUBLIC), passages(PUBLIC, objective="20")

    before = told()
    assert before[1]
    documents.added(tmp_path / "canary-b.txt", f"{WORDS} Also.", classification="restricted", former=shown)
    assert told() == before


# Hostile words


@pytest.mark.slow
def test_code_in_words_titles_and_publishers_is_inert_in_every_file_of_the_review(data: Path, tmp_path: Path) -> None:
    """The source of a figure carries HTML, Typst, formulas and the end of CDATA into the review."""
    rows = "".join(f"GEO,unsd:BX_TRF_PWKR,,percent,C,{year},{value}\n" for year, value in ((2024, 11), (2025, 12)))
    table = tmp_path / '=HYPERLINK("x") #panic("p") <b>.csv'
    table.write_text("place,series,disaggregation,unit,nature,year,value\n" + rows)
    given = ("--dataset", "hostile", "--title", f"=1+1 {SCRIPT}", "--publisher", f"=2+5 {SCRIPT}", "--released", "2026")
    added = run_waymark(data, "data", "add", str(table), *given, "--address", 'javascript:alert(1)//"><script>')
    assert added.returncode == 0, added.stderr
    out = tmp_path / "out"
    assert run_waymark(data, "review", "GEO", "--cycle", "imrf-2026", "--out", str(out)).returncode == 0
    page = whole(out)
    assert "CANARY" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    told = json.loads((out / "review.json").read_text("utf-8"))
    assert "CANARY" in json.dumps(told)
    with zipfile.ZipFile(out / "review.docx") as package:
        assert "CANARY" in package.read("word/document.xml").decode("utf-8")
        assert "javascript:" not in package.read("word/_rels/document.xml.rels").decode("utf-8")
    assert b"/JavaScript" not in (out / "review.pdf").read_bytes()
    for table in (out / "data").glob("*.csv"):
        assert not re.search(r'(?m)(?:^|,)"?[=@\t]', table.read_text("utf-8")), table.name


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    texts = (WORDS, documents.TRAFFICKING, "A/RES/73/195 de l’année 2018", "移民工人汇款", "მიგრაცია საქართველოში")
    build((Entry(f"urn:{n}", "passage", texts=(Said("", text),)) for n, text in enumerate(texts)), folder)
    return Index.open(folder)


PIECES = [
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    '"',
    "*",
    "-",
    "migr*",
    "a*",
    ".*",
    "(a+)+$",
    "\\",
    "/",
    "[",
    "^",
    "\0",
    "移民",
    "მიგ*",
]
QUESTIONS = st.one_of(
    st.text(max_size=1100), st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=300).map(" ".join)
)


@settings(max_examples=300)
@given(question=QUESTIONS)
def test_whatever_is_asked_is_answered_or_refused_in_words(small: Index, question: str) -> None:
    answer = None
    with suppress(WaymarkError):
        answer = small.search(Query(question))
    assert answer is None or 0 <= len(answer.hits) <= answer.total <= 5


# Hostile files


@pytest.mark.slow
def test_names_and_links_lead_nowhere_outside_the_data_folder(data: Path, tmp_path: Path) -> None:
    folder, outside = tmp_path / "files", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("canary outside")
    (folder / "a..\\..\\up.txt").write_text(f"One. {WORDS}")
    (folder / f"{'a' * 240}.txt").write_text(f"Two. {WORDS}")
    (folder / "-rf.txt").write_text(f"Three. {WORDS}")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "loop").symlink_to(folder)
    before = sorted(tmp_path.rglob("*"))
    result = run_waymark(data, "documents", "add", str(folder))
    assert result.returncode == 1
    assert "3 added" in result.stdout
    assert "was not followed" in " ".join(result.stdout.split())
    new = set(tmp_path.rglob("*")) - set(before)
    assert all(path.is_relative_to(data) for path in new)
    kept = [path for path in (data / "documents").rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{64}(\.txt)?", path.name) for path in kept)
    assert not any(b"canary outside" in path.read_bytes() for path in kept)


@pytest.mark.slow
def test_killed_in_the_middle_and_run_again_leaves_each_file_once(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(30):
        (folder / f"c{number:02}.txt").write_text("\n\n".join(f"{number} {line}. {WORDS}" for line in range(12)))
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}

    def counted(what: str) -> int:
        with closing(sqlite3.connect(data / "waymark.sqlite3", timeout=30)) as record:
            return int(record.execute(f"select count(*) from {what}").fetchone()[0])

    for least, at in ((2, 6), (8, 14)):
        program = stopped(WAYMARK, data / "documents", at, signal.SIGKILL, ("os.rename",))  # a file and a text each
        killed = subprocess.run(
            [sys.executable, "-c", program, "documents", "add", str(folder)], cwd=REPOSITORY,
            env={**kept, "WAYMARK_DATA": str(data)}, capture_output=True, check=False,
        )  # fmt: skip
        assert killed.returncode == -signal.SIGKILL
        assert least <= counted("records_document where sha256 <> ''") < 30
        assert not counted(
            "records_document d where sha256 <> '' and (reading <> 'read' or not exists (select 1 from"
            " records_passage p join records_tag t on t.passage_id = p.id where p.document_id = d.id))"
        )
    result = run_waymark(data, "documents", "add", str(folder))
    assert result.returncode == 0, result.stderr
    assert counted("records_document where sha256 <> ''") == 30
    assert counted("(select distinct sha256 from records_document where sha256 <> '')") == 30
    assert not counted("records_passage where document_id not in (select id from records_document)")


@pytest.mark.slow
def test_two_commands_at_once_keep_each_file_once(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"Number {number}. {WORDS}")
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "waymark", "documents", "add", str(folder)],
            cwd=REPOSITORY,
            env={**kept, "WAYMARK_DATA": str(data)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    assert not any(b"Traceback" in command.communicate()[1] for command in both)
    with closing(sqlite3.connect(data / "waymark.sqlite3")) as record:
        query = "select count(*), count(distinct sha256) from records_document where sha256 <> ''"
        assert record.execute(query).fetchone() == (12, 12)


# Rows of JSON


@pytest.mark.slow
def test_bad_rows_cost_themselves_and_the_order_is_kept(data: Path, tmp_path: Path) -> None:
    good = [json.dumps({"id": n % 7, "text": f"Migrant workers {n}", "language": "en"}) for n in range(600)]
    bad = ["{", "[" * 100_000, "\0", "null", '{"id": 5}', '{"text": 1}', '{"id": 1e5, "text": null}']
    rows = [row for n, row in enumerate(good) for row in ((row, bad[n // 90]) if n % 90 == 45 else (row,))]
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*rows, ""]).encode())
    result = run_waymark(data, "documents", "tag", str(tmp_path / "a.jsonl"))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(answers) == len(rows)
    for row, answer in zip(rows, answers, strict=True):
        if row in bad:
            assert "error" in answer
        else:
            assert (answer["id"], answer["text"]) == (json.loads(row)["id"], json.loads(row)["text"])


# The index


@pytest.mark.slow
def test_search_goes_on_while_the_index_is_rebuilt_removed_and_pointed_elsewhere(data: Path) -> None:
    assert run_waymark(data, "search", "migrants").returncode == 0
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    several = [
        subprocess.Popen(
            [sys.executable, "-m", "waymark", "search", "migrants", *more], cwd=REPOSITORY, text=True,
            env={**kept, "WAYMARK_DATA": str(data)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for more in ((), ("--rebuild",), ("--rebuild",), ())
    ]  # fmt: skip
    for command in several:
        said, refused = command.communicate()
        assert "found" in said or "is being rebuilt elsewhere" in refused
        assert "Traceback" not in refused
    (data / "search" / "current").write_text("generation-999999")
    assert "found" in run_waymark(data, "search", "migrants").stdout
    (data / "search" / "current").write_bytes(b"../../\xff")
    assert "found" in run_waymark(data, "search", "migrants").stdout
    shutil.rmtree(data / "search")
    assert "found" in run_waymark(data, "search", "migrants").stdout
