"""Both reviews of Orvenia, brought by the command into an installation that has only its catalogue and its bodies."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.round_trips import Tree, parts
from tests.journeys.conftest import REPOSITORY, Demonstrations, run_waymark

pytestmark = pytest.mark.slow

BODIES = """
import sys
import django
django.setup()
from waymark.actions.frameworks import FrameworkFacts, enter_framework
from waymark.actions.networks import NetworkFacts, found
from waymark.actions.organisations import OrganisationFacts, register
from waymark.records.actors import Actor
from waymark.records.places import Place

by, place = Actor.operator(), Place.objects.get(code="QOR")
found(by=by, code="qor-network", facts=NetworkFacts(kind="un_network", level="national", name="Second", place=place))
enter_framework(by=by, code="qor-strategy-2020", facts=FrameworkFacts(title="Strategy"))
for code in sys.argv[1:]:
    register(by=by, code=code, name=code, facts=OrganisationFacts(kind="government", place=place))
"""


def record(file: Path) -> Tree:
    """The part that is brought, without citations: no document of Orvenia is in the second installation."""
    tree: Tree = parts(file.read_bytes())["record"]
    return tree | {"findings": [{**finding, "citations": []} for finding in tree["findings"]]}


def bodies(*files: Path) -> set[str]:
    """The organisations that files name."""
    found: set[str] = set()
    for tree in map(record, files):
        found |= {row["organisation"] for row in tree["positions"]} | {tree["publishing_body"]}
        found |= {row["addressee"] for row in tree["recommendations"]}
    return found - {""}


def advised(file: Path) -> list[tuple[str, str, str]]:
    """What the last review recommended, and the answers."""
    return [(row["code"], row["text"], row["stance"]) for row in json.loads(file.read_bytes())["recommendations"]]


def test_what_one_installation_told_another_tells_again(demonstrations: Demonstrations, tmp_path: Path) -> None:
    (edition,) = (demonstrations.data / "editions").glob("*/files/review.json")
    now = demonstrations.pages / "QOR-imrf-2026" / "review.json"
    second = tmp_path / "second"
    assert run_waymark(second, "setup").returncode == 0
    subprocess.run(
        [sys.executable, "-c", BODIES, *bodies(edition, now)],
        env={**os.environ, "WAYMARK_DATA": str(second), "DJANGO_SETTINGS_MODULE": "waymark.config.settings"} | SQLITE,
        cwd=REPOSITORY,
        check=True,
    )
    former = run_waymark(second, "reviews", "import", str(edition))
    assert f", sha256 {edition.parent.parent.name}." in former.stdout, former.stderr
    assert "The review is published." in former.stdout
    brought = run_waymark(second, "reviews", "import", str(now))
    assert "28 findings, 0 citations, 0 recommendations, 19 positions, 0 editions" in brought.stdout, brought.stderr
    again = run_waymark(second, "reviews", "import", str(now))
    assert again.stdout == "review.json is on record already as review QOR-imrf-2026; nothing was changed.\n"
    assert run_waymark(second, "verify").returncode == 0
    out = tmp_path / "out"
    told = run_waymark(second, "review", "QOR", "--cycle", "imrf-2026", "--out", str(out))
    assert told.returncode == 0, told.stderr
    assert record(out / "review.json") == record(now)
    before, after = (advised(file) for file in (now, out / "review.json"))
    assert before == after
    assert any(stance for _, _, stance in after)


SQLITE = {"DATABASE_URL": ""}
"""The second installation keeps its record in its folder, whatever the tests run on."""
