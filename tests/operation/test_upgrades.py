"""A record of a former day is brought to this version by `waymark setup`: whole, and killed anywhere between."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.operation.conftest import Installation, Server
from tests.operation.keeping import KEPT, ROWS, rows, unpack

pytestmark = [pytest.mark.slow, pytest.mark.drill]

SETUP = """
import os, signal, sys
from django.conf import settings
from django.db.migrations.migration import Migration
from waymark.interfaces.cli.main import main
from waymark.records.upgrading import WholeExecutor
later, left = sys.argv[1], int(sys.argv[2])
if later:
    settings.MIGRATION_MODULES = {"records": later}
def point():
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
def around(owner, name):
    kept = getattr(owner, name)
    def stopped(self, *given, **named):
        point()
        made = kept(self, *given, **named)
        point()
        return made
    setattr(owner, name, stopped)
around(Migration, "apply")
around(WholeExecutor, "record_migration")
around(WholeExecutor, "apply_migration")
sys.exit(main(["setup"]))
"""
NEVER = "-1"
REFUSES = """
from django.db import DatabaseError, connection, transaction
for table, column in (("records_event", "verb"), ("records_edition", "language")):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 'x'")
            print(table, "may be changed")
    except DatabaseError:
        pass
"""
PUBLISHED = """
from waymark.records.models import Edition
print(*{edition.review.code for edition in Edition.objects.filter(candidate__state="published")})
"""
PROBED = """
from django.db import connection
with connection.cursor() as cursor:
    for question in ("count(*) FROM records_probe", "count(*) FROM records_place WHERE probe = 'filled'"):
        cursor.execute(f"SELECT {question}")
        print(cursor.fetchone()[0])
"""
KEPT_RECORDS = sorted(path.parent for path in KEPT.glob("*/*/rows.json"))


def named(kept: Path) -> str:
    return "-".join(kept.parts[-2:])


def holds(place: Installation, kept: Path) -> None:
    """All that was there is there: each table, the log and its seals, every file, what never changes."""
    assert "All is as it was written." in place.must("verify")
    now = json.loads(place.python(ROWS))
    assert {name: (was, now[name]) for name, was in rows(kept).items() if name in now and now[name] < was} == {}
    assert place.python(REFUSES) == ""


def test_a_record_of_each_kind_is_kept() -> None:
    assert {kept.name for kept in KEPT_RECORDS} == {"every-noun", "demonstrations"}
    for kept in KEPT_RECORDS:
        assert {path.name for path in kept.iterdir()} == {"files.tar.xz", "sqlite.xz", "postgresql.xz", "rows.json"}


@pytest.mark.parametrize("kept", KEPT_RECORDS, ids=named)
def test_a_kept_record_is_brought_up_to_date(kept: Path, kind: str, server: Server, tmp_path: Path) -> None:
    place = unpack(kept, kind, server, tmp_path)
    assert "The record is ready in" in place.must("setup")
    holds(place, kept)
    found = place.must("search", "remittances")
    assert "Nothing was found" not in found
    published = place.python(PUBLISHED).split()
    assert published
    for review in published:
        assert "published" in place.must("reviews", "show", review)
    assert "0 rows written" in place.must("setup")


def killed_at_each_point(kept: Path, kind: str, server: Server, folder: Path, later: str) -> Iterator[Installation]:
    """The installation after each kill and the upgrade that follows; ends when no point is left."""
    for left in count():
        (folder / str(left)).mkdir()
        place = unpack(kept, kind, server, folder / str(left))
        done = place.python_all(SETUP, later, str(left))
        if done.returncode == 0:
            return
        assert done.returncode == -9, done.stdout + done.stderr
        healed = place.python_all(SETUP, later, NEVER)
        assert healed.returncode == 0, healed.stdout + healed.stderr
        yield place


@pytest.mark.parametrize("kept", [kept for kept in KEPT_RECORDS if kept.name == "every-noun"], ids=named)
def test_an_upgrade_killed_at_any_step_is_finished_by_the_next(
    kept: Path, kind: str, server: Server, tmp_path: Path
) -> None:
    for place in killed_at_each_point(kept, kind, server, tmp_path, ""):
        holds(place, kept)


def test_so_is_one_with_a_step_of_every_kind(kind: str, server: Server, tmp_path: Path) -> None:
    """Six points of one step more: before, after its statements, after its note, and after its end."""
    kept = KEPT_RECORDS[-1]
    points = 0
    for place in killed_at_each_point(kept, kind, server, tmp_path, "tests.operation.later"):
        probes, filled = place.python(PROBED).split()
        assert probes == filled != "0"
        points += 1
    assert points == 6
