"""What two persons clear: the content of a review, known by its hash."""

import hashlib
import json
from datetime import date
from typing import Any

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import free_code, held, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.permissions import Verb, check_verb
from waymark.records.reviews import (
    Citation,
    Clearance,
    Review,
)
from waymark.records.states import REVIEW, next_state, state_label

PERSONS_TO_CLEAR = 2
"""So many different persons must clear the same content before it is published."""


def content_of(review: Review) -> dict[str, Any]:
    """What is cleared: sources, findings with their citations, and recommendations, as plain data in a fixed order."""
    return {
        "review": review.urn,
        "title": review.title,
        "sources": list(review.sources.order_by("code").values_list("urn", "state", "hash")),
        "findings": [
            [row.urn, row.kind, row.provision.urn if row.provision else "", row.text, str(row.confirmed_on or "")]
            for row in review.findings.select_related("provision__framework").order_by("code")
        ],
        "citations": list(
            Citation.objects.filter(finding__review=review)
            .order_by("code")
            .values_list("urn", "dataset_hash", "series", "place_code", "period", "dimensions", "page", "quotation")
        ),
        "recommendations": list(
            review.recommendations.order_by("code").values_list("urn", "provision__text", "addressee__code")
        ),
    }


def content_hash(review: Review) -> str:
    """The SHA-256 of `content_of`."""
    text = json.dumps(content_of(review), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@act
def send_for_clearance(*, by: Actor, review: Review) -> Review:
    """Send a review for clearance: its content gets a hash, and whoever clears clears exactly that."""
    held(review)
    check_verb(by, Verb.DRAFT_REVIEW, review)
    review.state = next_state(REVIEW, review, "send for clearance")
    review.content_hash = content_hash(review)
    store(review)
    log(by, "review.sent_for_clearance", review, hash=review.content_hash)
    return review


@act
def clear(*, by: Actor, review: Review, on: date) -> Review:
    """Clear a review as the holder of a post; the second different person makes it cleared."""
    held(review)
    check_verb(by, Verb.CLEAR_REVIEW, review)
    if by.person is None or by.post is None:
        raise RefusedError("review.cleared_by_persons", review=review.code, actor=by.label())
    if review.state != "in_clearance":
        raise RefusedError("review.not_up_for_clearance", review=review.code, state=state_label(review.state))
    if review.clearances.filter(void=False, content_hash=review.content_hash, person=by.person).exists():
        raise RefusedError("review.cleared_already", person=by.person.code, review=review.code)
    row = Clearance(
        review=review,
        code=free_code(Clearance, f"{review.code}.{by.person.code}"),
        content_hash=review.content_hash,
        person=by.person,
        post=by.post,
        date=on,
    )
    store(row)
    log(by, "review.clearance.given", review, hash=review.content_hash)
    cleared = review.clearances.filter(void=False, content_hash=review.content_hash)
    if cleared.values("person").distinct().count() >= PERSONS_TO_CLEAR:
        review.state = next_state(REVIEW, review, "clear")
        store(review)
        log(by, "review.cleared", review)
    return review
