"""Reads what another installation takes in of a `review.json`: the part `record`, and what it was made for.

Docs: docs/reference/review-data.md. The form alone is checked, field by field; codes are looked up when it is written
into the record. Words are kept as they stand, with their line breaks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from waymark.gcm.errors import InputError
from waymark.gcm.lists import FindingKind, Mark, Stance
from waymark.gcm.recorded import (
    LEFT_OUT,
    RecordedCitation,
    RecordedEdition,
    RecordedFinding,
    RecordedPosition,
    RecordedRecommendation,
    RecordedReview,
)

T = TypeVar("T")

CLASSES = ("public", "network")
"""What is told to others: nothing that is restricted."""
AUDIENCES = ("public", "network")
LARGEST = 2**31 - 1
"""The largest whole number that a record keeps."""

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
SHA256 = re.compile(r"[0-9a-f]{64}")
_STEP = r"(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f]+"
FILE_NAME = re.compile(f"{_STEP}(?:/{_STEP})*")
"""A way to a file that stays within its folder; an edition of an imported file has the name that the file had."""
PROVISION = re.compile(r"[^\s:]+:.+")

LENGTHS = {
    "locator": 300, "drafted_by": 300, "paper": 500, "paragraph": 80, "series": 120, "place": 40, "period": 40,
    "dimensions": 300, "page": 40, "publishing_body": 300, "code": 300, "name": 300,
}  # fmt: skip
"""So many letters a record keeps of a field."""


@dataclass(frozen=True, slots=True)
class OwnReview:
    """A `review.json` as far as it is taken in.

    `number` is that of the edition that its files were to become, 0 for a working copy; `replaces` that of the one
    before, 0 for none.
    """

    place: str
    cycle: str
    as_of: str
    audience: str
    language: str
    marking: str
    number: int
    replaces: int
    record: RecordedReview


class Refusing:
    """Refuses a value of a file in words that name file and place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, place: str, problem: str, expected: str, todo: str = "Correct the file.") -> NoReturn:
        """Raises InputError; `place` is "" for the file as a whole."""
        raise InputError(
            str(self.path), problem, expected=expected, todo=f"{todo} Nothing was written.", place=place
        )  # fmt: skip


def read_own(path: Path, tree: Mapping[str, Any]) -> OwnReview:
    """What is taken in of the object in a `review.json`. Raises InputError naming the first field that is not right."""
    refuse = Refusing(path)
    if "record" not in tree:
        refuse(
            "", 'it has no part "record", so it was made before reviews could be taken in', "a file of this version",
            todo="Build the review again where it was made.",
        )  # fmt: skip
    if tree["record"] is None:
        refuse(
            "", "it tells of no review on record, only what is derived from figures and commitments",
            "a file of a review with a record", todo="Open the review where the file was made, then build it again.",
        )  # fmt: skip
    edition = tree.get("edition")
    number = (edition or {"number": 0, "replaces": None}) if isinstance(edition, dict | None) else {}
    asked = ("place", "cycle", "as_of", "audience", "language", "marking")
    own = OwnReview(
        **{name: made(refuse, str, tree.get(name), name) for name in asked},
        number=made(refuse, int, number.get("number"), "edition.number"),
        replaces=made(refuse, int, number.get("replaces") or 0, "edition.replaces"),
        record=made(refuse, RecordedReview, tree["record"], "record"),
    )
    _check(refuse, own)
    return own


def rows_of(own: OwnReview) -> Iterator[tuple[str, Any]]:
    """The head without its rows, then each row, for the way through the wall."""
    lists: dict[str, Any] = dict.fromkeys(LISTS, ())
    yield "own", replace(own, record=replace(own.record, **lists))
    for name in LISTS:
        for row in getattr(own.record, name):
            yield name, row


def joined(own: OwnReview, rows: Mapping[str, Sequence[Any]]) -> OwnReview:
    """What `rows_of` took apart."""
    lists: dict[str, Any] = {name: tuple(rows[name]) for name in LISTS}
    return replace(own, record=replace(own.record, **lists))


LISTS: dict[str, type[Any]] = {
    "findings": RecordedFinding,
    "recommendations": RecordedRecommendation,
    "positions": RecordedPosition,
    "editions": RecordedEdition,
}
"""The lists of a recorded review, and what they are of."""


