"""Every command is one that writes, and is disturbed, or one that says why it is not."""

import argparse

from bench.writing import WRITINGS
from docs.commands import subcommands
from waymark.interfaces.cli.main import COMMANDS, parser_for

READS = {
    "data bundle": "compiles the figures that come with Waymark, from files that only its makers have",
    "data coverage": "only reads",
    "data list": "only reads",
    "documents list": "only reads",
    "documents passages": "only reads",
    "documents show": "only reads",
    "documents tag": "only reads",
    "frameworks gaps": "only reads",
    "frameworks list": "only reads",
    "history": "prints, or writes one table as `data check` does",
    "reviews show": "only reads",
    "serve": "runs until it is stopped; what is written from its pages is written by acts, one transaction each",
    "verify": "only reads",
}


def leaves(name: str, parser: argparse.ArgumentParser) -> list[str]:
    """The commands below one that do something themselves, or the one."""
    inner = subcommands(parser)
    return [leaf for part, one in inner.items() for leaf in leaves(f"{name} {part}", one)] or [name]


def test_every_command_is_disturbed_or_says_why_not() -> None:
    whole = subcommands(parser_for(list(COMMANDS)))
    commands = {leaf for name, parser in whole.items() for leaf in leaves(name, parser)}
    disturbed = {words for words in commands for one in WRITINGS if f"{one.name} ".startswith(f"{words} ")}
    assert commands - disturbed == READS.keys()
