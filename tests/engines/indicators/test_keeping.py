"""Statistics of a place are kept, found again, made again when what they were made from changes, never half-written."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from waymark.engines.indicators import keeping
from waymark.engines.indicators.added import Added, AddedRow
from waymark.engines.indicators.assess import SeriesRule, assess_rows
from waymark.engines.indicators.assessment import Assessment, judged
from waymark.engines.indicators.breaks import find_breaks
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.keeping import RULES, data_version, keep, statistics_up_to
from waymark.engines.indicators.making import make, newest_datasets, series_rule
from waymark.engines.indicators.methods import DEFAULT, METHODS
from waymark.engines.indicators.parts import with_totals
from waymark.engines.indicators.place_facts import PlaceFacts, from_plain, to_plain
from waymark.engines.indicators.select import headline, ways
from waymark.engines.indicators.store import Store, all_observations
from waymark.engines.indicators.whole import ends_of, split
from waymark.gcm.derivations import derived_from
from waymark.gcm.files import catalogue_path
from waymark.gcm.indicators import Target, for_series, indicators

PACKAGE = Path(keeping.__file__).parents[2]
DAY = date(2026, 5, 8)
FIGURES = """series,place,disagg,unit,nature,year,value,detail
unsd:SI_POV_DAY1,QOR,,percent,C,2015,8,Office (fictional)
unsd:SI_POV_DAY1,QOR,,percent,C,2019,6,Office (fictional)
unsd:SI_POV_DAY1,QOR,,percent,C,2023,3.5,Office (fictional)
unsd:SI_POV_DAY1,QOR,,percent,E,2023,3.9,Estimate (fictional)
unsd:SL_EMP_INJUR,QOR,,per_100000_emp,C,2023,1.9,Office (fictional)
unsd:SL_EMP_INJUR,QOR,sex=female,per_100000_emp,C,2023,1.1,Office (fictional)
unsd:SH_XPD_EARN10,QOR,,percent,C,2021,<5,Office (fictional)
"""


def ingest(folder: Path, words: str = FIGURES) -> Path:
    """The figures as a dataset; returns the folder of datasets."""
    source = folder / "figures.csv"
    source.write_text(words, encoding="utf-8")
    add(source, store=Store(folder / "datasets"), dataset="made", title="Figures", replace_former=True)
    return folder / "datasets"


def files(kept: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with its bytes and the moment it was written."""
    paths = (path for path in kept.rglob("*") if path.is_file())
    return {str(path.relative_to(kept)): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def kept_now(datasets: Path, kept: Path, *days: date) -> tuple[int, ...]:
    return keep("QOR", days or (DAY,), datasets=datasets, kept=kept)


def test_what_was_made_is_found_again_and_is_the_same(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    (year,) = kept_now(datasets, kept)
    before = files(kept)
    assert kept_now(datasets, kept) == ()
    assert files(kept) == before
    now = data_version(datasets)
    found = statistics_up_to("QOR", [year], now, kept)
    assert found == make("QOR", [year], now.stores, now.manifests)
    assert {"si_pov_day1", "sl_emp_injur", "sh_xpd_earn10"} <= found[year].series.keys()


def test_a_later_day_than_the_last_figure_needs_no_result_of_its_own(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    (last,) = kept_now(datasets, kept)
    assert kept_now(datasets, kept, date(last, 1, 1), date(last + 1, 6, 1), date(2090, 1, 1)) == ()
    assert kept_now(datasets, kept, date(last - 1, 12, 31)) == (last - 1,)


def test_another_figure_makes_it_again_and_drops_the_former(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    (year,) = kept_now(datasets, kept)
    former = files(kept).keys()
    ingest(tmp_path, FIGURES.replace("2023,3.5", "2023,3.6"))
    assert kept_now(datasets, kept) == (year,)
    assert not former & files(kept).keys()
    assert len(files(kept)) == 1
    facts = statistics_up_to("QOR", [year], data_version(datasets), kept)[year]
    assert facts.series["si_pov_day1"].chosen[-1].value == 3.6


def test_another_definition_makes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    shutil.copytree(catalogue_path("indicators"), tmp_path / "indicators")
    monkeypatch.setattr(keeping, "catalogue_path", lambda *parts: tmp_path.joinpath(*parts))
    (year,) = kept_now(datasets, kept)
    assert kept_now(datasets, kept) == ()
    definition = tmp_path / "indicators" / "si_pov_day1.yaml"
    definition.write_text(definition.read_text(encoding="utf-8") + "\n# another word\n", encoding="utf-8")
    assert kept_now(datasets, kept) == (year,)


def test_another_version_of_a_method_makes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    (year,) = kept_now(datasets, kept)
    newer = {name: replace(method, version=f"{method.version}.1") for name, method in METHODS.items()}
    monkeypatch.setattr(keeping, "METHODS", newer)
    assert kept_now(datasets, kept) == (year,)
    assert kept_now(datasets, kept) == ()


def test_the_key_covers_all_code_that_decides() -> None:
    code = (
        "import sys, waymark.engines.indicators.making\n"
        "print('\\n'.join(m.__file__ for n, m in sys.modules.items() if n.startswith('waymark.engines.indicators')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    names = {str(Path(path).relative_to(PACKAGE)) for path in loaded}
    apart = {"engines/indicators/__init__.py", "engines/indicators/manifest.py"}  # hashed themselves, or empty
    versioned = {name for name in names if name.startswith("engines/indicators/methods/")}
    assert names - apart - versioned == set(RULES) - {
        "gcm/derivations.py", "gcm/indicators.py", "gcm/natures.py", "gcm/periods.py",
        "gcm/stock_types.py", "gcm/traits.py",
    }  # fmt: skip


@pytest.mark.parametrize("harm", ["flipped", "cut", "emptied", "deleted", "another place", "no file", "not facts"])
def test_a_damaged_or_missing_result_is_made_again(tmp_path: Path, harm: str) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    kept_now(datasets, kept)
    (path,) = kept.rglob("QOR-*.json")
    whole = path.read_bytes()
    spoiled = {
        "flipped": whole.replace(b"3.5,", b"3.4,"),
        "cut": whole[:-10],
        "emptied": b"",
        "another place": _signed(whole.split(b"\n", 1)[1].replace(b'"QOR"', b'"QOX"')),
        "not facts": _signed(json.dumps({"place": "QOR"}).encode()),
    }
    assert spoiled["flipped"] != whole
    path.unlink()
    if harm == "no file":
        path.mkdir()
        (path / "inside").touch()
    elif harm != "deleted":
        path.write_bytes(spoiled[harm])
    (year,) = kept_now(datasets, kept)
    now = data_version(datasets)
    assert statistics_up_to("QOR", [year], now, kept) == make("QOR", [year], now.stores, now.manifests)
    if harm != "no file":
        assert path.read_bytes() == whole


def _signed(content: bytes) -> bytes:
    return keeping._hash(content).encode() + b"\n" + content


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    kept.write_text("a file stands here", encoding="utf-8")
    (year,) = kept_now(datasets, kept)
    now = data_version(datasets)
    assert statistics_up_to("QOR", [year], now, kept)[year].series
    assert kept.read_text(encoding="utf-8") == "a file stands here"


def test_two_processes_at_once_keep_the_same(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from waymark.engines.indicators.keeping import keep\n"
        "for year in (2026, 2022, 2019):\n"
        "    keep('QOR', [date(year, 5, 8)], datasets=Path(sys.argv[1]), kept=Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(datasets), str(kept)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    before = files(kept)
    assert len(before) == 3
    assert kept_now(datasets, kept, DAY, date(2022, 5, 8), date(2019, 5, 8)) == ()
    assert files(kept) == before


def test_facts_are_written_down_and_read_back_whole(tmp_path: Path) -> None:
    now = data_version(ingest(tmp_path))
    for facts in make("QOR", [2019, 2023], now.stores, now.manifests).values():
        assert from_plain(json.loads(json.dumps(to_plain(facts)))) == facts


# The age is judged at reading, and gives what judging it in the one pass gives

DAYS = (date(2018, 6, 1), date(2022, 5, 20), DAY, date(2029, 12, 31), date(2031, 1, 1), date(2060, 1, 1))


def direct(place: str, day: date) -> dict[tuple[str, str], Assessment]:
    """What the methods say on a day, all judged in the one pass over the observations up to its year."""
    now = data_version(Path("no-folder"))
    newest = newest_datasets(now.manifests)
    series = [definition.series for definition in indicators()]
    table = all_observations(*now.stores, series=series, places=[place], newest=False)
    table, _ = split(table.filter(pc.less_equal(table["year"], day.year)), ends_of(now.manifests))
    found: dict[tuple[str, str], Assessment] = {}
    chosen, whole, rules = [], [], []
    for definition in indicators():
        if definition.series in derived_from():
            continue  # bundled from an older release than their base, or computed from its parts
        rows = table.filter(pc.equal(table["series"], definition.series))
        rows = with_totals(rows, definition.headline, definition.parts)
        picked = headline(rows, definition.headline, unit=definition.unit, newest_first=newest) if len(rows) else rows
        if len(picked):
            chosen.append(picked)
            whole.append(rows)
            rules.append(series_rule(definition))
    if chosen:
        breaks = find_breaks(pa.concat_tables(whole))
        rows = assess_rows(
            pa.concat_tables(chosen), rules, as_of=day, methods=tuple(METHODS), breaks=breaks, newest_first=newest
        )
        found = {(row.series, row.method): row for row in rows}
    for rows, rule in zip(whole, rules, strict=True):
        if found[rule.series, DEFAULT].points < 2:
            found |= former(rows, rule, day, newest)
    return found


def former(rows: pa.Table, rule: SeriesRule, day: date, newest: Sequence[str]) -> dict[tuple[str, str], Assessment]:
    """The same of the first former way of counting with two values, nothing when there is none."""
    known = for_series(rule.series)
    assert known is not None
    for line in ways(rows, known.headline, unit=known.unit, newest_first=newest)[1:]:
        breaks = find_breaks(rows.filter(pc.less_equal(rows["year"], pc.max(line["year"]))))
        tried = assess_rows(line, [rule], as_of=day, methods=tuple(METHODS), breaks=breaks, newest_first=newest)
        if tried[0].points >= 2:
            return {(row.series, row.method): row for row in tried}
    return {}


def read(facts: PlaceFacts, day: date) -> dict[tuple[str, str], Assessment]:
    measured = [one.measured for one in facts.series.values() if one.measured is not None]
    results: Iterable[Assessment] = (judged(one, method, day) for one in measured for method in METHODS.values())
    return {(result.series, result.method): result for result in results if result.series not in derived_from()}


@pytest.mark.parametrize("place", ["GEO", "KEN", "DEU", "TUV"])
def test_the_kept_route_says_what_the_direct_route_says(place: str, tmp_path: Path) -> None:
    now = data_version(tmp_path / "none")
    facts = statistics_up_to(place, {now.year(day) for day in DAYS}, now)
    ages = set()
    for day in DAYS:
        said = read(facts[now.year(day)], day)
        assert said == direct(place, day), day
        ages |= {result.old for result in said.values() if result.improving is not None}
    assert ages == {True, False}


def typed(**changes: object) -> AddedRow:
    """A figure that somebody typed for a series of the catalogue."""
    row = AddedRow("urn:1", "unsd:SI_POV_DAY1", "", "percent", 2024, "2024", 3.0, "", None, False)
    return row._replace(**changes)


def added(*rows: AddedRow, **released: str) -> Added:
    known = tuple(one for one in indicators() if one.series in {row.series for row in rows})
    return Added(known, rows, {row.dataset: released.get(row.dataset.replace(":", "_"), "2026-01-02") for row in rows})


def with_typed(datasets: Path, kept: Path | None, figures: Added) -> PlaceFacts:
    now = data_version(datasets)
    year = now.year(DAY, figures)
    return statistics_up_to("QOR", [year], now, kept, figures)[year]


def test_typed_figures_join_the_series_from_all_sources_and_change_no_other(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    figures = added(typed())
    made = keep("QOR", [DAY], datasets=datasets, kept=kept, added=figures)
    assert len(made) in (1, 2)
    facts = with_typed(datasets, kept, figures)
    assert facts.series.keys() == {"si_pov_day1"}
    series = facts.series["si_pov_day1"]
    assert [(one.year, one.value, one.dataset) for one in series.chosen] == [
        (2015, 8, "made"), (2019, 6, "made"), (2023, 3.5, "made"), (2024, 3, "urn:1"),
    ]  # fmt: skip
    assert series.measured is not None
    assert series.measured.inputs["latest_value"] == 3
    assert keep("QOR", [DAY], datasets=datasets, kept=kept, added=figures) == ()
    before = files(kept)
    keep("QOR", [DAY], datasets=datasets, kept=kept, added=added(typed(value=2.5)))
    assert before.items() < files(kept).items(), "what was kept stays, the other is beside it"


def test_of_two_figures_for_a_year_the_one_released_last_counts_and_the_other_stands_beside_it(tmp_path: Path) -> None:
    datasets = ingest(tmp_path)
    rows = (typed(year=2023, period="2023", value=3.1), typed(dataset="urn:2", year=2023, period="2023", value=3.2))
    series = with_typed(datasets, None, added(*rows, urn_2="2026-03-01")).series["si_pov_day1"]
    assert (series.chosen[-1].dataset, series.chosen[-1].value) == ("urn:2", 3.2)
    assert {(one.year, rule, one.value) for rule, one in series.others} == {
        (2023, "release", 3.1), (2023, "release", 3.5), (2023, "nature", 3.9),
    }  # fmt: skip


def test_a_bound_is_never_assessed(tmp_path: Path) -> None:
    rows = [typed(year=year, period=str(year), value=None, qualifier="<", bound=5.0) for year in (2024, 2025)]
    series = with_typed(ingest(tmp_path), None, added(*rows)).series["si_pov_day1"]
    assert [(one.year, one.value, one.qualifier) for one in series.chosen[-2:]] == [
        (2024, None, "<"),
        (2025, None, "<"),
    ]
    assert series.measured is not None
    assert (series.measured.inputs["latest_year"], series.measured.inputs["censored"]) == (2023, 2)


@pytest.mark.parametrize("change", [{"value": 2.0}, {"break_before": True}, {"period": "2024Q4"}, {"dataset": "urn:9"}])
def test_the_hash_covers_what_was_typed(change: dict[str, object]) -> None:
    assert added(typed()).digest() == added(typed()).digest()
    assert added(typed()).digest() != added(typed(**change)).digest()
    assert added(typed()).digest() != added(typed(), urn_1="2026-05-01").digest()


def test_the_hash_covers_how_the_series_is_judged() -> None:
    figures = added(typed())
    (known,) = figures.definitions
    for change in (
        {"direction": "up"},
        {"target": Target(0.5, 2031, "Plan", "", "", reference=False)},
        {"traits": ("binary",)},
        {"natural_limit": 4.0},
    ):
        assert replace(figures, definitions=(replace(known, **change),)).digest() != figures.digest()
    assert replace(figures, definitions=(replace(known, title="Other words"),)).digest() == figures.digest()


def test_only_some_results_with_typed_figures_are_kept(tmp_path: Path) -> None:
    datasets, kept = ingest(tmp_path), tmp_path / "kept"
    facts = with_typed(datasets, None, added(typed()))
    for number in range(keeping.TYPED_KEPT + 3):
        keeping._write(facts, "k" * keeping.KEY_LENGTH, kept, f"{number:02}")
    assert len(list(kept.rglob("*.json"))) == keeping.TYPED_KEPT
