"""The bundled figures: size is limited, and a failed write leaves what was there."""

import pytest

from waymark.engines.indicators import bundle
from waymark.gcm.errors import InputError, OutputError

SOURCE = "Country Name,Country Code,Indicator Name,Indicator Code,2019\nGeorgia,GEO,R,BM.TRF.PWKR.CD.DT,5\n"


@pytest.fixture
def sources(write):
    return write("sources/wb.csv", SOURCE).parent


def test_it_is_written_whole_with_progress(sources, tmp_path):
    seen = []
    made = bundle.compile_bundle(sources, tmp_path / "out", progress=lambda *state: seen.append(state))
    assert (made.rows, made.left_out, [known.id for known in made.manifests]) == (1, (), ["wb"])
    assert seen == [(0, 1, 0)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "sources"]


def test_figures_by_origin_are_left_out(write, tmp_path):
    head = "year,coo,coo_iso,coa,coa_iso,refugees,asylum_seekers,returned_refugees,stateless"
    text = f"{head}\n2020,YEM,YEM,GEO,GEO,1,2,3,4\n"
    made = bundle.compile_bundle(write("sources/unhcr.csv", text).parent, tmp_path / "out")
    assert made.rows == 3, "the totals of refugees, asylum seekers and stateless persons"


def test_too_large_is_refused_and_the_former_stays(sources, tmp_path, monkeypatch):
    out = tmp_path / "out"
    bundle.compile_bundle(sources, out)
    before = {path.name: path.read_bytes() for path in out.rglob("*.*")}
    monkeypatch.setattr(bundle, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="bytes"):
        bundle.compile_bundle(sources, out)
    assert {path.name: path.read_bytes() for path in out.rglob("*.*")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "sources"]


def test_a_place_that_cannot_be_written(sources, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="--out"):
        bundle.compile_bundle(sources, tmp_path / "file" / "out")
