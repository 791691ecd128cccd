"""The reference page of commands, from their parsers."""

import argparse
import importlib
import os

from waymark.interfaces.cli.main import COMMANDS, parser_for

HEAD = """# Commands

Made from the commands themselves by `make docs`. Settings are read from the environment: see [Settings](settings.md).

| exit status | meaning |
|---|---|
| 0 | done |
| 1 | `waymark data check` or `waymark verify` found a fault in what is stored |
| 2 | the input or the command line cannot be used |
| 3 | it is not allowed |
| 4 | a result could not be written, or what is kept cannot be used: damaged, missing, full, held for too long |
| 5 | a defect of this program; its details are kept in `defects/` of the data folder |
| 130 | stopped by Ctrl-C |

A command that stops prints one paragraph: what was given, what was expected, what to do. Nothing is left half-written.
"""


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of a command's own commands, by name."""
    return {
        name: choice
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, choice in action.choices.items()
    }


def section(name: str, parser: argparse.ArgumentParser, level: int) -> str:
    """One command: what it does, then its help as it is printed."""
    text = f"\n{'#' * level} {name}\n\n```\n{parser.format_help().rstrip()}\n```\n"
    return text + "".join(section(f"{name} {sub}", choice, level + 1) for sub, choice in subcommands(parser).items())


def page() -> str:
    """The whole page, the same on every terminal."""
    os.environ["COLUMNS"] = "100"
    parts = [HEAD]
    for name in COMMANDS:
        parser = subcommands(parser_for([name]))[name]
        words = (importlib.import_module(COMMANDS[name][0]).__doc__ or "").strip()
        parts.append(section(f"waymark {name}", parser, 2).replace("\n```\n", f"\n{words}\n\n```\n", 1))
    return "".join(parts)
