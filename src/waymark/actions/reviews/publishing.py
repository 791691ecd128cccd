"""Publish cleared files as a frozen edition, and withdraw an edition for a reason."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from waymark.actions.acts import act
from waymark.actions.documents import file_hash
from waymark.actions.facts import Paper, Words, from_paper
from waymark.actions.log import log
from waymark.actions.reviews.clearing import check_unchanged
from waymark.actions.storing import alone, by_language, fresh, held, held_all, store
from waymark.engines.safekeeping.shelf import Shelf, StoredFile, record_sha256
from waymark.gcm.errors import RefusedError
from waymark.gcm.recorded import CLEARANCE
from waymark.queries.reviews.editions import next_number
from waymark.records.actors import Actor
from waymark.records.editions import STANDING, Candidate, Clearance, Edition, EditionWithdrawal, files_hash
from waymark.records.people import Person, Post
from waymark.records.permissions import check_verb
from waymark.records.record import FromPaper
from waymark.records.reviews import Review
from waymark.records.roles import Verb
from waymark.records.states import CANDIDATE, REVIEW, next_state

FROM_PAPER = "entered by the operator from a signed paper"
"""How a clearance or publication is told that a person did not enter himself."""


@act
def publish(*, by: Actor, candidate: Candidate, shelf: Shelf, on: date, paper: Paper | None = None) -> Edition:
    """Publish the files of a cleared candidate as they are; the review's recommendations are issued.

    The files are copied under their hash before the record says so: cut off between the two, it is done again. The
    operator publishes only from a `paper`. Raises RefusedError when content or files are not what was cleared.
    """
    held(candidate)
    review = fresh(candidate.review)
    check_verb(by, Verb.PUBLISH_REVIEW, review)
    check_from_paper(by, paper)
    after = next_state(CANDIDATE, candidate, "publish")
    check_unchanged(candidate, shelf)
    alone(f"edition {candidate.hash}")
    if Edition.objects.filter(hash=candidate.hash).exists():
        raise RefusedError("edition.files_published_already", candidate=candidate.code)
    edition = Edition(
        candidate=candidate,
        audience=candidate.audience,
        language=candidate.language,
        as_of=candidate.as_of,
        published_on=on,
        **from_paper(by, candidate, paper),
    )
    number_edition(by, review, edition)
    if edition.number != candidate.number:
        raise RefusedError("candidate.other_number", review=review.code, number=candidate.number)
    record = clearance_record(edition, candidate)
    edition.record_sha256 = record_sha256(record)
    shelf.publish(candidate.hash, candidate.listed(), record)
    store_edition(by, review, edition, [StoredFile(**one) for one in candidate.files])
    candidate.state = after
    store(candidate)
    if not review.candidates.filter(state__in=STANDING).exists():
        review.state = next_state(REVIEW, review, "publish")
        store(review)
    log(by, "review.published", edition, hash=edition.hash, number=edition.number)
    return edition


def check_from_paper(by: Actor, paper: Paper | None) -> None:
    """Refuse the operator without a paper, and a holder who brings one for what he does himself. For actions."""
    if by.kind == "operator" and paper is None:
        raise RefusedError("edition.operator_without_paper")
    if by.kind != "operator" and paper is not None:
        raise RefusedError("edition.paper_not_needed")


def number_edition(by: Actor, review: Review, edition: Edition) -> None:
    """Give a new edition its number, its code, the one that it replaces and who publishes it. For actions."""
    edition.number, edition.replaces = next_number(review, edition.audience, edition.language)
    name_edition(by, review, edition)


def name_edition(by: Actor, review: Review, edition: Edition) -> None:
    """Give a new edition that has its number its review, its code and who publishes it. For actions."""
    edition.review = review
    marks = [edition.audience] if edition.audience != "public" else []
    marks += [edition.language] if edition.language != review.language else []
    edition.code = ".".join([review.code, *marks, f"v{edition.number}"])
    edition.published_by, edition.published_by_person = by.post, by.person


def store_edition(by: Actor, review: Review, edition: Edition, files: Sequence[StoredFile]) -> Edition:
    """Store an edition of a review, the next one if it has no number, and issue what the review recommends.

    For actions; they check and log.
    """
    if edition.number is None:
        number_edition(by, review, edition)
    else:
        name_edition(by, review, edition)
    list_files(edition, files)
    store(edition)
    issue_open(review, edition, edition.published_on)
    return edition


def issue_open(review: Review, edition: Edition | None, on: date) -> None:
    """Issue what a review recommends and nothing issued before; by no edition where that is of another review.

    For actions; they check and log.
    """
    open_ones = review.recommendations.standing().filter(edition__isnull=True, issued_on__isnull=True)
    for recommendation in held_all(open_ones):
        recommendation.edition, recommendation.issued_on = edition, on
        store(recommendation)


def list_files(edition: Edition, files: Sequence[StoredFile]) -> None:
    """Name an edition by its files; its class follows from its audience. For actions."""
    listed = sorted(files, key=lambda file: file.name)
    edition.files = [{"name": file.name, "sha256": file.sha256, "size": file.size} for file in listed]
    edition.hash = files_hash((file.name, file.sha256) for file in listed)
    edition.classification = "public" if edition.audience == "public" else "network"


def edition_of_file(
    by: Actor, review: Review, path: Path, published_on: date, edition: Edition | None = None
) -> Edition:
    """The edition of an imported file: the published text lies elsewhere, its one file is this one. For actions.

    `edition` says for whom it was, in which language and under which number; else it is the next one for the public.
    """
    sha256, size = file_hash(path)
    row = edition or Edition(audience="public", language=review.language)
    row.published_on, row.source = published_on, review.source
    store_edition(by, review, row, [StoredFile(path.name, sha256, size)])
    fresh(review)
    review.state = "published"
    store(review)
    return row


def clearance_record(edition: Edition, candidate: Candidate) -> bytes:
    """Who cleared and published which files, when and from which paper, as JSON: the same bytes for the same facts."""
    former = edition.replaces
    tree = {
        "format": CLEARANCE,
        "edition": edition.code,
        "number": edition.number,
        "replaces": {"edition": former.code, "published_on": str(former.published_on)} if former else None,
        "review": candidate.review.urn,
        "title": candidate.review.title,
        "publishing_body": _name(candidate.review.publishing_body, edition.published_on),
        "audience": edition.audience,
        "language": edition.language,
        "as_of": str(edition.as_of),
        "candidate": {"code": candidate.code, "submitted_on": str(candidate.submitted_on)},
        "hash": candidate.hash,
        "files": candidate.files,
        "clearances": [_clearance(row) for row in _given(candidate)],
        "published": {
            "on": str(edition.published_on),
            **_who(edition.published_by_person, edition.published_by, edition.published_on),
            **_entered(edition),
        },
    }
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _given(candidate: Candidate) -> list[Clearance]:
    rows = candidate.clearances.standing().select_related("person", "post__organisation", "paper")
    return list(rows.order_by("date", "id"))


def _clearance(row: Clearance) -> dict[str, Any]:
    return {"on": str(row.date), **_who(row.person, row.post, row.date), **_entered(row)}


def _who(person: Person | None, post: Post | None, on: date) -> dict[str, Any]:
    if person is None or post is None:
        return {}
    return {
        "person": person.name,
        "post": post.title or {"en": str(post.get_duty_display())},
        "organisation": _name(post.organisation, on),
    }


def _name(organisation: Any, on: date) -> dict[str, str] | None:
    """The name that an organisation has on a day, by language."""
    if organisation is None:
        return None
    named = organisation.names.on(on).first() or organisation.names.first()
    return dict(named.name) if named else {"en": organisation.code}


def _entered(row: FromPaper) -> dict[str, Any]:
    """How it came into the record, when a person did not enter it himself."""
    if not row.entered_for:
        return {"entered": "by the person"}
    paper = row.paper.code if row.paper else row.paper_words
    return {"entered": FROM_PAPER, "paper": paper, "paper_date": str(row.paper_date)}


@act
def withdraw_edition(
    *, by: Actor, edition: Edition, reason: Words, on: date, paper: Paper | None = None
) -> EditionWithdrawal:
    """Withdraw an edition: it is no longer served or listed as current, the reason stands there, its files are kept."""
    check_verb(by, Verb.PUBLISH_REVIEW, edition)
    check_from_paper(by, paper)
    if not reason:
        raise RefusedError("edition.withdrawn_without_reason", edition=edition.code)
    former = EditionWithdrawal.objects.filter(edition=edition).first()
    if former is not None:
        raise RefusedError("edition.withdrawn_already", edition=edition.code, on=former.date)
    if on < edition.published_on:
        raise RefusedError("edition.withdrawn_before", edition=edition.code, on=edition.published_on)
    row = EditionWithdrawal(
        edition=edition,
        code=f"{edition.code}.withdrawal",
        reason=by_language(reason),
        date=on,
        post=by.post,
        person=by.person,
        classification=edition.classification,
        **from_paper(by, edition, paper),
    )
    store(row)
    log(by, "edition.withdrawn", row, edition=edition, on=on)
    return row
