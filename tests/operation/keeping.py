"""Records of a former day, kept as they were: made once, never made anew, unpacked by tests that bring them up to date.

Each is a folder below `tests/operation/kept/`: data folder and heads, the database of SQLite, that of PostgreSQL, and
the rows of each table. `python -m tests.operation.keeping FOLDER` makes one of this day; DATABASE_URL names a server.
"""

import json
import lzma
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.operation.conftest import BUILD, Installation, Server

KEPT = Path(__file__).parent / "kept"
DATABASE = "waymark.sqlite3"
LATEST = 9 | lzma.PRESET_EXTREME

CLEARED = """
from tests.factories.reviews import cleared
from waymark.records.models import Review
print(cleared(Review.objects.get(code="qor-2026")).code)
"""
ROWS = """
import json
from django.db import connection
from waymark.records.tables import table_names
counts = {}
with connection.cursor() as cursor:
    for name in table_names(connection):
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        counts[name] = cursor.fetchone()[0]
print(json.dumps(counts, indent=1))
"""


def every_noun(place: Installation) -> None:
    """A row of every noun, files of every kind, a published edition, an account with factor and session."""
    place.python(BUILD)
    code = place.python(CLEARED)
    place.must("reviews", "publish", code, "--paper", "Letter 12/4", "--paper-date", "2026-04-02")


def demonstrations(place: Installation) -> None:
    """Both demonstrations, as `make demo` leaves them."""
    place.must("demo", "--out", str(place.data.parent / "out"))


def keep(folder: Path, place: Installation, server: Server) -> None:
    """Write what the installation on SQLite holds, and the same record on PostgreSQL."""
    place.run("search", "--rebuild", "migrants")
    place.must("seal")
    folder.mkdir(parents=True)
    (folder / "rows.json").write_text(place.python(ROWS) + "\n", encoding="utf-8")
    backup = place.data.parent / "backup"
    place.must("backup", str(backup))
    (folder / "sqlite.xz").write_bytes(lzma.compress((place.data / DATABASE).read_bytes(), preset=LATEST))
    with tarfile.open(folder / "files.tar.xz", "w:xz", preset=LATEST) as archive:
        for path in (place.data, place.heads):
            archive.add(path, path.name, filter=_without_owner)
    other = Installation(backup.parent / "restored", backup.parent / "other-heads", server.database("postgresql"))
    shutil.copytree(place.heads, other.heads)
    other.must("restore", str(backup))
    done = subprocess.run(
        ["pg_dump", "--no-owner", "--no-privileges", other.database], capture_output=True, text=True, check=True
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]
    (folder / "postgresql.xz").write_bytes(lzma.compress("\n".join([*lines, ""]).encode(), preset=LATEST))


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """The entry as anybody's; databases lie apart, locks are of that moment."""
    name = Path(entry.name).name
    if name.startswith(DATABASE) or name.endswith(".lock"):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = 0
    return entry


def unpack(kept: Path, kind: str, server: Server, folder: Path) -> Installation:
    """The installation as it was that day, on SQLite or PostgreSQL, in `folder`."""
    with tarfile.open(kept / "files.tar.xz") as archive:
        archive.extractall(folder, filter="tar")
    place = Installation(folder / "data", folder / "heads", server.database(kind))
    packed = kept / ("sqlite.xz" if kind == "sqlite" else "postgresql.xz")
    content = lzma.decompress(packed.read_bytes())
    if kind == "sqlite":
        (place.data / DATABASE).write_bytes(content)
        return place
    marker = place.data / "installation.json"
    marker.write_text(marker.read_text("utf-8").replace('"sqlite"', '"postgresql"'), encoding="utf-8")
    subprocess.run(
        ["psql", "--quiet", "--no-psqlrc", "--output=/dev/null", "--set=ON_ERROR_STOP=1", place.database],
        input=content, check=True,
    )  # fmt: skip
    return place


def rows(kept: Path) -> dict[str, int]:
    """Table → rows of that day."""
    found: dict[str, int] = json.loads((kept / "rows.json").read_text("utf-8"))
    return found


if __name__ == "__main__":
    made = Server()
    try:
        for name, build in (("every-noun", every_noun), ("demonstrations", demonstrations)):
            with tempfile.TemporaryDirectory() as scratch:
                installation = Installation(Path(scratch) / "data", Path(scratch) / "heads")
                build(installation)
                keep(Path(sys.argv[1]) / name, installation, made)
    finally:
        made.drop()