def made(refuse: Refusing, kind: type[T], value: Any, place: str) -> T:
    """The value as what a field is declared to be: a row, a list of rows, words by language, a text, a number.

    Raises InputError naming the place of the first value that is something else.
    """
    found: Any
    if is_dataclass(kind):
        found = _row(refuse, kind, value, place)
    elif get_origin(kind) is tuple:
        if not isinstance(value, list):
            refuse(place, f"it is {said_as(value)}", "a list")
        each = get_args(kind)[0]
        found = tuple(made(refuse, each, one, f"{place} number {at}") for at, one in enumerate(value, start=1))
    elif get_origin(kind) is dict:
        if not isinstance(value, dict):
            refuse(place, f"it is {said_as(value)}", "an object")
        each = get_args(kind)[1]
        found = {name: made(refuse, each, one, f"{place}.{name}") for name, one in value.items()}
    elif kind is bool:
        if not isinstance(value, bool):
            refuse(place, f"it is {said_as(value)}", "true or false")
        found = value
    elif kind is int:
        if type(value) is not int or not 0 <= value <= LARGEST:
            refuse(place, f"it is {said_as(value)}", f"a whole number from 0 to {LARGEST:,}")
        found = value
    else:
        if not isinstance(value, str):
            refuse(place, f"it is {said_as(value)}", "a text")
        found = value
    return found  # type: ignore[no-any-return]  # of the kind asked for, as checked above


