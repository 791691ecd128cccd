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
    "one point": "There is only one value from the baseline year on; two are needed.",
    "too old": "The latest value is more than five years older than the date of the review.",
    "ratio not above zero": "Parity compares a ratio with 1; a ratio of zero or below has no inverse.",
    "baseline zero": "Growth from zero cannot be expressed as a rate.",
    "sign changes": "Values lie on both sides of zero; a growth rate needs one side.",
    "at its limit": "The series stands at its natural limit; nothing is left to improve.",
    "no distance to cover": "The baseline value equals the target, and the latest value no longer meets it.",
    "target year before baseline": "The target year is not later than the year of the first value.",
    "steps without a rate": "Answers or steps of a scale have no growth rate, and the target is not met.",
}
"""Reason → what it means, the closed list. Words for readers; codes for programs."""


@dataclass(frozen=True, slots=True)
class Category:
    """One result a method can give. `improving` is our reading, labelled as a proposal wherever it is counted."""

    code: str
    label: str
    improving: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule of the method comes from, and how far that was checked."""

    rule: str
    where: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Method:
    """A named, versioned, cited way to classify a series from its statistics."""

    id: str
    version: str
    title: str
    measure: str
    categories: tuple[Category, ...]
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def column(self) -> str:
        """The method's name as the start of a column name, such as `opensdg_2_4`."""
        return self.id.replace("-", "_").replace(".", "_")

    def category(self, code: str) -> Category:
        """The category of that code; KeyError when the method does not know it (UNABLE included)."""
        return {category.code: category for category in self.categories}[code]


SHARED_REASONS = (
    "direction none",
    "growth rate needs expert judgement",
    "break",
    "censored",
    "no baseline from 2015",
    "one point",
)
"""Reasons found before any method is asked, whatever the age of the series."""

TOO_OLD = "too old"
"""The one reason that depends on the day a series is read; it comes after SHARED_REASONS and before a method's own."""
