"""Single entries go in and out of the index; kills, two at once and damaged files leave it whole."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from waymark.engines.documents.search import changing as module
from waymark.engines.documents.search.changing import changing
from waymark.engines.documents.search.index import Entry, Index, Query, Said, about, build
from waymark.engines.documents.search.store import locked
from waymark.gcm.errors import NotFoundError, OutputError, RefusedError


def entry(number: int, text: str = "Ferries carry workers.", **fields: object) -> Entry:
    return Entry(f"urn:{number}", "passage", texts=(Said("en", text),), **fields)  # type: ignore[arg-type]


def found(folder: Path, text: str) -> list[str]:
    return sorted(hit.entry.urn for hit in Index.open(folder).search(Query(text, limit=100)).hits)


def change(folder: Path, gone: list[str], rows: list[Entry], state: str = "after") -> None:
    with changing(folder, wait=30) as held:
        held.commit(gone, rows, state=state)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build((entry(number, made_of=(f"of:{number % 2}",)) for number in range(6)), tmp_path / "search", state="before")
    return tmp_path / "search"


def test_entries_go_out_by_any_row_that_they_are_made_of(folder: Path) -> None:
    change(folder, ["urn:0", "of:1"], [entry(1, "Ferries stop."), entry(9, "Buses go.")])
    assert found(folder, "ferries") == ["urn:1", "urn:2", "urn:4"]
    assert found(folder, "buses") == ["urn:9"]
    described = about(folder)
    assert described is not None
    assert (described.state, described.entries, described.changed) == ("after", 4, 6)


def test_a_reader_keeps_what_it_opened_and_knows_that_it_is_old(folder: Path) -> None:
    reader = Index.open(folder)
    assert reader.is_current()
    change(folder, ["urn:0"], [])
    assert not reader.is_current()
    assert reader.search(Query("ferries")).total == 6
    assert Index.open(folder).is_current()
    assert Index.open(folder).search(Query("ferries")).total == 5


def test_entries_are_found_by_the_rows_that_they_are_made_of(folder: Path) -> None:
    with changing(folder) as held:
        assert sorted(row.urn for row in held.made_of(["of:1", "urn:2", "of:none"])) == [
            "urn:1", "urn:2", "urn:3", "urn:5",
        ]  # fmt: skip
        assert held.made_of([]) == []


def test_a_language_that_comes_later_is_asked_in_as_well(folder: Path) -> None:
    change(folder, ["urn:7"], [Entry("urn:7", "passage", texts=(Said("fr", "Les travailleuses migrantes"),))])
    described = about(folder)
    assert described is not None
    assert described.languages == ("en", "fr")
    assert found(folder, "travailleuse") == ["urn:7"]


def test_words_that_were_taken_out_are_not_suggested(folder: Path) -> None:
    change(folder, ["urn:0"], [entry(0, "Lighthouse")])
    assert Index.open(folder).search(Query("lighthose")).suggestion == "lighthouse"
    change(folder, ["urn:0"], [entry(0, "Beacon")])
    assert Index.open(folder).search(Query("lighthose")).suggestion == ""


def test_nothing_to_change_writes_only_the_state(folder: Path) -> None:
    (meta,) = folder.glob("generation-*/meta.json")
    before = meta.stat().st_mtime_ns
    change(folder, [], [])
    described = about(folder)
    assert described is not None
    assert described.state == "after"
    assert meta.stat().st_mtime_ns == before


def test_rows_that_fail_change_nothing(folder: Path) -> None:
    def broken() -> list[Entry]:
        raise LookupError("the record is gone")

    with pytest.raises(LookupError), changing(folder) as held:
        held.commit(["urn:0"], (row for part in (lambda: [entry(8)], broken) for row in part()), state="after")
    assert len(found(folder, "ferries")) == 6
    described = about(folder)
    assert described is not None
    assert described.state == "before"
    change(folder, ["urn:0"], [])
    assert len(found(folder, "ferries")) == 5


def child(act: Callable[[], None]) -> int:
    """A process of its own that does one thing."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return pid


def test_a_writer_killed_before_it_says_what_it_did_is_made_up_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def act() -> None:
        monkeypatch.setattr(module, "describe", killed)
        change(folder, ["urn:0"], [entry(0, "Buses."), entry(7, "Buses.")])

    _, status = os.waitpid(child(act), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    described = about(folder)
    assert described is not None
    assert described.state == "before", "so the same events are taken in once more"
    change(folder, ["urn:0", "urn:7"], [entry(0, "Buses."), entry(7, "Buses.")])
    assert found(folder, "buses") == ["urn:0", "urn:7"]
    described = about(folder)
    assert described is not None
    assert described.entries == 7


def test_writers_at_once_wait_for_each_other(folder: Path) -> None:
    children = [child(lambda n=n: change(folder, [f"urn:{n}"], [entry(n, "Buses.")])) for n in range(10, 16)]  # type: ignore[misc]
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 6
    assert found(folder, "buses") == [f"urn:{n}" for n in range(10, 16)]
    described = about(folder)
    assert described is not None
    assert (described.entries, described.changed) == (12, 6)


def test_who_does_not_wait_is_refused_while_another_has_the_index(folder: Path) -> None:
    with locked(folder):
        before = time.monotonic()
        with pytest.raises(RefusedError, match="being rebuilt elsewhere"), changing(folder):
            pass
        with pytest.raises(RefusedError), changing(folder, wait=0.2):
            pass
        assert time.monotonic() - before >= 0.2
        assert len(found(folder, "ferries")) == 6
    change(folder, ["urn:0"], [])


def test_many_changes_leave_few_pieces(folder: Path) -> None:
    for number in range(40):
        change(folder, ["urn:0"], [entry(0, f"Ferries, time {number}.")])
    index = Index.open(folder)
    assert index.search(Query("ferries")).total == 6
    assert len(list(folder.glob("generation-*/*.term"))) <= 12


def test_without_an_index_or_with_a_damaged_one_there_is_nothing_to_change(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="waymark search --rebuild"), changing(tmp_path / "none"):
        pass
    for path in folder.glob("generation-*/*.term"):
        path.write_bytes(b"nonsense")
    with pytest.raises(NotFoundError), changing(folder):
        pass


def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "search").write_text("a file")
    with pytest.raises(OutputError, match="it could not be written"), changing(tmp_path / "search"):
        pass
