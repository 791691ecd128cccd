"""Writes the reference pages that are made from code, or with --check names those that are stale."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

REFERENCE = Path(__file__).parent / "reference"

PAGES: dict[str, tuple[str, str]] = {
    "commands.md": ("docs.commands", "page"),
    "indicators.md": ("docs.indicators", "page"),
    "methods.md": ("tests.spec.reference", "page"),
    "passages.md": ("tests.spec.passages.reference", "page"),
    "places.md": ("docs.places", "page"),
    "refusals.md": ("docs.refusals", "page"),
    "review.schema.json": ("docs.review_schema", "page"),
    "tags.md": ("tests.spec.tags.reference", "page"),
    "states.md": ("docs.states", "page"),
    "../../src/waymark/locale/ka/LC_MESSAGES/waymark.po": ("docs.translations", "georgian"),
}
"""Page → module and function that returns its text. A file of translations is brought up to date, not made."""


def pages() -> dict[str, str]:
    """The text of every page that is made from code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.config.settings")
    django.setup()  # the states page reads the models
    made: dict[str, str] = {}
    for name, (module, function) in PAGES.items():
        page: Callable[[], str] = getattr(importlib.import_module(module), function)
        made[name] = page()
    return made


def stale(made: dict[str, str], folder: Path = REFERENCE) -> list[str]:
    """The pages that are missing from `folder` or differ from what the code says today."""
    return [
        name
        for name, text in made.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages that changed; with --check write nothing and return 1 when one differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    check = parser.parse_args().check
    made = pages()
    old = stale(made)
    if check and old:
        sys.stderr.write(f"Stale reference pages: {', '.join(old)}. Run: make docs\n")
        return 1
    for name in old:
        (REFERENCE / name).write_text(made[name], encoding="utf-8")
        sys.stdout.write(f"{(REFERENCE / name).resolve().relative_to(REFERENCE.parents[1])} written again\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
