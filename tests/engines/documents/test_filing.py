import hashlib
from pathlib import Path

import pytest

from waymark.engines.documents.filing import Filing
from waymark.gcm.errors import InputError, OutputError


def test_a_file_lies_under_its_hash_and_never_under_its_name(tmp_path: Path) -> None:
    given = tmp_path / "strategy.pdf"
    given.write_bytes(b"words")
    filing = Filing(tmp_path / "documents")
    sha256, size = filing.keep(given)
    assert (sha256, size) == (hashlib.sha256(b"words").hexdigest(), 5)
    assert filing.file(sha256).read_bytes() == b"words"
    assert "strategy" not in "".join(str(path) for path in (tmp_path / "documents").rglob("*"))
    assert filing.keep(given) == (sha256, size)
    assert len([path for path in (tmp_path / "documents").rglob("*") if path.is_file()]) == 1


def test_a_text_comes_back_as_it_was(tmp_path: Path) -> None:
    filing = Filing(tmp_path)
    text = "მიგრაცია\n\nالهجرة\n\n移民"
    name = filing.keep_text(text)
    assert filing.keep_text(text) == name
    assert filing.text(name) == text


def test_a_changed_or_lost_text_is_refused(tmp_path: Path) -> None:
    filing = Filing(tmp_path)
    name = filing.keep_text("words")
    place = next(tmp_path.rglob("*.txt"))
    place.write_text("other words")
    with pytest.raises(InputError, match="not what its name says"):
        filing.text(name)
    place.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        filing.text(name)


def test_what_cannot_be_read_or_stored_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.pdf: it is no file"):
        Filing(tmp_path / "documents").keep(tmp_path / "gone.pdf")
    (tmp_path / "in-the-way").write_text("")
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(OutputError, match="could not be stored"):
        Filing(tmp_path / "in-the-way").keep(tmp_path / "a.txt")
