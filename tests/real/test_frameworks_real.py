"""The real official text beside our labels: same actions, none of its words copied.

The folder of real inputs is named by the environment variable WAYMARK_REAL_DATA; without it nothing is collected.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from waymark.engines.sheets.provisions import ProvisionRow, read_provisions
from waymark.gcm import frameworks

pytestmark = pytest.mark.real

FOLDER = os.environ.get("WAYMARK_REAL_DATA", "")
RUN = 7
"""So many consecutive words shared with the official text count as copied."""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


if FOLDER:

    @pytest.fixture(scope="module")
    def official() -> list[ProvisionRow]:
        return read_provisions(Path(FOLDER) / "documents" / "gcm_text_paras_17_39.md")

    def test_the_official_text_holds_the_same_provisions(official: list[ProvisionRow]) -> None:
        ours = [one for one in frameworks.provisions("gcm") if one.kind != "principle"]
        assert [row.code for row in official] == [one.code for one in ours]
        assert [row.parent for row in official] == [one.parent for one in ours]
        assert len(official) == 23 + 187
        sys.stdout.write(
            f"official text: {len(frameworks.objectives())} objectives, {len(official) - 23} actions read\n"
        )

    def test_titles_of_objectives_are_the_official_ones(official: list[ProvisionRow]) -> None:
        given = {row.code: row.title for row in official if not row.parent}
        differing = [one.code for one in frameworks.objectives() if one.title != given[one.code]]
        assert differing == ["13"]
        assert given["13"] in [one.wording for one in frameworks.wordings("gcm", "13")]

    def test_every_provision_of_the_text_has_words(official: list[ProvisionRow]) -> None:
        assert [row.code for row in official if len(words(row.text)) < 20] == []

    def test_no_label_shares_a_run_of_words_with_the_text(official: list[ProvisionRow]) -> None:
        texts = set().union(*(runs(f"{row.title} {row.text}") for row in official))
        labels = [one for one in frameworks.provisions("gcm") if one.kind == "action"]
        assert [one.code for one in labels if runs(one.label) & texts] == []
        assert runs(official[0].text) <= texts
