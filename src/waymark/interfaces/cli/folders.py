"""Folders of one installation, by the setting WAYMARK_DATA (default: `var` in the current folder)."""

import os
from pathlib import Path


def data_folder(*parts: str) -> Path:
    """The data folder, or a folder or file in it."""
    return Path(os.environ.get("WAYMARK_DATA") or "var").resolve().joinpath(*parts)


def learned_head() -> Path | None:
    """The weights that this installation learned from persons' tags, None while it has learned nothing."""
    path = data_folder("tagging", "learned.npz")
    return path if path.exists() else None
