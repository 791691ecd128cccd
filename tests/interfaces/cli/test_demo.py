"""`waymark demo`: its defaults; the whole command is tested in tests/journeys/test_demo.py."""

from pathlib import Path

from waymark.interfaces.cli import demo
from waymark.interfaces.cli.main import parser_for


def test_reviews_go_to_the_build_folder_by_default() -> None:
    assert parser_for(["demo"]).parse_args(["demo"]).out == Path("build/review")


def test_a_demonstration_without_figures_adds_none() -> None:
    demo.add_statistics("georgia", {"observations": ""})
