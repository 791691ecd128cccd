"""A kill, a full disk or a closed folder leaves nothing half-done: the same command heals what was cut off."""

import os
import shutil
from pathlib import Path

import pytest

from tests.operation.conftest import Installation, Server, empty
from waymark.actions.installation import backing_up, restoring
from waymark.actions.installation.backups import is_backup, read_backup

pytestmark = [pytest.mark.slow, pytest.mark.drill]

KILL = """
import os, signal, sys
from waymark.interfaces.cli.main import main
import {module} as module
former = module.{name}
def killed(*args, **kwargs):
    {before}
    os.kill(os.getpid(), signal.SIGKILL)
module.{name} = killed
main({words!r})
"""
RESTORING = restoring.__name__
POINTS = {
    "before a table is filled": (f"{RESTORING}", "read_table", "pass"),
    "before the folder is put in its place": (f"{RESTORING}", "_into_place", "pass"),
    "when the folder is in its place": (f"{RESTORING}", "_into_place", "former(*args)"),
    "before it is finished": (f"{RESTORING}", "_finish", "pass"),
    "when it is finished but for the marker": (f"{RESTORING}", "put_back_seals", "former(*args)"),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_restore_that_is_killed_is_finished_by_the_next(
    original: Installation, backup: Path, server: Server, kind: str, tmp_path: Path, point: str
) -> None:
    module, name, before = POINTS[point]
    place = empty(original, server, kind, tmp_path)
    place.killed(KILL.format(module=module, name=name, before=before, words=["restore", str(backup)]))
    half = place.run("verify")
    assert half.returncode == 3, "what is half there is never taken for the record"
    place.must("restore", str(backup))
    place.must("verify")
    assert [path.name for path in tmp_path.iterdir()] == ["restored"]


BACKING = backing_up.__name__


@pytest.mark.parametrize("name", ["write_table", "write_inventory", "swap"])
def test_a_backup_that_is_killed_leaves_the_former_one(
    original: Installation, backup: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(backup, tmp_path / "kept")
    before = read_backup(tmp_path / "kept")
    for out in ("kept", "new"):
        words = ["backup", str(tmp_path / out)]
        original.killed(KILL.format(module=BACKING, name=name, before="pass", words=words))
    assert read_backup(tmp_path / "kept") == before
    assert not (tmp_path / "new").exists()
    left = [path for path in tmp_path.iterdir() if path.name[0] == "."]
    assert len(left) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in left), "nobody else reads what a kill left"
    for out in ("kept", "new"):
        original.must("backup", str(tmp_path / out))
        assert is_backup(tmp_path / out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "new"]


LIMITED = """
import resource, signal, sys
from waymark.interfaces.cli.main import main
import django.db
django.db.connection.ensure_connection()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))  # more than is printed
status = main({words!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
sys.exit(status)  # what counts the lines of the tests writes its file now
"""


def test_a_full_disk_is_told_in_a_sentence_and_leaves_the_former_backup(
    original: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    shutil.copytree(backup, tmp_path / "kept")
    before = read_backup(tmp_path / "kept")
    full = original.python_all(LIMITED.format(words=["backup", str(tmp_path / "kept")]))
    assert full.returncode == 4, full.stderr
    assert "Traceback" not in full.stderr
    assert full.stderr.startswith("waymark backup: ")
    assert read_backup(tmp_path / "kept") == before
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    place = empty(original, server, kind, tmp_path)
    full = place.python_all(LIMITED.format(words=["restore", str(backup)]).replace("django.db.connection", "#"))
    assert full.returncode == 4, full.stderr
    assert "Traceback" not in full.stderr
    assert not place.data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs the right to act as somebody else")
def test_a_closed_folder_is_told_in_a_sentence(original: Installation, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    code = (
        "import os, sys\nfrom waymark.interfaces.cli.output import refusal\n"
        "from waymark.engines.safekeeping.staging import staged\nfrom pathlib import Path\n"
        "child = os.fork()\n"  # who writes the count of lines is another user than the one that is refused
        "if child:\n    os.waitpid(child, 0)\n    sys.exit(0)\n"
        "os.setuid(65534)\n"
        f"try:\n    with staged(Path({str(closed / 'backup')!r}), 'backup'): pass\n"
        f"except OSError as error:\n    print(refusal(Path({str(closed / 'backup')!r}), error, ''), flush=True)\n"
        "os._exit(0)"
    )
    for path in (tmp_path, *tmp_path.parents[:2]):
        path.chmod(0o755)
    assert "it is not allowed to write there" in original.python(code)


def test_a_place_in_use_and_a_folder_of_somebody_else_are_refused(original: Installation, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("mine")
    for folder, words in (
        (tmp_path, "it holds files that are no backup"),
        (original.data / "backup", "it lies in "),
        (original.data.parent, "it lies in "),
        (original.heads / "backup", "it lies in "),
    ):
        refused = original.run("backup", str(folder))
        assert refused.returncode == 2, refused.stderr
        assert words in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_two_backups_into_one_folder_wait_for_each_other(original: Installation, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\nfrom waymark.engines.safekeeping.staging import staged\n"
        "from waymark.interfaces.cli.main import main\n"
        f"with staged(Path({str(tmp_path / 'backup')!r}), 'backup'):\n"
        f"    print(main(['backup', {str(tmp_path / 'backup')!r}]))"
    )
    assert original.python(code) == "3"
    assert list(tmp_path.iterdir()) == []
