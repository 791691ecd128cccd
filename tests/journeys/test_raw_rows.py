"""Georgia's review equals the raw rows of the bundled sources: every figure, unit, slice, direction and source."""

import pytest

from tests.journeys.conftest import Demonstrations
from tests.journeys.raw_rows import bundled, bundled_manifests, definitions, faults_of, statistics

pytestmark = pytest.mark.slow


def test_every_headline_of_georgia_equals_its_rows(demonstrations: Demonstrations) -> None:
    folder = demonstrations.pages / "GEO-imrf-2026"
    assert faults_of(folder, bundled("GEO"), bundled_manifests()) == []
    held = statistics(folder)
    assert len(held) > 50
    assert {code for code, known in definitions().items() if known["headline"]} & set(held)
    assert sum(seen["value"] for seen in held["vc_htf_detvfl"]["observations"][-1:]) == 8
