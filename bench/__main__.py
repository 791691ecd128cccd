"""`python -m bench`: runs every measurement, prints a table beside the goals, keeps bench/results/*.json.

Run it on a quiet machine. Each result holds the peer or floor of the same run; ratios travel, seconds do not.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import assess, ingest, light, pdf, record, review, search, tagging
from bench.machine import machine, write


def rows(name: str, result: Any, prefix: str = "") -> list[tuple[str, str]]:
    """The numbers of a result as lines of name and value."""
    lines = []
    for key, value in result.items():
        label = f"{prefix}{key}"
        if isinstance(value, dict):
            lines += rows(name, value, f"{label}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            lines.append((f"{name}: {label}", f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"))
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder of the real files; without it, generated ones of the same shape"
    )
    parser.add_argument(
        "--only",
        choices=("assess", "ingest", "review", "light", "tagging", "pdf", "search", "record"),
        help="run one of them",
    )
    parser.add_argument(
        "--texts", type=Path, help="folder of the labelled texts of bench/tagging; without it, speed and memory only"
    )
    parser.add_argument("--day", default="", help="the day that the log of accuracy runs names")
    arguments = parser.parse_args()
    data = arguments.data if arguments.data and arguments.data.is_dir() else None
    work: dict[str, Callable[[], dict[str, Any]]] = {
        "assess": lambda: assess.run(data),
        "ingest": lambda: ingest.run(data),
        "review": review.run,
        "light": light.run,
        "tagging": lambda: tagging.run(data, arguments.texts, day=arguments.day),
        "pdf": lambda: pdf.run(data),
        "search": lambda: search.run(data),
        "record": record.run,
    }
    print(f"machine: {machine()}")
    for name, measure in work.items():
        if arguments.only in (None, name):
            result = measure()
            write(name, result)
            for label, value in rows(name, result):
                print(f"{label:70} {value:>16}")


if __name__ == "__main__":
    main()
