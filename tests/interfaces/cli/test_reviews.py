import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.factories import documents, frameworks, networks, organisations, people, places, reviews
from tests.factories.installations import ready_folder
from tests.factories.round_trips import told
from waymark.actions.catalogue import load_catalogue
from waymark.actions.facts import Paper
from waymark.actions.networks import NetworkFacts, found
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.reviews import CitationFacts, FindingFacts, add_finding, cite
from waymark.actions.reviews.imported import LeftOut, Why
from waymark.gcm.recorded import LEFT_OUT
from waymark.interfaces.cli.main import main
from waymark.interfaces.cli.reviews.importing import OF_ITS_RECORD, WHY, left_out_in_words
from waymark.records.actors import Actor
from waymark.records.editions import Candidate, Clearance, Edition
from waymark.records.reviews import Review, ReviewCycle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


TABLE = "kind,provision,text,code\nprogress,1,Counted.,\nrecommendation,1,Count more.,R1\n"


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    load_catalogue(by=Actor.system())
    found(by=Actor.operator(), code="n", facts=NetworkFacts(kind="un_network", level="national", name="N"))
    path = tmp_path / "earlier.csv"
    path.write_text(TABLE, encoding="utf-8")
    return ["reviews", "import", str(path), "--network", "n", "--cycle", "imrf-2022"]


