"""A small installation: a row of every noun, files of every kind, its log sealed. On SQLite, and on PostgreSQL too when
the tests run there. Everything is done by the command in processes forked for it."""

import atexit
import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from bench.trials import Server as Forks
from bench.trials import Trial

ROOT = Path(__file__).parents[2]
PATHS = os.pathsep.join(map(str, (ROOT, ROOT / "src")))
"""Where a process finds the tests and the program: those of this checkout, wherever another is installed from."""
SERVER = os.environ.get("DATABASE_URL", "")
KIND = "postgresql" if SERVER.startswith("postgres") else "sqlite"
ONTO = [(KIND, KIND)] if KIND == "sqlite" else [(KIND, KIND), (KIND, "sqlite"), ("sqlite", KIND)]
"""From which database onto which a backup is restored: on PostgreSQL the other ways too."""

BUILD = """
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
import zipfile
from django.conf import settings
from django.core.management import call_command
settings.DATA_DIR.mkdir(parents=True)
call_command("migrate", verbosity=0, interactive=False)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from tests.factories.commitments import commitment
from tests.factories.documents import REMITTANCES, added
from tests.factories.world import world
from waymark.actions.commitments import Partner
from waymark.actions.installation.erasing import erase_words
from waymark.actions.installation.secret import keep_secret
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.store import Store
from waymark.engines.safekeeping.published import Published
from waymark.records.actors import Actor
from waymark.records.commitments import Participation
from waymark.records.events import Event
from waymark.records.documents import Tag
from waymark.records.models import User
keep_secret(settings.DATA_DIR)
world(settings.HEADS_DIR, datetime.now(UTC).date())
Participation.objects.update(amount=Decimal("1234567.80"), share=Decimal("0.125"), currency="USD")
held = Tag.objects.get()
Tag.objects.create(
    code="of-model", passage=held.passage, provision=held.provision, by_person=False, score=0.1, model="m",
    reasons=[[1, "a"]],
)
account = User.objects.get()
account.set_password("a river with seven bridges")
account.save()
EmailAddress.objects.create(user=account, email="alice@example.org", verified=True, primary=True)
Authenticator.objects.create(user=account, type="totp", data={"secret": "of nobody"})
now = timezone.now()
UserSession.objects.create(user=account, session_key="none", ip="127.0.0.1", user_agent="none", last_seen_at=now)
event = Event.objects.filter(verb="commitment.proposed")[0]
erase_words(by=Actor.operator(), event=event, rule="R5", on=date(2026, 5, 8), published=Published(settings.HEADS_DIR))
data = settings.DATA_DIR
(data.parent / "one.md").write_text("x")
added(data.parent / "one.md", REMITTANCES, "\\u10e5\\u10d0\\u10e0\\u10d7\\u10e3\\u10da\\u10d8 \\U0001f9ed", tags=False)
(data.parent / "rows.csv").write_text("place,series,period,value\\nGEO,wb:X,2020,1\\nZZZ,wb:X,2021,2\\n")
add(data.parent / "rows.csv", store=Store(data / "datasets"), dataset="rows", publisher="Office", licence="CC BY 4.0")
(data / "tagging").mkdir()
with zipfile.ZipFile(data / "tagging" / "learned.npz", "w") as archive:
    archive.writestr("weights.npy", b"0123456789" * 20)
"""
Said = subprocess.CompletedProcess[str]
"""How a command ended, and what it printed."""

START = "import django\ndjango.setup()\n"


@cache
def forks() -> Forks:
    """The process from which commands are forked, so that the program is loaded once for all tests."""
    running = Forks().__enter__()
    atexit.register(running.__exit__)
    return running


@dataclass(frozen=True)
class Installation:
    """Where an installation lies, and how its commands are run."""

    data: Path
    heads: Path
    database: str = ""
    given: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: words for name, words in os.environ.items() if name not in ("DATABASE_URL", "WAYMARK_INSTANCE")}
        own = {"WAYMARK_DATA": str(self.data), "WAYMARK_HEADS": str(self.heads), "PYTHONPATH": PATHS}
        own["DJANGO_SETTINGS_MODULE"] = "waymark.config.settings"
        own |= {"DATABASE_URL": self.database} if self.database else {}
        return {**kept, **own, **self.given}

    def run(self, *words: str) -> Said:
        """Run the command."""
        return self._run(words)

    def must(self, *words: str) -> str:
        """Run the command, which must do what it is asked; returns what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """Run a program in the installation; returns what it printed."""
        done = self.python_all(code)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def python_all(self, code: str, *words: str) -> Said:
        """Run a program in the installation, however it ends."""
        return self._run(words, START + code)

    def killed(self, code: str) -> None:
        """Run a program that kills itself."""
        done = self.python_all(code)
        assert done.returncode == -9, done.stdout + done.stderr

    def _run(self, words: Sequence[str], program: str = "") -> Said:
        ended = forks().run(Trial(words, self.environment, program=program))
        return Said([*words], ended.status, ended.out, ended.err)


class Server:
    """Makes databases on the PostgreSQL server of the tests and drops them at the end."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def database(self, kind: str, template: str = "") -> str:
        """The address of a new database, "" on SQLite; with `template` a copy of that one."""
        if kind == "sqlite":
            return ""
        name = f"drill_{uuid.uuid4().hex[:12]}"
        copied = f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""
        self._do(f"CREATE DATABASE {name}{copied}")
        self.made.append(name)
        return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))

    def _do(self, statement: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # a text made here

    def drop(self) -> None:
        for name in self.made:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def built(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Installation]:
    """The installation on a database, never changed by a test, with a backup of it beside: `backup`."""

    @cache
    def build(kind: str) -> Installation:
        folder = tmp_path_factory.mktemp(kind)
        made = Installation(folder / "data", folder / "heads", server.database(kind))
        made.python(BUILD)
        made.must("backup", str(folder / "backup"))
        return made

    return build


@pytest.fixture(params=[KIND])
def kind(request: pytest.FixtureRequest) -> str:
    """The database of the installation."""
    return str(request.param)


@pytest.fixture
def original(built: Callable[[str], Installation], kind: str) -> Installation:
    """The installation that no test changes."""
    return built(kind)


@pytest.fixture
def backup(original: Installation) -> Path:
    """Its backup, which no test changes."""
    return original.data.parent / "backup"


@pytest.fixture
def installation(original: Installation, kind: str, server: Server, tmp_path: Path) -> Installation:
    """A copy of the installation, for the test alone."""
    shutil.copytree(original.data, tmp_path / "data")
    shutil.copytree(original.heads, tmp_path / "heads")
    return replace(
        original, data=tmp_path / "data", heads=tmp_path / "heads", database=server.database(kind, original.database)
    )


def empty(other: Installation, server: Server, kind: str, folder: Path) -> Installation:
    """An empty place for a restore, with the same heads."""
    return replace(other, data=folder / "restored", database=server.database(kind))
