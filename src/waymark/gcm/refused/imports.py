"""Refusals about files from which an earlier review is imported."""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.sentences import Given, Wording

IMPORTS: Mapping[str, Wording] = MappingProxyType(
    {
        "review_file.not_named": Given(
            "{file}", "no {field} is given", "the code of a {noun}: {known}", "Name it. Nothing was written."
        ),
        "review_file.named_unknown": Given(
            "{file}",
            "the {field} is {code}, and no {noun} has this code",
            "one of {known}",
            "Correct the code. Nothing was written.",
        ),
        "review_file.of_other_place": Given(
            "{file}",
            "the review is of {place}, and the network {network} is of {own}",
            "a network of {place}",
            "Name another network, or the place to keep the review there. Nothing was written.",
        ),
        "review_file.published_on_another_day": Given(
            "{file}",
            "it is said to be published on {given}, and its files are those of the edition {edition}, which was "
            "published on {on}",
            "the day {on}",
            "Correct the day, or leave it out. Nothing was written.",
        ),
    }
)
"""Code → sentence, with slots."""
