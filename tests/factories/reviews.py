import atexit
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.factories.facts import asked
from tests.factories.frameworks import framework
from tests.factories.networks import network
from tests.factories.people import dora, emil
from waymark.actions.reviews import clear, publish, submit
from waymark.actions.reviews.opening import ReviewFacts, open_review
from waymark.engines.safekeeping.shelf import Shelf
from waymark.queries.reviews.data import Audience
from waymark.queries.reviews.rendering import Rendering, rendering_of, scope_of
from waymark.records.actors import Actor
from waymark.records.editions import Candidate, Edition
from waymark.records.reviews import Review, ReviewCycle

DAY = date(2026, 4, 1)
FILES = {"index.html": b"<p>Costs stay high.", "data/findings.csv": b"kind\n", "review.json": b"{}\n"}
"""Files of a candidate, in the place of what the paper makes."""


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
    return open_review(by=Actor.operator(), code=code, **asked(ReviewFacts, given))


@cache
def _own_folder() -> Path:
    made = tempfile.TemporaryDirectory(prefix="waymark-tests-")
    atexit.register(made.cleanup)
    return Path(made.name)


def data_folder() -> Path:
    """The data folder of the test; for a test without one, a folder of this process, never that of the checkout."""
    return _own_folder() if Path("var").resolve() == settings.DATA_DIR else settings.DATA_DIR


def shelf() -> Shelf:
    """The candidates and editions in the data folder of the test."""
    return Shelf(data_folder())


def rendering(row: Review, *, audience: Audience = "public", language: str = "en") -> Rendering:
    """What files of a review would be made for and from now."""
    asked = scope_of(row, as_of=date(2026, 5, 8), audience=audience, language=language)
    return rendering_of(row, asked, datasets=data_folder() / "datasets")


def rendered(files: dict[str, bytes], folder: Path) -> Path:
    """A folder with these files."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def submitted(
    row: Review, by: Actor | None = None, files: dict[str, bytes] | None = None, on: date = DAY, **asked: Any
) -> Candidate:
    """A candidate with these files, which name the review so that they are of no other."""
    made = rendering(row, **asked)
    own = {"review.json": f"{row.code} {made.scope.audience} {made.scope.language} {made.number}".encode()}
    with tempfile.TemporaryDirectory() as folder:
        place = rendered((files or FILES) | own, Path(folder))
        return submit(by=by or Actor.operator(), review=row, rendering=made, folder=place, shelf=shelf(), on=on)


def cleared(row: Review, by: tuple[Actor, ...] = (), on: date = DAY, **asked: Any) -> Candidate:
    """A candidate that the co-chair and the validator cleared, or others."""
    candidate = submitted(row, on=on, **asked)
    for actor in by or (dora(), emil()):
        clear(by=actor, candidate=candidate, shelf=shelf(), on=on)
    return candidate


def published(row: Review, by: tuple[Actor, ...] = (), on: date = DAY, **asked: Any) -> Edition:
    """An edition, published by the first of those who cleared."""
    candidate = cleared(row, by, on, **asked)
    return publish(by=(by or (dora(),))[0], candidate=candidate, shelf=shelf(), on=on)
