"""The editions of a review that came from another installation: published there, their files are kept there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from waymark.actions.documents import file_hash
from waymark.actions.reviews.imported import Asked, LeftOut, check_past, day
from waymark.actions.reviews.publishing import edition_of_file, issue_open, list_files, name_edition
from waymark.actions.storing import alone, fresh, store
from waymark.engines.safekeeping.shelf import RECORD, StoredFile
from waymark.engines.sheets import walled
from waymark.engines.sheets.recorded import OwnReview
from waymark.gcm.errors import InputError
from waymark.gcm.recorded import RecordedEdition, RecordedRecommendation
from waymark.records.editions import Edition, EditionWithdrawal, files_hash
from waymark.records.reviews import Recommendation, Review

NOT_TOLD = {"en": "The file does not say why it was withdrawn."}


def with_its_edition(path: Path, read: OwnReview) -> OwnReview:
    """A file of an edition with what the record of clearance beside it tells of that edition; others as they are.

    The record lies in the folder of the file or in the one around it, as editions are kept, and names the file by its
    hash. What the file recommends and nothing issued before was issued by that edition. Raises InputError for a record
    that says of the file what the file does not say of itself.
    """
    beside = (folder / RECORD for folder in (path.parent, path.absolute().parent.parent) if read.number)
    for place in beside:
        if not place.is_file():
            continue
        edition = replace(walled.clearance(place), replaces=read.replaces)
        if file_hash(path)[0] in {one.sha256 for one in edition.files}:
            _check_told_alike(place, read, edition)
            record = read.record
            editions = (*record.editions, edition)
            advice = tuple(
                one
                if one.edition or one.issued_on
                else replace(one, edition=len(editions), issued_on=edition.published_on)
                for one in record.recommendations
            )
            return replace(read, record=replace(record, editions=editions, recommendations=advice, published=True))
    return read


def _check_told_alike(place: Path, read: OwnReview, edition: RecordedEdition) -> None:
    """A page for the network does not become an edition for the public, nor an edition that of another day."""
    for name in ("number", "audience", "language", "as_of"):
        told, said = getattr(edition, name), getattr(read, name)
        if told != said:
            raise InputError(
                str(place),
                f"{name} of the edition is {told}",
                expected=f"{said}, as in the file that it lies beside",
                todo="Get both again from where they were made. Nothing was written.",
            )


def take_editions(asked: Asked, review: Review, read: OwnReview, left: list[LeftOut]) -> list[Edition | None]:
    """Store the editions that a file tells of, in its order; None stands for one whose files are on record already.

    For the act of an import. Raises InputError for a hash that is not that of the files, a day to come, or another day
    than that of the edition on record.
    """
    made: dict[int, Edition] = {}
    for number, row in sorted(enumerate(read.record.editions), key=lambda pair: pair[1].number):
        _check(asked, f"record.editions number {number + 1}", row)
        alone(f"edition {row.hash}")
        known = Edition.objects.filter(hash=row.hash).first()
        if known is not None:
            _check_same_day(asked, known, date.fromisoformat(row.published_on), f"record.editions number {number + 1}")
            left.append(LeftOut("edition", "on_record", known.code))
            continue
        made[number] = _store(asked, review, row, _former(made.values(), row.audience, row.language, row.replaces))
    return [made.get(number) for number in range(len(read.record.editions))]


def _check(asked: Asked, place: str, row: RecordedEdition) -> None:
    if files_hash((one.name, one.sha256) for one in row.files) != row.hash:
        raise InputError(
            str(asked.path),
            "the hash of the edition is not that of its files",
            expected="the files as they were published",
            todo="Get the file again from where it was made. Nothing was written.",
            place=place,
        )
    check_past(asked, place, "the edition was published", row.published_on)
    check_past(asked, place, "the edition was withdrawn", row.withdrawn_on)


def file_on_record(asked: Asked, review: Review, published_on: date) -> Edition | None:
    """The edition on record that the imported file is: its only file, or one of those of the place in the cycle.

    For the act of an import. Raises InputError where that was published on another day than the one given.
    """
    sha256, _ = file_hash(asked.path)
    own = files_hash([(asked.path.name, sha256)])
    alone(f"edition {own}")
    of_cycle = Edition.objects.filter(review__place=review.place, review__cycle=review.cycle).order_by("id")
    listing = (one for one in of_cycle if sha256 in {file["sha256"] for file in one.files})
    known = Edition.objects.filter(hash=own).first() or next(listing, None)
    if known is not None:
        _check_same_day(asked, known, published_on)
    return known


def _check_same_day(asked: Asked, known: Edition, published_on: date, place: str = "") -> None:
    """Refuse another day for files that were published: they are the same edition."""
    if known.published_on != published_on:
        raise InputError.coded(
            "review_file.published_on_another_day",
            file=f"{asked.path}, {place}" if place else str(asked.path),
            given=published_on,
            edition=known.code,
            on=known.published_on,
        )


def _former(editions: Iterable[Edition], audience: str, language: str, number: int) -> Edition | None:
    """The edition that another one replaces, by its number; None for a first one, or when it is not there."""
    same = (one for one in editions if (one.audience, one.language, one.number) == (audience, language, number))
    return next(same, None)


def _store(asked: Asked, review: Review, row: RecordedEdition, former: Edition | None) -> Edition:
    edition = Edition(
        number=row.number,
        audience=row.audience,
        language=row.language,
        as_of=day(row.as_of),
        published_on=date.fromisoformat(row.published_on),
        replaces=former,
        source=review.source,
    )
    name_edition(asked.by, review, edition)
    list_files(edition, [StoredFile(one.name, one.sha256, one.size) for one in row.files])
    store(edition)
    if row.withdrawn_on:
        withdrawal = EditionWithdrawal(
            edition=edition,
            code=f"{edition.code}.withdrawal",
            reason=row.withdrawn_for or NOT_TOLD,
            date=date.fromisoformat(row.withdrawn_on),
            classification=edition.classification,
        )
        store(withdrawal)
    return edition


def issue(recommendation: Recommendation, row: RecordedRecommendation, editions: Sequence[Edition | None]) -> None:
    """Store which edition issued a recommendation and when, where the file says it, with its other ties.

    The day holds too where the edition is not here: the file may not tell of it, or its files are on record already.
    """
    edition = editions[row.edition - 1] if row.edition else None
    issued_on = day(row.issued_on) or (edition.published_on if edition else None)
    if issued_on is not None:
        recommendation.edition, recommendation.issued_on = edition, issued_on
    store(recommendation)


def publish_taken(
    asked: Asked, review: Review, read: OwnReview, taken: Sequence[Edition | None], left: list[LeftOut]
) -> tuple[Edition, ...]:
    """The editions of the review, with the one that the file itself is where its day of publication is given.

    The review is published as it was there; what the file says after an edition stays open. An edition whose file is
    on record already is not made twice. Raises InputError where that was published on another day.
    """
    editions = tuple(one for one in taken if one is not None)
    here = file_on_record(asked, review, asked.published_on) if asked.published_on else None
    if here is not None:
        left.append(LeftOut("edition", "on_record", here.code))
        issue_open(review, None, here.published_on)
    elif asked.published_on:
        own = Edition(audience=read.audience, language=read.language, as_of=day(read.as_of))
        if read.number:
            own.number = read.number
            own.replaces = _former(editions, read.audience, read.language, read.replaces)
        return (*editions, edition_of_file(asked.by, review, asked.path, asked.published_on, own))
    if editions and read.record.published:
        fresh(review)
        review.state = "published"
        store(review)
    return editions