def test_an_earlier_review_is_imported(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--published-on", "2022-05-20", "--place", "GEO", "--lang", "ka", "--title", "სათაური"]) == 0
    printed = capsys.readouterr().out
    assert "as review n-imrf-2022: 1 finding, 1 recommendation; edition n-imrf-2022.v1, sha256 " in printed
    assert Review.objects.get().title == {"ka": "სათაური"}


def test_without_a_day_no_edition_is_made(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out.endswith("; no edition.\n")


def test_a_bad_option_is_refused_in_one_paragraph(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--cycle", "imrf-1999"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("waymark reviews: ")
    assert "imrf-1999" in error
    assert error.count("\n") == 1
    assert not Review.objects.exists()


OWN_CODES = ["--network", "qor-network", "--code", "second"]


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """A `review.json` of Orvenia, whose network is there."""
    load_catalogue(by=Actor.system())
    networks.network(), organisations.organisation(), reviews.cycle("imrf-2022")
    row = reviews.review("first", cycle=ReviewCycle.objects.get(code="imrf-2026"))
    cited = CitationFacts(document=documents.document("scan", classification="public"))
    for kind in ("progress", "challenge"):
        finding = add_finding(by=Actor.operator(), review=row, facts=FindingFacts(kind=kind, text="Counted."))
        cite(by=Actor.operator(), finding=finding, facts=cited)
    vote = Paper(date(2018, 12, 19), words="Record of the vote")
    facts = PositionFacts(stance="noted")
    for given in ({"place": places.orvenia()}, {"organisation": organisations.organisation()}):
        take_position(by=Actor.operator(), on=frameworks.framework(), paper=vote, facts=facts, **given)
    path = tmp_path / "review.json"
    path.write_bytes(told(tmp_path))
    return path


def test_a_review_json_is_taken_in_and_what_was_left_out_is_told(
    own_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = json.loads(own_file.read_bytes())
    tree["record"]["positions"][1]["organisation"] = "gh\x1bost"
    tree["edition"] = {"number": 1, "replaces": None}
    own_file.write_text(json.dumps(tree | {"marking": "A demonstration"}), encoding="utf-8")
    assert main(["reviews", "import", str(own_file), *OWN_CODES]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Imported review.json as review second: 2 findings, 0 citations, 0 recommendations, 0 positions, 0 editions. "
        "The review is open.",
        "Left out: 2 citations that only the installation can look up where the file was made, of documents without "
        "file and address (2).",
        "Left out: 1 position whose holder has no record here: gh ost on gcm.",
        "Left out: 1 position, on record already.",
        "No edition was made of the file itself: it was made for edition 1 and does not say when that was published. "
        "Import it, under another code, with CLEARANCE.json of the edition in its folder, or with --published-on DAY.",
        "The record has other reviews of this place in this cycle: first. The pages of the cycle are made from the "
        "first by code.",
        "The file is marked as a demonstration: A demonstration. The network qor-network is not: the mark stands in "
        "the note of the review alone.",
        "Never taken from a file: figures and what follows from them, commitments, reports, meetings and claims. A "
        "review here is made from what is on record here.",
    ]
    assert Review.objects.get(code="second").note == "A demonstration"


def test_the_edition_of_a_review_json_is_told_and_a_second_import_changes_nothing(
    own_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["reviews", "import", str(own_file), *OWN_CODES, "--published-on", "2026-05-09"]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "0 recommendations, 0 positions, 1 edition. The review is published.\n" in printed
    assert f"Edition second.v1, published on 2026-05-09, sha256 {Edition.objects.get().hash}.\n" in printed
    assert main(words) == 0
    assert capsys.readouterr().out == "review.json is on record already as review second; nothing was changed.\n"


def test_every_reason_to_leave_something_out_has_its_words() -> None:
    reasons = [LeftOut(noun, why, "this") for noun, why in WHY]  # type: ignore[arg-type]
    reasons += [LeftOut(noun, "of_its_record") for noun in LEFT_OUT]
    lines = list(left_out_in_words(reasons))
    assert len(lines) == len(WHY) + 1
    assert {why for _, why in WHY} == set(get_args(Why))
    assert set(OF_ITS_RECORD) | {noun for noun, why in WHY if why == "of_its_record"} == set(LEFT_OUT)


@pytest.fixture
def candidate(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Candidate:
    """What waits to be cleared, with the two persons who sign."""
    monkeypatch.setenv("WAYMARK_DATA", str(settings.DATA_DIR))
    ready_folder(settings.DATA_DIR)
    people.dora(), people.emil()
    return reviews.submitted(reviews.review())


PAPER = ["--paper", "Letter 12/4", "--paper-date", "2026-04-02"]
DORA = ["--person", "dora", "--post", "co_chair-iom-like-qor-network"]
EMIL = ["--person", "emil", "--post", "validator-min-justice-qor-network"]


def test_a_review_is_rendered_and_submitted(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_DATA", str(settings.DATA_DIR))
    load_catalogue(by=Actor.system())
    ready_folder(settings.DATA_DIR)
    reviews.review(cycle=ReviewCycle.objects.get(code="imrf-2026"), title={"en": "Second review"})
    words = ["reviews", "submit", "qor-2026", "--on", "2026-04-01"]
    assert main([*words, "--out", str(tmp_path / "copy")]) == 0
    told = capsys.readouterr().out
    row = Candidate.objects.get()
    assert "Submitted qor-2026.c1: edition 1 of qor-2026, made for public, en, as of 2026-05-08." in told
    assert f"sha256 {row.hash}" in told
    kept = reviews.shelf().candidate(row.hash)
    copy = {str(path.relative_to(tmp_path / "copy")): path for path in (tmp_path / "copy").rglob("*") if path.is_file()}
    assert copy.keys() == row.listed().keys()
    assert all((kept / name).read_bytes() == path.read_bytes() for name, path in copy.items())
    page = (kept / "index.html").read_text(encoding="utf-8")
    assert "record of its clearance" in page
    assert "working copy" not in page
    tree = json.loads((kept / "review.json").read_bytes())
    assert tree["edition"] == {"number": 1, "replaces": None, "replaces_of": "", "replaces_withdrawn": ""}
    assert main(words) == 0
    assert Candidate.objects.get().hash == row.hash, "the same again is the same"


def test_where_two_persons_cleared_it_is_said_whose_clearance_is_lacking(
    settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_DATA", str(settings.DATA_DIR))
    ready_folder(settings.DATA_DIR)
    people.dora(), people.emil()
    reviews.submitted(reviews.review(publishing_body=organisations.organisation("committee")))
    for who in (DORA, EMIL):
        assert main(["reviews", "clear", "qor-2026.c1", *who, *PAPER]) == 0
        printed = capsys.readouterr().out
        assert "A person who acts for committee, which publishes it, must clear it too." in printed
        assert "Another person" not in printed


def test_the_way_from_a_candidate_to_an_edition(candidate: Candidate, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reviews", "clear", "qor-2026.c1", *DORA, *PAPER]) == 0
    first = capsys.readouterr().out
    assert first.startswith(
        "dora cleared qor-2026.c1 on 2026-04-02, entered by the operator from a signed paper: Letter 12/4, 2026-04-02."
    )
    assert "Another person must clear it too." in first
    assert main(["reviews", "publish", "qor-2026.c1", *PAPER]) == 3
    assert "is submitted, so one cannot publish it" in capsys.readouterr().err
    row = documents.document()
    paper = ["--paper", row.code, "--paper-date", "2026-04-03"]
    assert main(["reviews", "clear", candidate.hash[:12], *EMIL, *paper]) == 0
    assert "It can be published." in capsys.readouterr().out
    assert Clearance.objects.get(person__code="emil").paper == row
    assert main(["reviews", "show", "qor-2026"]) == 0
    shown = capsys.readouterr().out
    assert "cleared on 2026-04-03 by Emil (validator), entered by the operator from a signed paper: " in shown
    assert "Changed elsewhere since the files were made, and not in them (1):\n  document" in shown
    assert main(["reviews", "publish", "qor-2026.c1", *paper]) == 0
    edition = Edition.objects.get()
    printed = capsys.readouterr().out
    assert f"Published qor-2026.v1 on 2026-04-03: 3 files, sha256 {edition.hash}" in printed
    assert str(reviews.shelf().record(edition.hash)) in printed
    assert main(["reviews", "withdraw", "qor-2026.v1", "--reason", "A wrong figure", *paper]) == 0
    assert "Withdrew qor-2026.v1 on 2026-04-03: A wrong figure" in capsys.readouterr().out
    assert main(["reviews", "show", "qor-2026", "--audience", "public"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  withdrawn on 2026-04-03: A wrong figure"


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["submit", "qor-1999"], 2, "no review of this code is on record"),
        (["clear", "qor-2026.c9", *DORA, *PAPER], 2, "no candidate of this code is on record"),
        (["clear", "qor-2026.c1", "--person", "nobody", *DORA[2:], *PAPER], 2, "held such a post on 2026-04-02"),
        (["clear", "qor-2026.c1", *DORA, "--paper", "L", "--paper-date", "2999-01-01"], 2, "still to come"),
        (["clear", "qor-2026.c1", *DORA, "--paper", "L", "--paper-date", "yesterday"], 2, "this is not a date"),
        (
            ["clear", "qor-2026.c1", *DORA, "--paper", "L", "--paper-date", "2026-03-31"],
            3,
            "was submitted on 2026-04-01",
        ),
        (["publish", "qor-2026.c9", *PAPER], 2, "no candidate of this code is on record"),
        (["withdraw", "qor-2026.v9", "--reason", "R", *PAPER], 2, "no edition of this code is on record"),
        (["show", "qor-1999"], 2, "no review of this code is on record"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_paragraph(
    words: list[str], status: int, told: str, candidate: Candidate, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reviews", *words]) == status
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not Clearance.objects.exists()


@pytest.mark.parametrize("act", ["clear", "publish", "withdraw"])
def test_nothing_is_entered_without_a_paper(act: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["reviews", act, "x"])
    assert "--paper, --paper-date" in capsys.readouterr().err
