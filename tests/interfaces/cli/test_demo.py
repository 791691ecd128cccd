"""`waymark demo`: its defaults; the whole command is tested in tests/journeys/test_demo.py."""

from pathlib import Path

import pytest

from waymark.gcm.errors import InputError
from waymark.interfaces.cli import demo
from waymark.interfaces.cli.main import main, parser_for


def test_reviews_go_to_the_build_folder_by_default() -> None:
    assert parser_for(["demo"]).parse_args(["demo"]).out == Path("build/review")


def test_a_demonstration_without_figures_adds_none() -> None:
    demo.add_statistics("georgia", {"observations": ""})


def test_a_page_of_ours_is_written_again_and_a_changed_or_foreign_one_is_not(tmp_path: Path) -> None:
    demo.check_page(tmp_path)
    demo.write_page(tmp_path, "<p>Both</p>\n")
    demo.check_page(tmp_path)
    page = tmp_path / "index.html"
    ours = page.read_bytes()
    assert ours.startswith(b"<p>Both</p>\n<!-- written by waymark demo, sha256")
    for content in (ours.replace(b"Both", b"Mine"), ours + b"more", b"<p>mine</p>", b"\xff\xfe", b""):
        page.write_bytes(content)
        with pytest.raises(InputError, match=r"it holds index\.html, which was not written by this command"):
            demo.check_page(tmp_path)
        assert page.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.parametrize("foreign", ["index.html", "GEO-imrf-2026/mine.txt", "QOR-imrf-2026"])
def test_what_a_person_put_there_is_refused_before_anything_is_loaded(
    foreign: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "ready_record", lambda: pytest.fail("the record was opened"))
    path = tmp_path / "out" / foreign
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert main(["demo", "--out", str(tmp_path / "out")]) == 2
    assert "not written by this command" in capsys.readouterr().err
    assert path.read_text() == "mine"
