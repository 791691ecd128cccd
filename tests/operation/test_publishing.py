"""A publication that is killed anywhere is done again by the same command; a backup holds candidates and editions."""

import json
import signal
from itertools import count
from pathlib import Path

import pytest

from tests.operation.conftest import Installation, Server, empty
from tests.operation.test_interrupted import KILL
from tests.stops import WAYMARK, stopped

pytestmark = [pytest.mark.slow, pytest.mark.drill]

CLEARED = """
from tests.factories.reviews import cleared
from waymark.records.reviews import Review
candidate = cleared(Review.objects.get(code="qor-2026"))
print(candidate.code, candidate.hash)
"""
STANDING = """
from waymark.records.editions import Candidate, Edition
print(Edition.objects.count(), Candidate.objects.get(code={code!r}).state)
"""
PAPER = ("--paper", "Letter 12/4", "--paper-date", "2026-04-02")


def publishing(installation: Installation) -> tuple[str, str, list[str]]:
    code, sha256 = installation.python(CLEARED).split()
    return code, sha256, ["reviews", "publish", code, *PAPER]


def test_a_publication_killed_at_any_step_of_its_copy_is_done_again(installation: Installation) -> None:
    code, sha256, words = publishing(installation)
    editions = installation.data / "editions"
    for at in count(1):
        done = installation.python_all(stopped(WAYMARK, editions, at, signal.SIGKILL), *words)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
        assert installation.python(STANDING.format(code=code)) == "1 cleared"
        installation.must("verify")
    assert at > 10
    assert installation.python(STANDING.format(code=code)) == "2 published"
    told = json.loads((editions / sha256 / "CLEARANCE.json").read_bytes())
    assert told["published"]["paper"] == "Letter 12/4"
    assert "editions: 2, with 6 files" in installation.must("verify")
    assert {path.name for path in editions.iterdir() if path.name[0] != "."} >= {sha256}


def test_a_publication_killed_between_copy_and_record_is_told_and_done_again(installation: Installation) -> None:
    code, sha256, words = publishing(installation)
    kill = KILL.format(module="waymark.actions.reviews.publishing", name="store_edition", before="pass", words=words)
    installation.killed(kill)
    assert (installation.data / "editions" / sha256 / "files" / "index.html").exists()
    assert installation.python(STANDING.format(code=code)) == "1 cleared"
    assert f"1 folder is of no edition on record, such as {sha256}" in installation.must("verify")
    installation.must(*words)
    assert "of no edition on record" not in installation.must("verify")


def test_a_file_changed_after_clearance_is_refused_and_a_changed_edition_is_named(installation: Installation) -> None:
    _, sha256, words = publishing(installation)
    place = installation.data / "candidates" / sha256 / "files" / "index.html"
    whole = place.read_bytes()
    place.write_bytes(b"<p>Costs fell.")
    refused = installation.run(*words)
    assert refused.returncode == 3
    assert "index.html was changed" in refused.stderr
    place.write_bytes(whole)
    installation.must(*words)
    (installation.data / "editions" / sha256 / "files" / "index.html").write_bytes(b"<p>Costs fell.")
    found = installation.run("verify")
    assert found.returncode == 1
    assert "edition qor-2026.v2: its file index.html was changed" in found.stderr


def test_candidates_and_editions_come_back_from_a_backup(
    installation: Installation, server: Server, kind: str, tmp_path: Path
) -> None:
    _, sha256, words = publishing(installation)
    installation.must(*words)
    installation.must("backup", str(tmp_path / "backup"))
    place = empty(installation, server, kind, tmp_path)
    place.must("restore", str(tmp_path / "backup"))
    printed = place.must("verify")
    assert "candidates: 2, with 6 files" in printed
    assert "editions: 2, with 6 files" in printed
    for name in ("candidates", "editions"):
        kept = place.data / name / sha256 / "files" / "index.html"
        assert kept.read_bytes() == (installation.data / name / sha256 / "files" / "index.html").read_bytes()
    assert (place.data / "editions" / sha256 / "CLEARANCE.json").exists()
