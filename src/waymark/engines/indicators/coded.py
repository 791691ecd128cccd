"""Texts as numbers: pools of distinct texts, combinations of columns, and sorting by their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.rows import Column

_MOST = 2**62


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as codes of a pool; `reason` names for each row why its text could not be used, None when all could."""

    codes: pa.Array
    reason: pa.Array | None


class Pool:
    """Distinct texts in order of arrival; the code of a text is its position."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, text: str) -> int:
        """The code of a text, added when it is new."""
        found = self._codes.get(text)
        if found is None:
            found = self._codes[text] = len(self.texts)
            self.texts.append(text)
        return found

    def encode(self, column: Column, count: int, judge: Callable[[str], tuple[str, str]] | None = None) -> Coded:
        """A column of `count` rows as codes. `judge` gives for a text the one to store and a reason against it."""
        if isinstance(column, str):
            text, reason = judge(column) if judge else (column, "")
            return Coded(
                pa.repeat(pa.scalar(self.code(text), pa.int32()), count), pa.repeat(reason, count) if reason else None
            )
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        judged = [judge(text or "") if judge else (text or "", "") for text in coded.dictionary.to_pylist()]
        codes = pa.array([self.code(text) for text, _ in judged], pa.int32()).take(coded.indices)
        if not any(reason for _, reason in judged):
            return Coded(codes, None)
        return Coded(codes, pa.array([reason for _, reason in judged], pa.string()).take(coded.indices))

    def ranks(self) -> pa.Array:
        """For each code, the place of its text in alphabetical order."""
        order = sorted(range(len(self.texts)), key=self.texts.__getitem__)
        ranks = [0] * len(order)
        for rank, code in enumerate(order):
            ranks[code] = rank
        return pa.array(ranks, pa.int64())

    def coded(self, codes: pa.Array) -> pa.DictionaryArray:
        """Codes as a dictionary array of their texts."""
        return pa.DictionaryArray.from_arrays(codes, pa.array(self.texts, pa.string()))


def combined(columns: Sequence[Column], count: int) -> tuple[pa.Array, list[tuple[str, ...]]]:
    """For each row the code of its combination of texts, and the distinct combinations by code."""
    codes = pa.repeat(pa.scalar(0, pa.int32()), count)
    texts: list[tuple[str, ...]] = [()]
    for column in columns:
        if isinstance(column, str):
            texts = [(*text, column) for text in texts]
            continue
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        words = [word or "" for word in coded.dictionary.to_pylist()]
        wide = pc.add(
            pc.multiply(codes.cast(pa.int64()), len(words)), coded.indices.cast(pa.int64())
        ).dictionary_encode()
        texts = [(*texts[code // len(words)], words[code % len(words)]) for code in wide.dictionary.to_pylist()]
        codes = wide.indices
    return codes, texts


def pairs(left: pa.Array, right: pa.Array) -> tuple[pa.Array, list[tuple[int, int]]]:
    """For each row the code of its pair of codes (int32), and the distinct pairs by code."""
    wide = pc.add(pc.multiply(left.cast(pa.int64()), 2**31), right.cast(pa.int64())).dictionary_encode()
    return wide.indices, [divmod(code, 2**31) for code in wide.dictionary.to_pylist()]


def sorted_order(columns: Sequence[pa.Array]) -> tuple[pa.Array, pa.Array]:
    """The stable order of rows by several columns of ranks (int64), and whether each has the key of the one before it.

    Ranks are packed into as few 62-bit keys as they need, because sorting one integer is much faster than several.
    """
    keys: list[pa.Array] = []
    room = 1
    for column in columns:
        size = (pc.max(column).as_py() or 0) + 1
        if not keys or room * size > _MOST:
            keys.append(column)
            room = size
        else:
            keys[-1] = pc.add(pc.multiply(keys[-1], size), column)
            room *= size
    names = [str(number) for number in range(len(keys))]
    order = pc.sort_indices(pa.table(keys, names=names), sort_keys=[(name, "ascending") for name in names])
    same = None
    for key in keys:
        ordered = key.take(order)
        here = pc.equal(ordered[1:], ordered[:-1])
        same = here if same is None else pc.and_(same, here)
    first = pa.array([False])
    return order, pa.concat_arrays([first, same]) if same is not None else first
