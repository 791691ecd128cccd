"""Writes the reference pages that are made from code, or with --check names those that are stale."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference"

PAGES: dict[str, tuple[str, str]] = {
    "commands.md": ("docs.commands", "page"),
}
"""Page → module and function that returns its text."""


def main() -> int:
    """Write all pages; with --check write nothing and return 1 when a page on disk differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    check = parser.parse_args().check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.config.settings")
    stale = []
    for name, (module, function) in PAGES.items():
        page: Callable[[], str] = getattr(importlib.import_module(module), function)
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != page():
            stale.append(name)
            if not check:
                path.write_text(page(), encoding="utf-8")
    if check and stale:
        print(f"Stale reference pages: {', '.join(stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
