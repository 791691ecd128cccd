"""A folder is written as a whole or not at all: full disk, no rights, foreign files, a kill in the middle."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from waymark.gcm.errors import InputError, OutputError
from waymark.interfaces.cli.output import CAUSES, check_folder, refusal, swap, write_folder
from waymark.papers.files import manifest

BEFORE = {"data/a.csv": b"1"}
BEFORE["MANIFEST"] = manifest(BEFORE)
AFTER = {"MANIFEST": b"after", "index.html": b"<p>", "data/b.csv": b"2"}
NOBODY = 65534


def content(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that the command wrote before."""
    write_folder(tmp_path / "out", BEFORE)
    return tmp_path / "out"


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    write_folder(tmp_path / "a" / "b", AFTER)
    assert content(tmp_path / "a" / "b") == AFTER
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o755


def test_a_folder_of_ours_is_replaced_as_a_whole(out: Path) -> None:
    check_folder(out)
    write_folder(out, AFTER)
    assert content(out) == AFTER
    assert [path.name for path in out.parent.iterdir()] == ["out"], "nothing is left beside it"


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="not written by this command"):
        check_folder(tmp_path / "out")


def test_a_folder_with_foreign_files_is_refused_and_an_empty_one_taken(tmp_path: Path) -> None:
    check_folder(tmp_path)
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(InputError, match="Choose another folder"):
        check_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("data/notes.txt", b"mine"), ("data/a.csv", b"corrected"), ("MANIFEST", b"mine"), (".hidden", b"mine")],
)
def test_a_file_that_a_person_added_or_changed_is_not_lost(out: Path, name: str, content: bytes) -> None:
    (out / name).write_bytes(content)
    with pytest.raises(InputError, match="was not written by this command or was changed since"):
        check_folder(out)


def test_a_link_in_a_folder_of_ours_is_a_file_of_somebody(out: Path) -> None:
    (out / "data" / "a.csv").unlink()
    (out / "data" / "a.csv").symlink_to("/dev/null")
    with pytest.raises(InputError, match=r"it holds data/a\.csv"):
        check_folder(out)
    (out.parent / "link").symlink_to("nowhere")
    with pytest.raises(InputError, match="a file of this name"):
        check_folder(out.parent / "link")


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="a part of the path is a file"):
        write_folder(tmp_path / "file" / "out", AFTER)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the path is too long"):
        write_folder(tmp_path / ("x" * 300), AFTER)
    with pytest.raises(OutputError, match="the path is too long"):
        check_folder(tmp_path / ("x" * 300))


@pytest.mark.parametrize("number", sorted(CAUSES))
def test_each_cause_is_told_in_one_paragraph(number: int) -> None:
    words = str(refusal(Path("out"), OSError(number, "x")))
    assert words.startswith("--out out: it could not be written, because ")
    assert "Nothing was left half-written." in words
    assert "\n" not in words


def test_an_unknown_cause_is_told_in_the_systems_words() -> None:
    assert os.strerror(errno.EMFILE) in str(refusal(Path("out"), OSError(errno.EMFILE, "x")))
    assert os.strerror(errno.EIO) in str(refusal(Path("out"), OSError("no number")))


def program(out: Path, before: str) -> str:
    """A program that runs `before`, then writes AFTER into `out`, and prints the refusal if there is one."""
    return (
        f"import sys, os, signal, resource\nfrom pathlib import Path\nsys.path[:0] = {sys.path!r}\n"
        "from waymark.interfaces.cli.output import write_folder\nfrom waymark.gcm.errors import OutputError\n"
        f"files = {AFTER!r}\nfiles['big.bin'] = b'x' * 3_000_000\n{before}\n"
        f"try:\n    write_folder(Path({str(out)!r}), files)\nexcept OutputError as error:\n    sys.exit(str(error))\n"
    )


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_a_full_disk_leaves_the_former_folder(out: Path) -> None:
    limit = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000000, 1000000))"
    )
    result = run(program(out, limit))
    assert result.returncode == 1
    assert "a file grew over the size allowed here" in result.stderr
    assert content(out) == BEFORE
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_disk_without_space_leaves_the_former_folder(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True)
    try:
        limited = mounted.returncode != 0  # without the right to mount, the limit of a file's size stands in
        write_folder(disk / "out", BEFORE)
        limit = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))"
        result = run(program(disk / "out", limit if limited else ""))
        assert result.returncode == 1
        assert ("a file grew over" if limited else "the disk is full") in result.stderr
        assert content(disk / "out") == BEFORE
        assert [path.name for path in disk.iterdir()] == ["out"]
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", disk], check=True)


def test_a_folder_without_rights_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "closed"
    place.mkdir(mode=0o555)
    for path in (tmp_path, *tmp_path.parents[:2]):
        path.chmod(0o755)
    result = run(program(place / "out", f"os.setuid({NOBODY})" if os.geteuid() == 0 else ""))
    place.chmod(0o755)
    assert result.returncode == 1
    assert "it is not allowed to write there" in result.stderr
    assert list(place.iterdir()) == []


def test_a_kill_in_the_middle_leaves_the_former_folder(out: Path) -> None:
    code = program(out, "").replace(
        "try:\n",
        "class Files(dict):\n    def items(self):\n        yield 'MANIFEST', b'half'\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\nfiles = Files()\ntry:\n",
    )
    assert run(code).returncode == -signal.SIGKILL
    assert content(out) == BEFORE
    write_folder(out, AFTER)
    assert content(out) == AFTER, "the next run is not disturbed by what the kill left"


def test_ctrl_c_in_the_middle_leaves_nothing_behind(out: Path) -> None:
    class Files(dict[str, bytes]):
        def items(self):  # type: ignore[no-untyped-def, override]  # stops like a person would
            yield "MANIFEST", b"half"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(out, Files())
    assert content(out) == BEFORE
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_swap_that_fails_brings_the_former_folder_back(out: Path, error: type[BaseException]) -> None:
    class Fresh(type(out)):  # type: ignore[misc]  # a path of this system
        def rename(self, target: object) -> Path:
            raise error

    fresh = Fresh(out.parent / "fresh")
    fresh.mkdir()
    with pytest.raises(error):
        swap(fresh, out)
    assert content(out) == BEFORE
    assert sorted(path.name for path in out.parent.iterdir()) == ["fresh", "out"]
