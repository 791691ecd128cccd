"""`waymark documents learn`, `retag` and `train`: better tags from persons' words, and the shipped weights again."""

import argparse
import sys
from typing import TYPE_CHECKING

from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.folders import data_folder, learned_head
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.engines.documents.tagging.learning import Evaluation
    from waymark.engines.documents.tagging.measuring import Figures


def run_learn(arguments: argparse.Namespace) -> int:
    """Learn, print the figures before and after, and keep the result unless it is worse or --check was given."""
    ready_record()
    from waymark.actions.documents.learning import learn_from_persons
    from waymark.engines.documents.tagging.weights import head_path

    learned = learn_from_persons(
        by=operator(),
        base=head_path(),
        out=data_folder("tagging", "learned.npz"),
        keep=not arguments.check,
    )
    _print_evaluation(learned.evaluation)
    if not learned.accepted:
        print(f"Refused, because {learned.evaluation.worse}. The tagger stays as it was.\nLook at the tags set last.")
        return 3
    if arguments.check:
        print("It would be kept. Nothing was kept now.")
    else:
        print("Kept. Tag the passages on record again with: waymark documents retag")
    return 0


def _print_evaluation(evaluation: "Evaluation") -> None:
    print(f"{'':34}{'before':>8}{'after':>8}{'passages':>10}")
    rows = (
        ("persons' passages, first is right", evaluation.persons_before, evaluation.persons_after, "first"),
        ("persons' passages, among first 3", evaluation.persons_before, evaluation.persons_after, "among_three"),
        ("persons' passages, mean rank", evaluation.persons_before, evaluation.persons_after, "reciprocal"),
        ("shipped examples, mean rank", evaluation.own_before, evaluation.own_after, "reciprocal"),
    )
    for words, before, after, name in rows:
        print(f"{words:34}{_value(before, name):>8}{_value(after, name):>8}{before.count:>10}")


def _value(figures: "Figures", name: str) -> str:
    return f"{getattr(figures, name):.3f}"


def run_retag(_: argparse.Namespace) -> int:
    """Tag every passage on record again; what persons said stays."""
    ready_record()
    from waymark.actions.documents.learning import retag
    from waymark.engines.documents.tagging.tagger import Tagger

    passages, tags = retag(by=operator(), tagger=Tagger.load("best", learned_head()))
    print(f"{passages} passages tagged again, {tags} suggestions kept. What persons said was not changed.")
    return 0


def run_train(arguments: argparse.Namespace) -> int:
    """Train the head on open text alone and write its weights; the same input gives the same bytes."""
    from waymark.engines.documents.tagging.training import train
    from waymark.engines.documents.tagging.weights import head_path
    from waymark.engines.sheets import walled

    out = arguments.out or head_path()
    print("Training takes a minute or two.", file=sys.stderr)
    head = train(out, walled.provisions(arguments.text) if arguments.text else None)
    for name, number in head.about["examples"].items():
        print(f"{name}: {number} passages")
    print(f"{out.name}: {out.stat().st_size:,} bytes, from inputs {head.about['inputs'][:12]}")
    return 0
