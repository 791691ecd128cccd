"""Publish a cleared review as a frozen edition."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.reviews.clearing import content_hash
from waymark.actions.storing import held, held_all, store
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.permissions import Verb, check_verb
from waymark.records.reviews import Edition, Review, files_hash
from waymark.records.states import REVIEW, next_state


@dataclass(frozen=True, slots=True)
class EditionFile:
    """One file of an edition: its name, SHA-256 (hexadecimal) and size in bytes."""

    name: str
    sha256: str
    size: int


def edition_hash(files: Sequence[EditionFile]) -> str:
    """What an edition is cited by: the SHA-256 over the names and hashes of its files, sorted by name."""
    return files_hash((file.name, file.sha256) for file in files)


def _checked(files: Sequence[EditionFile]) -> list[EditionFile]:
    names = [file.name for file in files]
    wrong = [file.name for file in files if not re.fullmatch(r"[0-9a-f]{64}", file.sha256) or file.size < 0]
    if not files:
        raise InputError.coded("edition.without_files")
    if wrong:
        raise InputError.coded("edition.bad_files", files=tuple(wrong))
    if len(set(names)) != len(names):
        raise InputError.coded("edition.name_twice")
    return sorted(files, key=lambda file: file.name)


@act
def publish(
    *,
    by: Actor,
    review: Review,
    on: date,
    files: Sequence[EditionFile],
    audience: str = "public",
    as_of: date | None = None,
    language: str = "en",
) -> Edition:
    """Publish a cleared review: its files are frozen under one hash, and its recommendations are issued."""
    held(review)
    check_verb(by, Verb.PUBLISH_REVIEW, review)
    after = next_state(REVIEW, review, "publish")
    if content_hash(review) != review.content_hash:
        raise RefusedError("review.changed_after_clearance", review=review.code)
    edition = store_edition(review, on=on, files=files, audience=audience, as_of=as_of, language=language, actor=by)
    review.state = after
    store(review)
    log(by, "review.published", edition, hash=edition.hash, number=edition.number)
    return edition


def store_edition(
    review: Review,
    *,
    on: date,
    files: Sequence[EditionFile],
    audience: str,
    as_of: date | None,
    language: str,
    actor: Actor,
    source: str = "",
) -> Edition:
    """Store the next version of a review's editions and issue its recommendations. For actions; they check and log."""
    listed = _checked(files)
    number = review.editions.count() + 1
    edition = Edition(
        review=review,
        code=f"{review.code}.v{number}",
        number=number,
        audience=audience,
        language=language,
        as_of=as_of,
        published_on=on,
        published_by=actor.post,
        files=[asdict(file) for file in listed],
        hash=edition_hash(listed),
        classification="public" if audience == "public" else "network",
        source=source,
    )
    store(edition)
    for recommendation in held_all(review.recommendations.filter(edition__isnull=True)):
        recommendation.edition, recommendation.issued_on = edition, on
        store(recommendation)
    return edition
