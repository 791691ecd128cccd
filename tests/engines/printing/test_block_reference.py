"""The page of the block model names every block, field, kind and word there is."""

from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from waymark.engines.printing import blocks
from waymark.engines.printing.reading import LABELS

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "paper-blocks.md").read_text("utf-8")
CLASSES = [*get_args(blocks.Block), blocks.PrintedPaper, blocks.Cover, blocks.Run, blocks.Column, blocks.CitationEntry]


@pytest.mark.parametrize("block", CLASSES, ids=lambda block: block.__name__)
def test_every_block_and_field_is_named(block: type) -> None:
    assert f"`{block.__name__}`" in PAGE
    missing = [field.name for field in fields(block) if f"`{field.name}`" not in PAGE]  # type: ignore[arg-type]  # a dataclass
    assert missing == []


def test_every_kind_style_role_and_label_is_named() -> None:
    names = [*get_args(blocks.RunKind), *get_args(blocks.RunStyle), *LABELS]
    assert [name for name in names if f"`{name}`" not in PAGE] == []
    assert [role for role in get_args(blocks.NoticeRole) if role not in PAGE] == []
