"""Every command that writes, with inputs of our own: what reruns, kills, full disks and read-only folders are tried on.

Each works on a copy of one installation that holds both demonstrations, a framework and thirty judged passages.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[1]
TEXT = (
    "The Ministry of Finance compares the prices of remittances each month. Migrant workers and their families ask for "
    "cheaper transfers, so that more of the money reaches the household. Banks publish the fee of every money transfer."
)
REVIEW = """kind,provision,text,code,concerns,confirmed_on
progress,3,Leaflets exist in three languages.,,,2018-04-10
challenge,7,Guardians are hard to find in summer.,,,
recommendation,7,Train guardians before the summer.,R1,15,
"""
PLAN = "code,title,text,language\n1,Remittances,Lower the fees of transfers.,en\n2,Work,Fair hiring of workers.,en\n"
FIGURES = "series,place,year,value\nunsd:SI_RMT_COST,QOR,2019,6.5\nSI_RMT_COST,QOR,2020,6.25\nSI_RMT_COST,QOR,2021,x\n"
FORM = """code: qor-permits-in-time
network: qor-network
title: Permits given within thirty days
meaning: Of all permits given in the year, those given within thirty days, in per cent.
unit: percent
direction: up
producer: qor-mol
objectives: [5]
"""
VALUES = "indicator,period,value,reason\nqor-permits-in-time,2023,61.5,\nqor-permits-in-time,2024,,not_collected\n"
JUDGED = """
import os, sys
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "waymark.config.settings"
import django
django.setup()
from django.conf import settings
from waymark.actions.documents import DocumentFacts, add_document, judge
from waymark.engines.documents.filing import Filing
from waymark.engines.documents.reading import read_files
from waymark.engines.documents.words.language import language_of
from waymark.records.actors import Actor
from waymark.records.frameworks import Provision
path = Path(sys.argv[1])
((_, read),) = read_files([path], language_of=language_of)
by = Actor.operator()
row = add_document(by=by, path=path, read=read, facts=DocumentFacts(), filing=Filing(settings.DATA_DIR / "documents"))
for passage in row.document.passages.all():
    judge(by=by, passage=passage, provision=Provision.objects.get(framework__code="gcm", code="20"))
