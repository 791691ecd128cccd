"""Every command that writes, disturbed: run again, killed at chosen steps, on a full disk and on a read-only one.

A second run changes nothing, and heals what was cut off: nothing is lost or doubled, what was kept verifies. The steps
are chosen by a seed among all that the command makes: files made, renamed, removed and flushed, statements of the
database. `make soak` tries thirty of each, disks that are full at other moments, and the commands that take a minute.
"""

from pathlib import Path

import pytest

from bench.disks import trouble
from bench.kills import heal, undisturbed
from bench.trials import Server
from bench.writing import WRITINGS, Place, Writing

pytestmark = pytest.mark.slow

RUN = [writing for writing in WRITINGS if not writing.slow]


@pytest.mark.parametrize("writing", RUN, ids=[writing.name for writing in RUN])
def test_a_second_run_changes_nothing_and_heals_what_was_cut_off(
    installation: Place, server: Server, tmp_path: Path, writing: Writing
) -> None:
    whole = undisturbed(installation, writing, server, tmp_path)
    assert whole.faults == []
    assert heal(installation, writing, server, tmp_path, whole, points=3, seed=1) == []
    for slack in (0, None):
        folder = tmp_path / f"disk-{slack}"
        assert trouble(installation, writing, server, folder, slack=slack, wanted=whole.told) == []
