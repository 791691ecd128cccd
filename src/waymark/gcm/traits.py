"""What a series is: the closed list that definitions of indicators choose from."""

TRAITS: dict[str, str] = {
    "binary": "yes or no",
    "categorical": "steps of a scale, not quantities",
    "growth_rate": "a rate of change, which may change its sign",
    "stock": "a number at one moment",
    "flow": "a number in a span of time",
    "index": "a composed score",
    "share": "a part of a whole",
    "rate": "events per population",
    "count_minimum": "at least this many; the true number is higher",
    "parity": "a ratio whose goal is 1",
    "even_split": "a share whose goal is one half, from either side",
    "survey": "from a sample survey",
    "modelled": "estimated with a model",
    "proxy": "stands in for something that is not measured",
    "whole_population": "about the whole population, not about migrants",
    "protected_small_counts": "breakdowns below 5 are not shown",
    "named_only": "the source names only those with the wanted answer",
}
"""Closed list of what a series is: key → words."""

NAMED_ONLY = "named_only"
"""The trait of a series that cannot be seen to get worse: who lost the wanted answer has no row."""
