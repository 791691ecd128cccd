"""What the files of a candidate are made for and from, taken before they are made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from waymark.engines.indicators.store import Store
from waymark.gcm.errors import RefusedError
from waymark.queries.reviews.content import content_hash
from waymark.queries.reviews.data import Audience, Scope, review_scope
from waymark.queries.reviews.editions import next_number
from waymark.queries.reviews.views import EditionNumber
from waymark.queries.wording import iso
from waymark.records.editions import Edition
from waymark.records.events import LogHead
from waymark.records.networks import Network
from waymark.records.reviews import Review


@dataclass(frozen=True, slots=True)
class Rendering:
    """For what the files of a candidate are made, and from what.

    `scope` is what is asked of the paper; its edition has the number. `content_hash` is that of the review's own
    content, `log_at` how far each log went that the review reads, `datasets` the statistics held, by hash.
    """

    scope: Scope
    replaces: Edition | None
    content_hash: str
    log_at: Mapping[str, int]
    datasets: Mapping[str, str]

    @property
    def number(self) -> int:
        """The number of the edition that the files are to become."""
        return self.scope.edition.number if self.scope.edition else 0


def scope_of(
    review: Review, *, as_of: date | None = None, audience: Audience = "public", language: str | None = None
) -> Scope:
    """What is asked of the paper of a review. Raises RefusedError for a review of no place: no paper is made of it."""
    if review.place is None:
        raise RefusedError("review.of_no_place", review=review.code)
    scope = review_scope(
        review.place.code, review.cycle.code, as_of=as_of, audience=audience, language=language or review.language
    )
    return replace(scope, review=review.code)


def rendering_of(review: Review, scope: Scope, *, datasets: Path) -> Rendering:
    """What the files of a candidate are made for and from, as things stand now. `datasets` is their folder."""
    number, former = next_number(review, scope.audience, scope.language)
    return Rendering(
        scope=replace(scope, edition=_edition(number, former)),
        replaces=former,
        content_hash=content_hash(review),
        log_at=log_at(review),
        datasets=datasets_held(datasets),
    )


def _edition(number: int, former: Edition | None) -> EditionNumber:
    """What the cover says of the edition."""
    if former is None:
        return EditionNumber(number)
    withdrawn = getattr(former, "withdrawal", None)
    return EditionNumber(number, former.number, iso(former.published_on), iso(withdrawn.date) if withdrawn else "")


def log_at(review: Review) -> dict[str, int]:
    """How far each log goes that a review reads."""
    heads = LogHead.objects.filter(network__in=logs_read(review)).order_by("network")
    return dict(heads.values_list("network", "last"))


def logs_read(review: Review) -> tuple[str, ...]:
    """The logs that tell what a review reads: that of its network, of those of its place, of the installation."""
    networks = {"", review.keeper}
    if review.place_id is not None:
        networks |= set(Network.objects.filter(place=review.place_id).values_list("code", flat=True))
    return tuple(sorted(networks))


def datasets_held(folder: Path) -> dict[str, str]:
    """The datasets of a folder by the hash of the file that each is from."""
    return {manifest.id: manifest.sha256 for manifest in Store(folder).datasets()}
