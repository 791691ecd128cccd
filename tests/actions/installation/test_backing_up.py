"""A dataset that is replaced while it is copied is copied again, so that its files belong together."""

from pathlib import Path

import pytest

from waymark.actions.installation import backing_up
from waymark.gcm.errors import RefusedError


def dataset(folder: Path, version: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("manifest.json", "observations.parquet"):
        (folder / name).write_text(str(version))


@pytest.mark.parametrize("times", [1, 4])
def test_a_dataset_replaced_meanwhile_is_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    source, left = tmp_path / "datasets" / "rows", list(range(times))
    dataset(source, 100)
    copy = backing_up.copy_private

    def replaced_meanwhile(one: Path, other: Path) -> str:
        said = copy(one, other)
        if one.name == "manifest.json" and left:
            dataset(source, left.pop())
        return said

    monkeypatch.setattr(backing_up, "copy_private", replaced_meanwhile)
    hashes: dict[str, str] = {}
    backing_up._copy_dataset(source, tmp_path, "data/rows", hashes)
    assert {path.read_text() for path in (tmp_path / "data" / "rows").iterdir()} == {"0"}
    assert len(hashes) == 2


def test_a_dataset_that_never_stands_still_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "datasets" / "rows"
    dataset(source, 0)
    copy, count = backing_up.copy_private, iter(range(1, 1000))

    def replaced_meanwhile(one: Path, other: Path) -> str:
        said = copy(one, other)
        dataset(source, next(count))
        return said

    monkeypatch.setattr(backing_up, "copy_private", replaced_meanwhile)
    with pytest.raises(RefusedError, match="again and again"):
        backing_up._copy_dataset(source, tmp_path, "data/rows", {})
