"""What a method of assessment is, and the reasons why none can be made. Nothing here computes: `judges` does."""

from dataclasses import dataclass

from waymark.gcm.lists import Mark

UNABLE = "unable"
"""The category of a series that cannot be assessed; its reason is one of REASONS."""

REASONS = {
    "direction none": "Neither more nor less is good in itself: shown as context, never assessed.",
    "growth rate needs expert judgement": "The values are growth rates; a growth rate of growth rates means nothing.",
    "break": "The way of counting changed, and fewer than two values follow the change.",
    "censored": "Values are given only as limits or as missing; fewer than two numbers remain.",
    "no baseline from 2015": "There is no value from the baseline year on.",
    "one point": "There is only one value to go by; two are needed.",
    "ratio not above zero": "Parity compares a ratio with 1; a ratio of zero or below has no inverse.",
    "baseline zero": "Growth from zero cannot be expressed as a rate.",
    "sign changes": "Baseline and latest value lie on both sides of zero; a growth rate needs one side.",
    "target year before baseline": "The target year is not later than the year of the first value.",
    "steps without a rate": "Steps of a scale have no growth rate, and no target is met.",
}
"""Reason → what it means, the closed list. Words for readers; codes for programs."""


@dataclass(frozen=True, slots=True)
class Category:
    """One result a method can give. `improving` is our reading, labelled as a proposal wherever it is counted."""

    code: str
    label: str
    improving: bool


BUNDLED_SERIES, DATABASE_SERIES = 61_459, 159_932
"""Series over which it was counted how many a rule of ours changes: see `Changes`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many series get another category or reason by one rule of ours alone.

    A series is of one place, breakdown, unit and nature. `bundled`: of the observations bundled with this release, by
    the definitions of the catalogue. `database`: of the whole SDG Global Database of October 2020, by one made-up rule
    for each series, as the benchmark has, since the catalogue defines few of them.
    """

    bundled: int
    database: int


@dataclass(frozen=True, slots=True)
class Source:
    """A rule of the method: what its text says, what runs here, where it stands, and how far that was checked.

    `text` is "" where the text says nothing; `rule` is "" where what runs is what the text says. A `key` names a rule
    of ours, which `changes` counts.
    """

    text: str
    rule: str
    where: str
    mark: Mark
    key: str = ""
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A named, versioned, cited way to classify a series from its statistics."""

    id: str
    version: str
    title: str
    measure: str
    limits: str
    """The base year and the limits of the classes in words, as the text has them."""
    categories: tuple[Category, ...]
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]
    early_baseline: bool = False
    """Whether the text takes a baseline before the baseline year where too few values follow."""

    @property
    def column(self) -> str:
        """The method's name as the start of a column name, such as `opensdg_2_4`."""
        return self.id.replace("-", "_").replace(".", "_")

    def category(self, code: str) -> Category:
        """The category of that code; KeyError when the method does not know it (UNABLE included)."""
        return {category.code: category for category in self.categories}[code]
