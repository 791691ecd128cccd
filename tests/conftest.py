"""What every test stands on: no network but loopback, and no test that fails because the machine is busy."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

# An example may take as long as it takes, and a test may share its folder among the examples.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("patient")

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from waymark.engines.files.walls.kinds import Kind
    from waymark.engines.files.walls.wall import Wall

LOOPBACK = ("127.", "::1", "localhost")
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 600_000
"""Milliseconds that a browser may take for one step; only a browser that hangs takes them."""
DEAR = ("test_disturbed.py", "test_examples.py")
"""Files whose tests take up to two minutes each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dear tests first, in their own order: at the end one of two workers would wait for the other."""
    items.sort(key=lambda item: item.path.name not in DEAR)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every socket that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address!r}; tests use loopback only")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    return


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database of the tests, after Django's own questions to it, so that counts of statements have no first one."""
    from django.db import connection

    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium; ended with the module, as Django refuses to work beside its event loop."""
    from playwright.sync_api import sync_playwright

    def patient(make: Callable[..., Any]) -> Callable[..., Any]:
        def made(**options: Any) -> Any:
            opened = make(**options)
            opened.set_default_timeout(PATIENCE)
            return opened

        return made

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM, timeout=PATIENCE)
        chromium.new_page = patient(chromium.new_page)  # type: ignore[method-assign]  # waits as long as it takes
        chromium.new_context = patient(chromium.new_context)  # type: ignore[method-assign]
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def acts_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with jobs behind the wall that misbehave, as the file says (`tests/engines/files/walls/acts.py`)."""
    folder = tmp_path_factory.mktemp("acts")
    source = Path(__file__).parent / "engines" / "files" / "walls" / "acts.py"
    (folder / "waymark_acts.py").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def acting(acts_folder: Path) -> "Iterator[Callable[[Kind], Wall]]":
    """The wall of a kind with its real limits and words, whose job is the acts."""
    from waymark.engines.files.walls.wall import Wall

    made: dict[str, Wall] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(acts_folder))

        def wall(kind: "Kind") -> Wall:
            if kind.name not in made:
                made[kind.name] = Wall(replace(kind, job="waymark_acts:run", preload=""))
            return made[kind.name]

        yield wall
        for each in made.values():
            each.close()