def said_as(value: Any) -> str:
    """What a value of JSON is, in words that stay short."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    names = ((dict, "an object"), (list, "a list"), (str, "a text"))
    return next((name for kind, name in names if isinstance(value, kind)), str(value)[:40])


def _row(refuse: Refusing, kind: type[Any], value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        refuse(place, f"it is {said_as(value)}", "an object")
    names = [field.name for field in fields(kind)]
    unknown = sorted(set(value) - set(names))
    if unknown:
        refuse(
            place, f"the field {unknown[0]} is not known", f"the fields {', '.join(names)}",
            todo="A newer version of Waymark may have made the file: bring it in there, or update.",
        )  # fmt: skip
    hints = get_type_hints(kind)
    return kind(**{name: made(refuse, hints[name], value.get(name), f"{place}.{name}") for name in names})


def _check(refuse: Refusing, own: OwnReview) -> None:
    """What the fields say, beyond what they are."""
    record = own.record
    _day(refuse, own.as_of, "as_of", needed=True)
    _among(refuse, own.audience, AUDIENCES, "audience")
    _language(refuse, own.language, "language")
    _language(refuse, record.language, "record.language")
    _words(refuse, record.title, "record.title")
    _among(refuse, record.classification, CLASSES, "record.classification")
    for noun in record.left_out:
        _among(refuse, noun, LEFT_OUT, "record.left_out")
    for name in LISTS:
        for at, row in enumerate(getattr(record, name), start=1):
            place = f"record.{name} number {at}"
            _common(refuse, row, place)
            CHECKS[name](refuse, row, place, record)
    for name, key in (("recommendations", "code"), ("editions", "hash")):
        _once(refuse, [getattr(row, key) for row in getattr(record, name)], f"record.{name}", key)
    numbers = [f"{row.audience} {row.language} {row.number}" for row in record.editions]
    _once(refuse, numbers, "record.editions", "edition")


def _common(refuse: Refusing, row: Any, place: str) -> None:
    """What many rows have: lengths, class, source and mark."""
    for name, most in LENGTHS.items():
        if len(getattr(row, name, "")) > most:
            refuse(f"{place}.{name}", f"it has {len(getattr(row, name)):,} letters", f"at most {most}")
    if hasattr(row, "classification"):
        _among(refuse, row.classification, CLASSES, f"{place}.classification")
    if hasattr(row, "mark"):
        _among(refuse, row.mark, ("", *(mark.value for mark in Mark)), f"{place}.mark")
        if row.mark in (Mark.VERIFIED.value, Mark.SECONDARY.value) and not row.source:
            refuse(f"{place}.mark", f"the mark is {row.mark} and no source is named", "a source")


def _finding(refuse: Refusing, row: RecordedFinding, place: str, record: RecordedReview) -> None:
    del record
    _among(refuse, row.kind, tuple(kind.value for kind in FindingKind), f"{place}.kind")
    _words(refuse, row.text, f"{place}.text", needed=True)
    _day(refuse, row.confirmed_on, f"{place}.confirmed_on")
    if row.provision:
        _like(refuse, PROVISION, row.provision, f"{place}.provision", "a code such as gcm:7")
    for at, one in enumerate(row.citations, start=1):
        _citation(refuse, one, f"{place}, citations number {at}")


def _citation(refuse: Refusing, row: RecordedCitation, place: str) -> None:
    _common(refuse, row, place)
    observed = (row.dataset, row.series, row.place, row.period)
    named = [all(observed), bool(row.document), bool(row.address)]
    if named.count(True) != 1 or (not named[0] and any((*observed, row.dimensions))):
        refuse(
            place, "it names no one thing",
            "dataset, series, place and period of an observation, or the hash or address of a document",
        )  # fmt: skip
    if not row.address:
        _like(refuse, SHA256, row.document or row.dataset, place, "a hash of 64 hexadecimal digits")


def _recommendation(refuse: Refusing, row: RecordedRecommendation, place: str, record: RecordedReview) -> None:
    if not row.code:
        refuse(f"{place}.code", "it is empty", "a code such as R1")
    _words(refuse, row.text, f"{place}.text", needed=True)
    _words(refuse, row.label, f"{place}.label")
    _day(refuse, row.issued_on, f"{place}.issued_on")
    for code in row.concerns:
        _like(refuse, PROVISION, code, f"{place}.concerns", "codes such as gcm:7")
    _once(refuse, row.concerns, f"{place}.concerns", "code")
    for name, rows in (("finding", record.findings), ("edition", record.editions)):
        if getattr(row, name) > len(rows):
            refuse(f"{place}.{name}", f"it is {getattr(row, name)}", f"0, or a place in the list of {len(rows)}")


def _position(refuse: Refusing, row: RecordedPosition, place: str, record: RecordedReview) -> None:
    del record
    if bool(row.place) == bool(row.organisation):
        refuse(place, "it is of a place and an organisation, or of none", "one of both")
    if not row.framework:
        refuse(f"{place}.framework", "it is empty", "the code of a framework")
    _among(refuse, row.stance, tuple(stance.value for stance in Stance), f"{place}.stance")
    _words(refuse, row.text, f"{place}.text")
    _day(refuse, row.date, f"{place}.date")
    _day(refuse, row.paper_date, f"{place}.paper_date", needed=True)
    if not row.paper:
        refuse(f"{place}.paper", "it is empty", "what names the paper that it can be entered from")


def _edition(refuse: Refusing, row: RecordedEdition, place: str, record: RecordedReview) -> None:
    del record
    check_edition(refuse, row, place)


def check_edition(refuse: Refusing, row: RecordedEdition, place: str) -> None:
    """Refuse an edition whose number, days, hash or files are not of their form."""
    _among(refuse, row.audience, AUDIENCES, f"{place}.audience")
    _language(refuse, row.language, f"{place}.language")
    _day(refuse, row.as_of, f"{place}.as_of")
    _day(refuse, row.published_on, f"{place}.published_on", needed=True)
    _day(refuse, row.withdrawn_on, f"{place}.withdrawn_on")
    _words(refuse, row.withdrawn_for, f"{place}.withdrawn_for")
    if row.withdrawn_for and not row.withdrawn_on:
        refuse(f"{place}.withdrawn_on", "it is empty, and the edition was withdrawn for a reason", "the day of that")
    if row.withdrawn_on and row.withdrawn_on < row.published_on:
        refuse(f"{place}.withdrawn_on", f"it is {row.withdrawn_on}", f"a day from {row.published_on}, its publication")
    if not row.number > row.replaces:
        refuse(f"{place}.number", f"it is {row.number}, and it replaces {row.replaces}", "a number from 1, after that")
    _like(refuse, SHA256, row.hash, f"{place}.hash", "a hash of 64 hexadecimal digits")
    if not row.files:
        refuse(f"{place}.files", "it is empty", "the files of the edition")
    for at, one in enumerate(row.files, start=1):
        _common(refuse, one, f"{place}, files number {at}")
        _like(refuse, FILE_NAME, one.name, f"{place}, files number {at}.name", "a name such as data/findings.csv")
        _like(refuse, SHA256, one.sha256, f"{place}, files number {at}.sha256", "a hash of 64 hexadecimal digits")
    _once(refuse, [one.name for one in row.files], f"{place}.files", "name")


CHECKS: dict[str, Any] = {
    "findings": _finding,
    "recommendations": _recommendation,
    "positions": _position,
    "editions": _edition,
}
"""List → what checks a row of it."""


def _among(refuse: Refusing, value: str, known: Sequence[str], place: str) -> None:
    if value not in known:
        refuse(place, f"it is {value[:40] or 'empty'}", f"one of {', '.join(filter(None, known))}")


def _like(refuse: Refusing, form: re.Pattern[str], value: str, place: str, expected: str) -> None:
    if not form.fullmatch(value):
        refuse(place, f"it is {value[:80] or 'empty'}", expected)


def _language(refuse: Refusing, code: str, place: str) -> None:
    _like(refuse, LANGUAGE, code, place, "the code of a language, such as ka")


def _words(refuse: Refusing, words: Mapping[str, str], place: str, *, needed: bool = False) -> None:
    """Words by language: none is empty, and there are some where they are needed."""
    if needed and not words:
        refuse(place, "it is empty", 'words by language, such as {"en": "Offices opened."}')
    for language, said in words.items():
        _language(refuse, language, place)
        if not said:
            refuse(f"{place}.{language}", "the words are empty", "words, or no such language")


def _day(refuse: Refusing, written: str, place: str, *, needed: bool = False) -> None:
    if not written and not needed:
        return
    try:
        right = date.fromisoformat(written).isoformat() == written
    except ValueError:
        right = False
    if not right:
        refuse(place, f"it is {written[:40] or 'empty'}", "a day such as 2022-05-17")


def _once(refuse: Refusing, values: Sequence[str], place: str, what: str) -> None:
    seen: set[str] = set()
    for one in values:
        if one in seen:
            refuse(place, f"the {what} {one[:80]} stands there twice", "each once")
        seen.add(one)
