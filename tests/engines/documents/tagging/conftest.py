"""A small tagger of our own: a few terms and passages in two languages."""

import pytest

from waymark.engines.documents.tagging import settings
from waymark.engines.documents.tagging.corpus import Example
from waymark.engines.documents.tagging.linear import Head
from waymark.engines.documents.tagging.settings import Settings
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.tagging.terms import Term
from waymark.engines.documents.tagging.training import Sources, fit_head

TERMS = {
    "en": (
        Term("gcm", "20", "remittances", 3),
        Term("gcm", "20", "transfer + fees", 2),
        Term("gcm", "13", "immigration detention", 3),
        Term("gcm", "1", "census", 2),
        Term("gcm", "context", "migrants", 1),
        Term("gcm", "none", "coral reef", 3),
        Term("gcm", "P.h", "children", 2),
        Term("sdg", "10.c", "remittances", 3),
        Term("pd-2022", "PD-09", "remittances", 3),
    ),
    "fr": (
        Term("gcm", "20", "transferts de fonds", 3),
        Term("gcm", "13", "rétention administrative", 3),
        Term("gcm", "context", "migrants", 1),
    ),
}

PASSAGES = {
    "20": (
        "Migrants send money home and the bank lowers its fees.",
        "Remittances of workers reach the village by phone.",
    ),
    "13": (
        "Immigration detention is a last resort and judges review it.",
        "Children are no longer locked up in centres.",
    ),
    "1": ("The census asks where people were born.", "Statistics of entries are published by sex and age."),
    "none": ("The coral reef is watched by divers.", "Farmers sow maize after the first rain of spring."),
}


def examples() -> list[Example]:
    english = [Example(text, "en", (code,), "example", "made") for code, texts in PASSAGES.items() for text in texts]
    french = [
        ("20", "Les migrants envoient des fonds à leur famille."),
        ("13", "La rétention des migrants est un dernier recours."),
    ]
    return [*english, *(Example(text, "fr", (code,), "example", "made") for code, text in french)]


@pytest.fixture(scope="session")
def sources() -> Sources:
    return Sources(tuple(examples() * 2), TERMS)


@pytest.fixture(scope="session")
def head(sources: Sources) -> Head:
    return fit_head(sources)


@pytest.fixture(scope="session")
def given() -> Settings:
    tier = {"none_shift": 0, "none_from": 0.5, "floor": 0.05, "curves": {"other": [1, 0]}, "none_curve": [1, 0]}
    return settings.read(
        {
            "measured": ["en"],
            "tiers": {
                "best": {**tier, "head": 1, "lexicon": 1},
                "linear": {**tier, "head": 1, "lexicon": 0},
                "lexicon": {**tier, "head": 0, "lexicon": 1.5, "none_shift": -3},
            },
        }
    )


@pytest.fixture(scope="session")
def tagger(head: Head, given: Settings) -> Tagger:
    return Tagger(TERMS, head, given)
