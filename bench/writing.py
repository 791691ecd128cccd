"""Every command that writes, with inputs of our own: what reruns, kills, full disks and read-only folders are tried on.

Each works on a copy of one installation that holds both demonstrations, a framework and thirty judged passages.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import databases

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
disaggregations: [sex]
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
    """A copy of the installation with the inputs: everything that a command may read or write lies below `root`.

    With `server`, the address of a PostgreSQL server, the record is a database of its own there, named by `root`.
    """

    root: Path
    server: str = ""

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

    @property
    def url(self) -> str:
        """The address of the record on PostgreSQL, "" on SQLite."""
        return databases.address(self.server, self.root) if self.server else ""

    def environment(self) -> dict[str, str]:
        """The environment of a command here."""
        kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTHONHASHSEED")}
        return kept | {"WAYMARK_DATA": str(self.data)} | ({"DATABASE_URL": self.url} if self.server else {})

    def copied(self, root: Path, writing: "Writing", tablespace: str = "") -> "Place":
        """A copy of its own for one trial of a command, after what comes before it.

        On PostgreSQL the database lies in `tablespace`, when one is named.
        """
        copy = self.begun(writing)._copy(root, fresh=writing.fresh, tablespace=tablespace)
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
        name = f"{self.root.name}-after-{hashlib.sha256(repr(said).encode()).hexdigest()[:16]}"
        done = Place(self.root.with_name(name), self.server)
        with done.root.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.root.exists():
                earlier = self._after(before[:-1])  # commands that begin alike share what comes before them
                half = earlier._copy(done.root.with_suffix(".half"))
                _good(before[-1](half), half)
                if self.server:
                    databases.rename(half.url, done.url)
                half.root.rename(done.root)
        return done

    def removed(self) -> None:
        """Take it away."""
        if self.server:
            databases.drop(self.url)
        shutil.rmtree(self.root)

    def _copy(self, root: Path, *, fresh: bool = False, tablespace: str = "") -> "Place":
        copy = Place(Path(shutil.copytree(self.root, root)), self.server)
        if self.server:
            databases.create(copy.url, template="" if fresh else self.url, tablespace=tablespace)
        return copy


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
    for pages in place.root.glob("pages*"):
        shutil.rmtree(pages)  # each trial copies what is there
    return place


def on_server(place: Place, root: Path, server: str) -> Place:
    """The same installation with its record on a PostgreSQL server: a backup of it, restored there.

    Raises RuntimeError when one of both fails.
    """
    kept = root.with_suffix(".backup")
    _good(["backup", kept], place)
    other = Place(Path(shutil.copytree(place.root, root)), server)
    shutil.rmtree(other.data)
    databases.create(other.url)
    _good(["restore", kept, "--no-register"], other)
    shutil.rmtree(kept)
    return other


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
