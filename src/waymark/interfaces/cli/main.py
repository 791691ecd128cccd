"""The `waymark` command: one table of commands, each in its own file and loaded only when called.

`waymark --help` reads this table alone, so that it answers at once; a command's module is imported when it runs.
A command module offers `configure(parser)` and `run(arguments) -> int` (the exit status).
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from waymark import __version__
from waymark.interfaces.cli.failures import told

COMMANDS: dict[str, tuple[str, str]] = {
    "setup": ("waymark.interfaces.cli.setup", "create or update the record and load the catalogue"),
    "demo": ("waymark.interfaces.cli.demo", "load both demonstrations and build their reviews"),
    "serve": ("waymark.interfaces.cli.serve", "serve the pages of members on this machine or for others"),
    "review": ("waymark.interfaces.cli.review", "build the GCM review of a place"),
    "paper": ("waymark.interfaces.cli.paper", "print the same record ordered by another framework"),
    "reviews": ("waymark.interfaces.cli.reviews.command", "import, submit, clear and publish reviews"),
    "frameworks": ("waymark.interfaces.cli.frameworks", "list frameworks, import official texts"),
    "documents": ("waymark.interfaces.cli.documents.command", "add, tag and read documents; learn from persons' tags"),
    "search": ("waymark.interfaces.cli.search", "find passages, findings, commitments, bodies and more"),
    "history": ("waymark.interfaces.cli.history", "show what was done to a row of the record, by whom and why"),
    "seal": ("waymark.interfaces.cli.seal", "seal what is new in the log and publish its heads"),
    "backup": ("waymark.interfaces.cli.backup", "back up everything into one folder"),
    "restore": ("waymark.interfaces.cli.restore", "restore a backup into an empty place"),
    "verify": ("waymark.interfaces.cli.verify", "verify the log, its heads and every stored file"),
    "data": ("waymark.interfaces.cli.data", "add, list and check statistics; show what is missing"),
}
"""Name → module, one line of help. The reference page of commands is generated from these modules."""

FORMER = {"report": "paper"}
"""Former name of a command → its name today."""


def parser_for(names: Sequence[str]) -> argparse.ArgumentParser:
    """The command-line parser with the modules of the commands in `names` loaded, the others by name only."""
    parser = argparse.ArgumentParser(
        prog="waymark", description="Follow-up and review of the Global Compact for Migration."
    )
    parser.add_argument("--version", action="version", version=f"waymark {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, words) in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        if name in names:
            importlib.import_module(module).configure(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a refusal is printed as one paragraph on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.config.settings")
    if words and words[0] in FORMER:
        print(f"waymark {words[0]}: this command is called `waymark {FORMER[words[0]]}` now.", file=sys.stderr)
        return 2
    named = [word for word in words if word in COMMANDS][:1]
    arguments = parser_for(named).parse_args(words)
    try:
        return int(importlib.import_module(COMMANDS[arguments.command][0]).run(arguments))
    except KeyboardInterrupt:
        print(f"waymark {arguments.command}: stopped; nothing half-written was kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output (head, less) went away
        sys.stderr.close()
        return 141
    except Exception as error:
        paragraph, status = told(error)
        print(f"waymark {arguments.command}: {paragraph}", file=sys.stderr)
        return status
