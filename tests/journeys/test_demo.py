"""`waymark demo`: one page that leads to both reviews; a second run loads nothing; bad folders are refused."""

from pathlib import Path

import pytest

from tests.journeys.conftest import Demonstrations

pytestmark = pytest.mark.slow


def test_the_page_leads_to_both_reviews_and_says_what_they_are(demonstrations: Demonstrations) -> None:
    page = (demonstrations.pages / "index.html").read_text("utf-8")
    for name in ("GEO-imrf-2026", "QOR-imrf-2026"):
        for file in ("index.html", "review.pdf", "review.docx", "review.json"):
            assert f'href="{name}/{file}"' in page
            assert (demonstrations.pages / name / file).stat().st_size > 1000
    assert "Fictional country" in page
    assert "not prepared by or for the Government of Georgia" in page


def test_a_second_run_loads_nothing_and_changes_no_byte(own: Demonstrations) -> None:
    before = (own.pages / "QOR-imrf-2026" / "MANIFEST").read_bytes()
    result = own.waymark("demo", "--out", str(own.pages))
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("already loaded") == 2
    assert (own.pages / "QOR-imrf-2026" / "MANIFEST").read_bytes() == before


@pytest.mark.parametrize("foreign", ["file", "folder"])
def test_a_folder_that_cannot_be_used_is_refused_in_one_paragraph(
    own: Demonstrations,
    tmp_path: Path,
    foreign: str,
) -> None:
    out = tmp_path / "out"
    if foreign == "file":
        out.write_text("mine")
    else:
        (out / "GEO-imrf-2026").mkdir(parents=True)
        (out / "GEO-imrf-2026" / "photo.jpg").write_text("mine")
    result = own.waymark("demo", "--out", str(out))
    assert result.returncode in (2, 4)
    assert "Traceback" not in result.stderr
    assert "waymark demo: " in result.stderr.splitlines()[-1]
    assert not (out / "index.html").exists()
