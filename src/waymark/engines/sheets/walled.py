"""Sheets that people send, read behind the wall: each function gives what the reader of its noun gives.

The bare readers are for notebooks and tests; whatever a command or a page is given comes through here.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from waymark.engines.files.walls.kinds import SHEET
from waymark.engines.files.walls.results import EndDecoder, RowsDecoder, read_back, result_files
from waymark.engines.files.walls.verdict import breach
from waymark.engines.files.walls.wall import Wall, shared
from waymark.engines.sheets.crosswalk import Fault, ReadSheet, SheetRow
from waymark.engines.sheets.figures import IndicatorForm, ValueRow
from waymark.engines.sheets.provisions import ProvisionRow
from waymark.engines.sheets.recorded import LISTS, OwnReview, joined
from waymark.engines.sheets.reviews import ReviewFile, ReviewRow
from waymark.gcm.recorded import RecordedEdition

T = TypeVar("T")


def provisions(
    path: Path, *, language: str = "en", known: Collection[str] = (), wall: Wall | None = None
) -> list[ProvisionRow]:
    """The provisions of a file, as `provisions.read_provisions` reads them. Raises InputError like that."""
    options = {"language": language, "known": sorted(known)}
    return _read(path, "provisions", options, {"provision": ProvisionRow}, wall)["provision"]


def review(path: Path, *, wall: Wall | None = None) -> ReviewFile | OwnReview:
    """An earlier review, as `reviews.read_review` reads it. Raises InputError like that."""
    found = _read(path, "review", {}, {"file": ReviewFile, "row": ReviewRow, "own": OwnReview, **LISTS}, wall)
    if found["own"]:
        own: OwnReview = _only(path, found["own"] + found["file"] + found["row"])
        return joined(own, found)
    head: ReviewFile = _only(path, found["file"])
    return replace(head, rows=tuple(found["row"]))


def clearance(path: Path, *, wall: Wall | None = None) -> RecordedEdition:
    """An edition by its record of clearance, as `clearances.read_clearance` reads it. Raises InputError like that."""
    edition: RecordedEdition = _only(path, _read(path, "clearance", {}, {"edition": RecordedEdition}, wall)["edition"])
    return edition


def crosswalk(path: Path, *, wall: Wall | None = None) -> ReadSheet:
    """A corrected crosswalk, as `crosswalk.read_sheet` reads it. Raises InputError like that."""
    found = _read(path, "crosswalk", {}, {"sheet": ReadSheet, "row": SheetRow, "fault": Fault}, wall)
    head: ReadSheet = _only(path, found["sheet"])
    return replace(head, rows=found["row"], faults=found["fault"])


def indicator(path: Path, *, wall: Wall | None = None) -> IndicatorForm:
    """The form of an indicator, as `figures.read_indicator` reads it. Raises InputError like that."""
    form: IndicatorForm = _only(path, _read(path, "indicator", {}, {"indicator": IndicatorForm}, wall)["indicator"])
    return form


def values(path: Path, *, wall: Wall | None = None) -> list[ValueRow]:
    """A table of values, as `figures.read_values` reads it. Raises InputError like that."""
    return _read(path, "values", {}, {"value": ValueRow}, wall)["value"]


def _read(
    path: Path, reader: str, options: Mapping[str, Any], kinds: Mapping[str, type[Any]], wall: Wall | None
) -> dict[str, list[Any]]:
    """The rows by the name of their class."""
    name = str(path)
    wall = wall or shared(SHEET)
    with result_files(SHEET.results) as (result,):
        end = EndDecoder()
        wall.run(path, end, name=name, options={"reader": reader, **options}, results=[result.fileno()])
        rows = RowsDecoder(SHEET.limits.result_bytes, kinds, f"a {reader}")
        read_back(result, rows, rows=end.rows, name=name, kind=SHEET)
    return rows.found


def _only(path: Path, found: list[T]) -> T:
    """The one head of a file. Raises InputError when there is none or more."""
    if len(found) != 1:
        raise breach(str(path), SHEET, "what the reader sent has no one head")
    return found[0]
