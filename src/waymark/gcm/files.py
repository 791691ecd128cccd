"""Where the catalogue's files lie, and how its tables are read."""

import csv
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

try:  # the C loader is about eight times faster; PyYAML is sometimes built without it
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader  # type: ignore[assignment]  # same interface, pure Python


def catalogue_path(*parts: str) -> Path:
    """The path of a file or folder of the catalogue, such as `catalogue_path("places", "places.csv")`."""
    return Path(str(resources.files("waymark").joinpath("catalogue", *parts)))


def read_table(*parts: str) -> Iterator[dict[str, str]]:
    """The rows of a catalogue CSV file (UTF-8, comma, header row) as dictionaries of text."""
    with catalogue_path(*parts).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_yaml(*parts: str) -> Any:
    """The content of a catalogue YAML file."""
    with catalogue_path(*parts).open(encoding="utf-8") as text:
        return yaml.load(text, Loader=Loader)
