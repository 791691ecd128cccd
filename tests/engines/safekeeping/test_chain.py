"""Lines that name the line before: any change is seen, a torn end is taken away, a full disk adds nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.safekeeping import chain
from waymark.engines.safekeeping.staging import files_below, staged
from waymark.gcm.errors import RefusedError

VALUES = st.lists(st.dictionaries(st.sampled_from(["a", "b"]), st.one_of(st.integers(), st.text())), max_size=5)


def written(values: list[dict[str, object]]) -> bytes:
    content, previous = b"", chain.START
    for value in values:
        line = chain.encoded(value, previous)
        content, previous = content + line + b"\n", chain.parse(content + line + b"\n").last
    return content


@given(VALUES)
def test_what_is_written_is_read_again(values: list[dict[str, object]]) -> None:
    lines = chain.parse(written(values))
    assert list(lines.values) == values
    assert (lines.broken, lines.torn) == (None, 0)


@given(VALUES.filter(bool), st.data())
def test_a_line_taken_out_or_moved_is_seen(values: list[dict[str, object]], data: st.DataObject) -> None:
    lines = written(values).splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    shorter = chain.parse(b"".join(lines[:place] + lines[place + 1 :]))
    if place == len(lines) - 1:
        assert shorter.broken is None, "what was cut off at the end is told by the record, not by the file"
        assert chain.follows(chain.parse(written(values)), shorter)
        assert not chain.follows(shorter, chain.parse(written(values)))
    else:
        assert shorter.broken is not None
        assert shorter.broken.number == place + 1


def test_lines_are_added_after_the_last_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "chain"
    chain.append(path, [{"a": 1}])
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"a":2')
    assert chain.read(path).torn == 6
    assert [line["a"] for line in chain.append(path, [{"a": 3}]).values] == [1, 3]
    assert path.read_bytes().startswith(whole)


def test_nothing_is_added_to_a_broken_chain(tmp_path: Path) -> None:
    path = tmp_path / "chain"
    chain.append(path, [{"a": 1}, {"a": 2}])
    path.write_bytes(path.read_bytes().replace(b'"a":1', b'"a":7'))
    before = path.read_bytes()
    with pytest.raises(ValueError, match="line 2: it does not follow the line before"):
        chain.append(path, [{"a": 3}])
    assert path.read_bytes() == before


def test_a_staged_folder_is_for_its_owner_and_for_one_at_a_time(tmp_path: Path) -> None:
    with staged(tmp_path / "out", "x") as place:
        assert place.stat().st_mode & 0o777 == 0o700
        (place / "half").write_text("written")
        with pytest.raises(RefusedError, match="is being written now"), staged(tmp_path / "out", "x"):
            pass
        assert (place / "half").exists()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".out.x").mkdir()
    (tmp_path / ".out.x" / "left by a kill").write_text("old")
    with staged(tmp_path / "out", "x") as place:
        assert list(place.iterdir()) == []


def test_names_that_cannot_stand_in_a_list_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a\nb").write_text("x")
    with pytest.raises(RefusedError, match="cannot be printed"):
        list(files_below(tmp_path))
