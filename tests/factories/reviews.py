from datetime import date
from typing import Any

from tests.factories.frameworks import framework
from tests.factories.networks import network
from waymark.actions.reviews.opening import open_review
from waymark.actions.reviews.publishing import EditionFile
from waymark.records.actors import Actor
from waymark.records.reviews import Review, ReviewCycle

FILES = (EditionFile("review.json", "a" * 64, 10), EditionFile("index.html", "b" * 64, 20))


def cycle(code: str = "imrf-2026", level: str = "global") -> ReviewCycle:
    row = ReviewCycle.objects.filter(code=code).first()
    return row or ReviewCycle.objects.create(
        code=code, level=level, title={"en": code}, from_date=date(2026, 5, 5), to_date=date(2026, 5, 8)
    )


def review(code: str = "qor-2026", **fields: Any) -> Review:
    row = Review.objects.filter(code=code).first()
    if row is not None:
        return row
    given = {"cycle": cycle(), "network": network(), "title": "Review", "frameworks": [framework()]} | fields
    return open_review(by=Actor.operator(), code=code, **given)
