"""Scales of completion, their steps, and the honest mappings between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table, read_yaml
from waymark.gcm.lists import Mark
from waymark.gcm.vocabulary import as_mark


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One value of a scale.

    `order` counts from 1 (least) upwards and is None for a value outside the scale, such as "no evidence available".
    `share` is the share complete, 0 to 1, and None where the scale defines none. `labels` maps a language to words.
    """

    code: str
    labels: Mapping[str, str]
    order: int | None
    share: float | None
    evidence_required: bool

    def label(self, language: str = "en") -> str:
        """The words in `language`, or the English ones where we know none."""
        return self.labels.get(language, self.labels["en"])


@dataclass(frozen=True, slots=True)
class Scale:
    """A named scale: its steps from least to most, and the values outside of it."""

    code: str
    title: str
    steps: tuple[ScaleStep, ...]
    outside: tuple[ScaleStep, ...]
    source: str
    locator: str
    mark: Mark
    note: str

    @property
    def values(self) -> tuple[ScaleStep, ...]:
        """Everything a report on this scale may hold."""
        return self.steps + self.outside

    def step(self, code: str) -> ScaleStep:
        """The step or outside value called `code`.

        Raises NotFoundError when the scale does not hold it.
        """
        for value in self.values:
            if value.code == code:
                return value
        raise NotFoundError(
            f'step "{code}" of the scale "{self.code}"',
            "the scale does not hold this step",
            expected=f"one of {', '.join(value.code for value in self.values)}",
            todo="Correct the step or name another scale",
        )


@dataclass(frozen=True, slots=True)
class ScaleMapping:
    """What a step of one scale says on another one. `to_step` is None where the two are not comparable."""

    from_scale: str
    from_step: str
    to_scale: str
    to_step: str | None
    source: str
    locator: str
    mark: Mark
    note: str


def _step(row: dict[str, Any], order: int | None) -> ScaleStep:
    return ScaleStep(
        code=row["code"],
        labels=MappingProxyType(dict(row["labels"])),
        order=order,
        share=row["share"],
        evidence_required=row["evidence_required"],
    )


@cache
def scales() -> tuple[Scale, ...]:
    """The scales of the catalogue: our five-point completion first, the default."""
    return tuple(
        Scale(
            code=row["code"],
            title=row["title"],
            steps=tuple(_step(step, order) for order, step in enumerate(row["steps"], start=1)),
            outside=tuple(_step(step, None) for step in row["outside"]),
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_yaml("scales", "scales.yaml")
    )


def scale(code: str) -> Scale:
    """The scale called `code`, such as "completion-5".

    Raises NotFoundError when the catalogue does not hold it.
    """
    for found in scales():
        if found.code == code:
            return found
    raise NotFoundError(
        f'scale "{code}"',
        "the catalogue has no scale of this code",
        expected=f"one of {', '.join(known.code for known in scales())}",
        todo="Correct the code",
    )


@cache
def _mappings() -> dict[tuple[str, str, str], ScaleMapping]:
    return {
        (row["from_scale"], row["from_step"], row["to_scale"]): ScaleMapping(
            from_scale=row["from_scale"],
            from_step=row["from_step"],
            to_scale=row["to_scale"],
            to_step=row["to_step"] or None,
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_table("scales", "mappings.csv")
    }


def mapping(from_scale: str, from_step: str, to_scale: str) -> ScaleMapping:
    """What a step says on another scale; its `to_step` is None when "not comparable" is the answer.

    A scale maps to itself step by step. Raises NotFoundError for an unknown scale or step.
    """
    step = scale(from_scale).step(from_step)
    target = scale(to_scale)
    if target.code == from_scale:
        return ScaleMapping(from_scale, step.code, to_scale, step.code, target.source, "same scale", target.mark, "")
    return _mappings()[from_scale, from_step, to_scale]