"""


PLACE = "AND"
"""Of this country the record holds statistics only, so its papers are set in half the time of a full one's; the files
that are written are the same."""

DAY = f"{datetime.now(UTC):%Y-%m-%d}"
"""Today: what was entered for the trial can be sealed."""


Words = Callable[["Place"], Sequence[str | Path]]
"""The words of a command for a place."""


@dataclass(frozen=True, slots=True)
class Place:
    """A copy of the installation with the inputs: everything that a command may read or write lies below `root`."""

    root: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def inputs(self) -> Path:
        """Files that commands read."""
        return self.root / "inputs"

    @property
    def out(self) -> Path:
        """Where commands write what they are told to."""
        return self.root / "out"

    def environment(self, url: str = "") -> dict[str, str]:
        """The environment of a command here, on SQLite or the database of `url`."""
        kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTHONHASHSEED")}
        return kept | {"WAYMARK_DATA": str(self.data)} | ({"DATABASE_URL": url} if url else {})

    def copied(self, root: Path, writing: "Writing") -> "Place":
        """A copy of its own for one trial of a command, after what comes before it."""
        copy = Place(Path(shutil.copytree(self.begun(writing).root, root)))
        if writing.fresh:
            shutil.rmtree(copy.data)
        return copy

    def begun(self, writing: "Writing") -> "Place":
        """The installation in which all is done that comes before a command; made once, beside this one."""
        return self._after(writing.before)

    def _after(self, before: "Sequence[Words]") -> "Place":
        if not before:
            return self
        said = [[str(word) for word in words(Place(Path("place")))] for words in before]
        done = self.root.with_name(f"{self.root.name}-after-{hashlib.sha256(repr(said).encode()).hexdigest()[:16]}")
        with done.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                earlier = self._after(before[:-1])  # commands that begin alike share what comes before them
                half = Place(Path(shutil.copytree(earlier.root, done.with_suffix(".half"))))
                _good(before[-1](half), half)
                half.root.rename(done)
        return Place(done)


@dataclass(frozen=True, slots=True)
class Writing:
    """A command that writes: its name, its words for a place, and what it writes besides the data folder."""

    name: str
    words: Words
    outside: str = ""
    """Name of the file or folder below `out` that it writes."""
    slow: bool = False
    """It takes a minute or more."""
    fresh: bool = False
    """It begins without a data folder."""
    again: int = 0
    """The status of a second run: some refuse to write the same again."""
    before: tuple[Words, ...] = ()
    """What is done before."""

    def command(self, place: Place) -> list[str]:
        """The words after `waymark`."""
        return [str(word) for word in self.words(place)]


REVIEW_OF_PLACE = "QOR-imrf-2026"


def _submit(at: Place) -> list[str | Path]:
    return ["reviews", "submit", REVIEW_OF_PLACE, "--as-of", "2026-05-08", "--audience", "public"]


def _clear(person: str, post: str) -> Words:
    signed: list[str | Path] = ["--person", person, "--post", post, "--paper", "Letter", "--paper-date", DAY]
    return lambda at: ["reviews", "clear", f"{REVIEW_OF_PLACE}.c1", *signed]


def _publish(at: Place) -> list[str | Path]:
    return ["reviews", "publish", f"{REVIEW_OF_PLACE}.c1", "--paper", "Letter", "--paper-date", DAY]


def _withdraw(at: Place) -> list[str | Path]:
    paper: list[str | Path] = ["--paper", "Letter", "--paper-date", DAY]
    return ["reviews", "withdraw", f"{REVIEW_OF_PLACE}.v1", "--reason", "A table was of another year", *paper]


FIRST, SECOND = _clear("qor-p07", "qor-val-mj"), _clear("qor-p45", "qor-committee-chair")
"""The two persons who clear the review."""


def _indicator(at: Place) -> list[str | Path]:
    return ["data", "indicator", at.inputs / "permits.yaml"]


WRITINGS: tuple[Writing, ...] = (
    Writing("setup", lambda at: ["setup"]),
    Writing("setup of a new record", lambda at: ["setup"], fresh=True),
    Writing("demo", lambda at: ["demo", "--out", at.out / "pages"], "pages"),
    Writing("demo on a new record", lambda at: ["demo", "--out", at.out / "pages"], "pages", slow=True, fresh=True),
    Writing(
        "review", lambda at: ["review", PLACE, "--cycle", "imrf-2026", "--out", at.out / "review"], "review"
    ),
    Writing("paper", lambda at: ["paper", PLACE, "--framework", "sdg", "--out", at.out / "paper"], "paper"),
    Writing(
        "reviews import",
        lambda at: [
            "reviews", "import", at.inputs / "earlier.csv", "--network", "qor-network", "--cycle", "imrf-2022",
            "--code", "qor-2018", "--published-on", "2018-05-17",
        ],
    ),
    Writing("reviews submit", _submit),
    Writing("reviews clear", SECOND, before=(_submit, FIRST), again=3),
    Writing("reviews publish", _publish, before=(_submit, FIRST, SECOND), again=3),
    Writing("reviews withdraw", _withdraw, before=(_submit, FIRST, SECOND, _publish), again=3),
    Writing(
        "frameworks import",
        lambda at: ["frameworks", "import", at.inputs / "plan.csv", "--framework", "new-plan", "--title", "A new plan"],
    ),
    Writing(
        "frameworks suggest",
        lambda at: ["frameworks", "suggest", "plan", "--out", at.out / "plan.xlsx"],
        "plan.xlsx",
        again=2,
    ),
    Writing("frameworks link", lambda at: ["frameworks", "link", at.inputs / "decided.xlsx", "--framework", "plan"]),
    Writing("documents add", lambda at: ["documents", "add", at.inputs / "texts", "--about", "QOR"]),
    Writing(
        "documents judge", lambda at: ["documents", "judge", "qor-doc-website-audit.1", "--objective", "3"]
    ),
    Writing("documents retag", lambda at: ["documents", "retag"]),
    Writing("documents learn", lambda at: ["documents", "learn"], slow=True),
    Writing("documents train", lambda at: ["documents", "train", "--out", at.out / "head.npz"], "head.npz", slow=True),
    Writing("data add", lambda at: ["data", "add", at.inputs / "figures.csv"]),
    Writing(
        "data check",
        lambda at: ["data", "check", at.inputs / "figures.csv", "--rejects", at.out / "rejects.csv"],
        "rejects.csv",
    ),
    Writing("data indicator", _indicator),
    Writing(
        "data values",
        lambda at: [
            "data", "values", at.inputs / "values.csv", "--network", "qor-network", "--organisation", "qor-mol",
            "--paper", "Letter", "--paper-date", DAY,
        ],
        again=3,
        before=(_indicator,),
    ),
    Writing("search", lambda at: ["search", "remittances"]),
    Writing("search again", lambda at: ["search", "--rebuild"]),
    Writing("seal", lambda at: ["seal", "--as-of", DAY]),
    Writing("backup", lambda at: ["backup", at.out / "backup"], "backup"),
    Writing("restore", lambda at: ["restore", at.inputs / "backup", "--no-register"], fresh=True, again=3),
)  # fmt: skip


def run(words: Sequence[str | Path], environment: Mapping[str, str], **more: Any) -> subprocess.CompletedProcess[str]:
    """Run `waymark` with these words."""
    command = [sys.executable, "-m", "waymark", *map(str, words)]
    return subprocess.run(
        command, env=dict(environment), cwd=REPOSITORY, capture_output=True, text=True, timeout=900, check=False, **more
    )


def prepare(root: Path, demonstrated: Path | None = None) -> Place:
    """Make the installation and the inputs, by the commands themselves. Raises RuntimeError when one fails.

    `demonstrated` is a data folder in which `waymark demo` has run; a copy of it need not be made again.
    """
    place = Place(root)
    for folder in (place.inputs / "texts", place.out):
        folder.mkdir(parents=True)
    (place.inputs / "earlier.csv").write_text(REVIEW)
    (place.inputs / "plan.csv").write_text(PLAN)
    (place.inputs / "figures.csv").write_text(FIGURES)
    (place.inputs / "permits.yaml").write_text(FORM)
    (place.inputs / "values.csv").write_text(VALUES)
    for number in range(3):
        (place.inputs / "texts" / f"text-{number}.txt").write_text(f"Text {number}. {TEXT}")
    judged = place.inputs / "judged.md"
    judged.write_text(
        "\n\n".join(f"# Part {n}\n\nThe zamtari of district {n} met and noted who came." for n in range(30))
    )
    if demonstrated is None:
        _good(["demo", "--out", place.root / "pages"], place)
    else:
        shutil.copytree(demonstrated, place.data)
    _good(["review", PLACE, "--cycle", "imrf-2026", "--out", place.root / "pages-of-place"], place)  # assesses it
    _good(["frameworks", "import", place.inputs / "plan.csv", "--framework", "plan", "--title", "A plan"], place)
    done = subprocess.run(
        [sys.executable, "-c", JUDGED, judged], env=place.environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    _decided(place)
    _good(["backup", place.inputs / "backup"], place)
    _good(["documents", "judge", "qor-doc-website-audit.2", "--objective", "3"], place)  # something to seal
    return place


def _decided(place: Place) -> None:
    """A sheet of suggestions in which a person said yes to the first and no to the next."""
    from openpyxl import load_workbook

    path = place.inputs / "decided.xlsx"
    _good(["frameworks", "suggest", "plan", "--least", "0.01", "--out", path], place)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "decision")
    for row, said in ((2, "yes"), (3, "no")):
        sheet.cell(row, column, said)
    book.save(path)


def _good(words: Sequence[str | Path], place: Place) -> None:
    done = run(words, place.environment())
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr}")


VOLATILE = frozenset(
    {"id", "at", "created_at", "changed_at", "salt", "digest", "root", "applied", "hash", "content_hash", "words"}
)
"""Columns that differ from run to run: keys, moments, salted digests and what is made from them."""

MADE_AGAIN = ("search/", "waymark.sqlite3")
SALTED = ("heads/", "backup/", "secret-key")
"""Below the data folder or `out`: files whose names tell, and whose bytes are made from salts and moments."""


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name; without the database, what is made again, locks and hidden rests of a kill."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(MADE_AGAIN) and not any(part[0] == "." for part in name.split("/")):
            found[name] = b"" if name.startswith(SALTED) else path.read_bytes()
    return found


def rows_of(place: Place) -> dict[str, list[str]]:
    """Every row of every table of the record as text, sorted, exactly as it is."""
    return _rows(place, frozenset())


def told(place: Place) -> dict[str, Any]:
    """What an installation holds, without what differs from run to run: rows by table, files by name."""
    rows = _rows(place, VOLATILE) if (place.data / "waymark.sqlite3").exists() else {}
    return {"rows": rows, "data": files_below(place.data), "out": files_below(place.out)}


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """The tables and files in which two installations differ."""
    return [
        f"{kind}: {name}"
        for kind in first
        for name in sorted(first[kind].keys() | second[kind].keys())
        if first[kind].get(name) != second[kind].get(name)
    ]


def _rows(place: Place, left_out: frozenset[str]) -> dict[str, list[str]]:
    with closing(sqlite3.connect(place.data / "waymark.sqlite3", timeout=30)) as record:
        tables = record.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        return {name: _rows_of(record, name, left_out) for (name,) in tables.fetchall()}


def _rows_of(record: sqlite3.Connection, table: str, left_out: frozenset[str]) -> list[str]:
    columns = [name for name, *_ in record.execute(f'select * from "{table}" limit 0').description]
    kept = [name for name in columns if not _volatile(name, left_out)]
    wanted = ", ".join(f'"{name}"' for name in kept) or "1"  # at least how many rows there are
    return sorted(map(repr, record.execute(f'select {wanted} from "{table}"')))


def _volatile(column: str, left_out: frozenset[str]) -> bool:
    return bool(left_out) and (column in left_out or column.endswith("_id"))
