"""`waymark documents judge`: a person says what a passage speaks to."""

import argparse
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError, NotFoundError
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.options import given_day
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.records.frameworks import Provision


def run_judge(arguments: argparse.Namespace) -> int:
    """Store what the person says; the same person's earlier word on the same provision is replaced."""
    named = [arguments.objective is not None, bool(arguments.provision), arguments.verdict == "none"]
    if sum(named) != 1:
        raise InputError(
            "waymark documents judge",
            "it must be clear what the passage is judged for",
            expected="one of --objective N, --provision FRAMEWORK:CODE and --verdict none",
            todo="Give one of them",
        )
    ready_record()
    from waymark.actions.documents import judge
    from waymark.queries.named import passage_named
    from waymark.records.actors import OPERATOR_VIEWER

    passage = passage_named(arguments.passage, OPERATOR_VIEWER)
    if passage is None:
        raise NotFoundError(
            f"passage {arguments.passage}",
            "there is no such passage here",
            expected="a code that `waymark documents passages` shows",
            todo="Look there",
        )
    provision = None if arguments.verdict == "none" else _provision(arguments)
    tag = judge(
        by=operator(),
        passage=passage,
        provision=provision,
        verdict=arguments.verdict,
        on=given_day(arguments.on, "--on"),
        note=arguments.note,
    )
    about = f"{provision.framework.code} {provision.code}" if provision else "the objectives"
    print(f"{passage.code}: {tag.get_verdict_display()} ({about}).\nNo run of the tagger changes this.")
    return 0


def _provision(arguments: argparse.Namespace) -> "Provision":
    from waymark.queries.named import provision_named
    from waymark.records.actors import OPERATOR_VIEWER

    named = f"gcm:{arguments.objective}" if arguments.objective is not None else arguments.provision
    framework, _, code = named.partition(":")
    found = provision_named(framework, code, OPERATOR_VIEWER)
    if found is None:
        raise InputError(
            f"provision {named!r}",
            "there is no such provision here",
            expected="--objective N, or --provision FRAMEWORK:CODE of a framework on record",
            todo="Look at `waymark frameworks list`",
        )
    return found
