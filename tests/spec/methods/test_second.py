"""Both methods equal a second writing of their texts over the bundled release; what each rule of ours changes.

What Waymark says comes from `said`; the second writing shares no code with it.
"""

import re
from pathlib import Path

import pytest

from tests.spec.methods import counted, second
from tests.spec.methods.said import BUNDLED_SERIES, CATALOGUE_RULES, Said, changes, said
from tests.spec.methods.second import METHODS, OURS, Series

Keys = list[tuple[tuple[str, ...], Series]]


@pytest.fixture(scope="module")
def rules() -> dict[str, second.Rule]:
    return second.definitions()


@pytest.fixture(scope="module")
def keys(rules: dict[str, second.Rule]) -> Keys:
    """Every bundled series in every place, with its rows."""
    return list(second.series_of(second.bundled(), rules))


@pytest.fixture(scope="module")
def written(keys: Keys, rules: dict[str, second.Rule]) -> dict[tuple[str, ...], dict[str, Said]]:
    return second.say(keys, rules)


def test_the_second_writing_shares_no_code() -> None:
    text = Path(second.__file__).read_text(encoding="utf-8")
    assert re.findall(r"^\s*(?:from|import) (\S+)", text, re.MULTILINE) == [
        "math", "collections.abc", "dataclasses", "itertools", "pathlib", "typing", "pyarrow", "pyarrow.compute",
        "pyarrow.parquet", "yaml",
    ]  # fmt: skip


def test_the_counts_over_the_whole_database_are_of_this_code() -> None:
    """The page docs/reference/methods.md prints them, and nothing else would notice that they are of former code."""
    todo = "make test-real prints the counts: write them to the sources of the methods, then"
    assert counted.fingerprint() == counted.COUNTED_WITH, f"{todo} COUNTED_WITH = {counted.fingerprint()!r}"


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("def f(x: int) -> int:\n    'Words.'\n    return x+1", True),
        ("def f(x: int) -> int: return (x + 1)  # why", True),
        ("def f(x: int) -> int: return x + 2", False), ("def f(x: int) -> int: return x - 1", False),
        ("def f(x: int) -> int: return 1 + x", False),
    ],
)  # fmt: skip
def test_words_and_layout_are_no_other_code(
    code: str, same: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "ROOT", tmp_path)
    monkeypatch.setattr(counted, "DECIDES", ("code.py",))
    (tmp_path / "code.py").write_text("def f(x: int) -> int:\n    return x + 1\n", encoding="utf-8")
    before = counted.fingerprint()
    (tmp_path / "code.py").write_text(code, encoding="utf-8")
    assert (counted.fingerprint() == before) is same


@pytest.mark.slow
def test_both_methods_equal_their_second_writing(written: dict[tuple[str, ...], dict[str, Said]]) -> None:
    ours = said(second.bundled(), CATALOGUE_RULES)
    assert ours.keys() == written.keys()
    assert len(ours) == BUNDLED_SERIES
    differ = {key: (ours[key], written[key]) for key in ours if ours[key] != written[key]}
    assert not differ


@pytest.mark.slow
@pytest.mark.parametrize("rule", OURS)
def test_a_rule_of_ours_changes_as_many_series_as_its_source_says(
    rule: str, keys: Keys, rules: dict[str, second.Rule], written: dict[tuple[str, ...], dict[str, Said]]
) -> None:
    some = keys if rule == "context" else [pair for pair in keys if rules[pair[0][0]].direction != "none"]
    found = second.changed(some, rules, written, rule)
    assert found == {name: changes(name, rule).bundled for name in METHODS}


@pytest.mark.slow
def test_as_many_old_figures_keep_their_category(keys: Keys, written: dict[tuple[str, ...], dict[str, Said]]) -> None:
    assert second.old(keys, written) == {name: changes(name, "age").bundled for name in METHODS}
