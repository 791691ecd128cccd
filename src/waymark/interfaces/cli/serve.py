"""Serves the pages: members sign in and report, release, return and accept.

On this machine it prints links that sign in to a demonstration, each once. For others it asks for settings that are
safe, and names the one that is not.
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from waymark.gcm.errors import InputError
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.record import ready_record

LOOPBACK = ("127.0.0.1", "localhost", "::1")
REVIEWS = Path("build/review")
"""Where `waymark demo` puts the reviews."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark serve`."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default 127.0.0.1, this machine only"
    )
    parser.add_argument("--port", type=int, default=8000, help="port to listen on; default 8000")
    parser.add_argument(
        "--reviews",
        type=Path,
        default=REVIEWS,
        metavar="DIR",
        help="folder of built reviews, shown under /reviews/; default build/review, if it is there",
    )
    parser.add_argument("--workers", type=int, default=2, help="processes that answer; default 2")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the record, print where the pages are, serve until Ctrl-C."""
    if not 0 < arguments.port < 65536:
        raise InputError(
            f"--port {arguments.port}", "there is no such port", expected="a number from 1 to 65535", todo="Correct it."
        )
    ready_record()
    offer_reviews(arguments.reviews)
    if arguments.host not in LOOPBACK:
        refuse_unsafe()
    print(f"Waymark: http://{_named(arguments.host)}:{arguments.port}/  (Ctrl-C stops)", flush=True)
    if arguments.host in LOOPBACK:
        print_links(arguments.port)
    return serve(arguments.host, arguments.port, arguments.workers)


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def offer_reviews(folder: Path) -> None:
    """Let the first page lead to the reviews that were built, where there are some."""
    from django.conf import settings

    settings.REVIEWS_DIR = folder.resolve() if (folder / "index.html").is_file() else None


def refuse_unsafe() -> None:
    """Refuse to serve others with a setting that is only fit for this machine. Raises InputError that names it."""
    from django.conf import settings

    faults = {
        "WAYMARK_INSTANCE": settings.INSTANCE == "local",
        "WAYMARK_HOSTS": settings.LOOPBACK_ONLY,
        "WAYMARK_SECRET_KEY": settings.SECRET_KEY == settings.NO_SECRET,
    }
    wanted = {
        "WAYMARK_INSTANCE": "a short name of this installation, which stays in every address",
        "WAYMARK_HOSTS": "the names under which the pages are reached",
        "WAYMARK_SECRET_KEY": "a secret of its own, or the file that `waymark setup` makes",
    }
    for name, faulty in faults.items():
        if faulty:
            raise InputError(
                name, "it is not set, which is safe on this machine only", expected=wanted[name],
                todo="Set it, or serve on 127.0.0.1.",
            )  # fmt: skip


def print_links(port: int) -> None:
    """Links that sign in to the demonstrations, one for each role; they open the accounts that they need."""
    from waymark.actions.accounts import open_account
    from waymark.interfaces.web.links import link
    from waymark.queries.people.roles import demonstrations, one_of_each

    today = datetime.now(UTC).date()
    for network in demonstrations():
        held = one_of_each(network, today, "en")
        if len(held) < 2:
            continue
        print(f"\nDemonstration {network.code}. Each link signs in once, on this machine only:", flush=True)
        for one in held:
            user = open_account(by=operator("demonstration"), person=one.person)
            print(f"  {one.role}: {one.post}\n    {link(user, '127.0.0.1', port)}", flush=True)


def serve(host: str, port: int, workers: int) -> int:
    """Run gunicorn in this process until it is told to stop."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        """Our application with our settings; the environment and files of gunicorn are not read."""

        def load_config(self) -> None:
            """Threads wait for the database, processes for the processor."""
            given: dict[str, Any] = {
                "bind": [f"{_named(host)}:{port}"],
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "timeout": 60,
                "loglevel": "warning",
                "proc_name": "waymark",
                "control_socket_disable": True,
            }
            for name, value in given.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            """The pages."""
            return pages()

    os.environ.pop("GUNICORN_CMD_ARGS", None)
    sys.argv = ["waymark"]
    Server().run()
    return 0


def pages() -> Any:
    """The pages, and under /reviews/ the files of the reviews that were built."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from whitenoise import WhiteNoise

    application = get_wsgi_application()
    if settings.REVIEWS_DIR is None:
        return application
    whole = WhiteNoise(application, max_age=0, index_file=True, autorefresh=True)
    whole.add_files(str(settings.REVIEWS_DIR), prefix="reviews/")
    return whole
