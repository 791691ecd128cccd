"""What of a `review.json` comes back when another installation takes it in and tells it again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from waymark.papers.files import review_json
from waymark.queries.reviews.data import Audience, review_data, review_scope

Tree = dict[str, Any]


@contextmanager
def installation() -> Iterator[None]:
    """An installation of its own: what is written within is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told(folder: Path, *, place: str = "QOR", cycle: str = "imrf-2026", audience: Audience = "public") -> bytes:
    """The `review.json` of the record as it stands, by the code of the command; no figures are held."""
    return review_json(review_data(review_scope(place, cycle, audience=audience), folder=folder / "no-figures"))


def parts(content: bytes) -> Tree:
    """The parts that come back: `record`, and findings, recommendations and positions as they are printed.

    Printed sources are compared by their words: a key may be the global id of a document of one installation. What a
    body said itself comes back as entered from its record, so its source and paper are left to `record`.
    """
    tree: Tree = json.loads(content)
    words = {one["key"]: (one["publisher"], one["title"], one["address"]) for one in tree["sources"]}

    def printed(rows: list[Tree]) -> list[Tree]:
        return [{**row, "source": [words[key] for key in row["source"].split("\n")]} for row in rows]

    record = {name: value for name, value in tree["record"].items() if name != "left_out"}
    himself = {"source": "", "entered_from": ""}
    return {
        "record": record,
        "findings": printed(tree["findings"]),
        "of objectives": [printed(objective["findings"]) for objective in tree["objectives"]],
        "recommended": printed(tree["recommended"]),
        "positions": [
            row if raw["entered_from"] and not raw["entered_from"].startswith("Position ") else {**row, **himself}
            for row, raw in zip(printed(tree["positions"]), tree["positions"], strict=True)
        ],
        "place and cycle": [tree[name] for name in ("place", "cycle", "as_of", "audience", "language")],
        "publishing body": tree["publishing_body"],
    }
