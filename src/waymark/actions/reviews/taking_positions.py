"""The positions that came with a review of another installation: entered here from the paper that its file names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waymark.actions.facts import Paper
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.reviews.findings import recommendations_code
from waymark.actions.reviews.imported import Asked, LeftOut, Why, day
from waymark.actions.reviews.naming import within_reach
from waymark.engines.sheets.recorded import OwnReview
from waymark.gcm.recorded import RecordedPosition
from waymark.records.frameworks import Framework, Position, Provision
from waymark.records.organisations import Organisation
from waymark.records.places import Place
from waymark.records.reviews import Review


@dataclass(frozen=True, slots=True)
class Known:
    """The records here that the positions of a file name, by their codes."""

    places: dict[str, Place]
    organisations: dict[str, Organisation]
    texts: dict[tuple[str, str], Framework | Provision]
    """By framework and provision, "" for the framework itself."""


def take_positions(asked: Asked, review: Review, read: OwnReview, left: list[LeftOut]) -> int:
    """Enter the positions whose holder and text are on record; says how many. For the act of an import.

    A position that the record has already, with holder, text, stance, day and words, is not entered twice.
    """
    rows = [(_text_of(row, read.record.code, review.code), row) for row in read.record.positions]
    known = _known(asked, rows)
    there: Counter[str] = Counter()
    taken = 0
    for text, row in rows:
        why = _why_not(asked, row, text, known)
        if why is None and _on_record(asked, row, known.texts[text], known):
            there["position"] += 1
        elif why is not None:
            left.append(LeftOut("position", why, f"{row.place or row.organisation} on {':'.join(filter(None, text))}"))
        else:
            _take(asked, row, known.texts[text], known)
            taken += 1
    left += [LeftOut(noun, "on_record", number=number) for noun, number in there.items()]
    return taken


def _text_of(row: RecordedPosition, there: str, here: str) -> tuple[str, str]:
    """Framework and provision; the review's own recommendations have the code that the review has here."""
    if row.framework == recommendations_code(there):
        return recommendations_code(here), row.provision
    another = row.framework == recommendations_code(here)  # by chance: that text is not the one of this code here
    return f"{row.framework} of another review" if another else row.framework, row.provision


def _known(asked: Asked, rows: Iterable[tuple[tuple[str, str], RecordedPosition]]) -> Known:
    rows, network = list(rows), asked.network
    codes = {framework for (framework, _), _ in rows}
    texts: dict[tuple[str, str], Framework | Provision] = {
        (row.code, ""): row for row in within_reach(Framework, network).filter(code__in=codes)
    }
    wanted = {code for (_, code), _ in rows}
    parts = within_reach(Provision, network).filter(framework__code__in=codes, code__in=wanted)
    texts |= {(row.framework.code, row.code): row for row in parts.select_related("framework")}
    holders = {row.organisation for _, row in rows}
    return Known(
        {row.code: row for row in Place.objects.filter(code__in={row.place for _, row in rows})},
        {row.code: row for row in within_reach(Organisation, network).filter(code__in=holders)},
        texts,
    )


def _why_not(asked: Asked, row: RecordedPosition, text: tuple[str, str], known: Known) -> Why | None:
    """Why a position cannot be entered here."""
    if row.place not in known.places and row.organisation not in known.organisations:
        return "no_body"
    if text not in known.texts:
        return "no_provision"
    today = asked.by.today
    last = max(row.paper_date, row.date)  # ISO text; "" comes first
    return "ahead" if today is not None and date.fromisoformat(last) > today else None


def _on_record(asked: Asked, row: RecordedPosition, on: Framework | Provision, known: Known) -> bool:
    """Whether the network reads the same position here already."""
    held = within_reach(Position, asked.network).filter(
        place=known.places.get(row.place),
        organisation=known.organisations.get(row.organisation),
        framework=on if isinstance(on, Framework) else None,
        provision=on if isinstance(on, Provision) else None,
        stance=row.stance,
        date=day(row.date),
    )
    return any(one.text == row.text for one in held)


def _take(asked: Asked, row: RecordedPosition, on: Framework | Provision, known: Known) -> None:
    take_position(
        by=asked.by,
        on=on,
        organisation=known.organisations.get(row.organisation),
        place=known.places.get(row.place),
        keeper=asked.network,
        paper=Paper(date.fromisoformat(row.paper_date), words=row.paper),
        facts=PositionFacts(
            stance=row.stance,
            date=day(row.date),
            text=row.text,
            source=row.source,
            locator=row.locator,
            mark=row.mark,
            note=row.note,
            classification=row.classification,
        ),
    )
