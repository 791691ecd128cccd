"""Write an earlier review from a file into the record, whole or not at all."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from waymark.actions.acts import act
from waymark.actions.documents import file_hash
from waymark.actions.log import log
from waymark.actions.recommendations import Advice, RecommendationFacts, store_concerned, store_recommendation
from waymark.actions.reviews.findings import recommendations_code, recommendations_framework
from waymark.actions.reviews.imported import IMPORTED, Asked, ImportedReview
from waymark.actions.reviews.naming import addressees_named, at, named, provisions_named
from waymark.actions.reviews.opening import ReviewFacts, open_review
from waymark.actions.reviews.publishing import edition_of_file, issue_open
from waymark.actions.reviews.taking_editions import file_on_record, with_its_edition
from waymark.actions.reviews.taking_in import own_head, take_in
from waymark.actions.storing import alone, checked_code, store_all
from waymark.engines.sheets import walled
from waymark.engines.sheets.recorded import OwnReview
from waymark.engines.sheets.reviews import RECOMMENDATION, ReviewFile, ReviewRow
from waymark.gcm.errors import InputError, RefusedError
from waymark.queries.named import last_change
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework, Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.reviews import Finding, Recommendation, Review, ReviewCycle
from waymark.records.roles import Verb


def import_review(*, by: Actor, path: Path, options: dict[str, str] | None = None) -> ImportedReview:
    """Import an earlier review: findings, recommendations, and an edition when `published_on` is given.

    A `review.json` of Waymark brings citations, positions and the editions that it tells of too, and the one that it is
    itself where its record of clearance lies beside it. `options` are fields
    of the review (`code`, `network`, `cycle`, `place`, `title`, `language`, `publishing_body`, `published_on`,
    `source`); they win over those in the file. The same file with the same options a second time changes nothing.
    Raises InputError or NotFoundError, naming file and row; then nothing is written.
    """
    read = walled.review(path)
    if isinstance(read, OwnReview) and not (options or {}).get("published_on"):
        read = with_its_edition(path, read)
    return _import(by, path, read, options or {})


@act
def _import(by: Actor, path: Path, read: ReviewFile | OwnReview, options: dict[str, str]) -> ImportedReview:
    options = {name: value for name, value in options.items() if value}
    head = {**(own_head(read) if isinstance(read, OwnReview) else read.head), **options}
    network = named(Network, head, "network", path)
    check_verb(by, Verb.INSTALL, network)
    published_on, given = _published_on(path, head), _given(path, head, read)
    code = checked_code(head.get("code") or f"{network.code}-{head.get('cycle', '')}", "review")
    alone(f"review {code}")
    former = Review.objects.filter(code=code).first()
    if former is not None:
        return _already(former, given)
    _check_own(path, code, network)
    asked = Asked(by, path, network, code, head, options, published_on, given)
    return take_in(asked, read) if isinstance(read, OwnReview) else _write(asked, read)


def _check_own(path: Path, code: str, network: Network) -> None:
    """Refuse a code whose recommendations would come among those that somebody else keeps."""
    there = Framework.objects.filter(code=recommendations_code(code)).exclude(keeper=network.code).first()
    if there is not None:
        raise InputError(
            str(path),
            f"the review is called {code}, and {there.code} is a text that {there.keeper or 'the installation'} keeps",
            expected="a code that no other text is called by",
            todo="Choose another code. Nothing was written.",
        )


def _write(asked: Asked, read: ReviewFile) -> ImportedReview:
    """Write the rows of a table or of simple JSON."""
    by, path, head = asked.by, asked.path, asked.head
    recommended = {
        f"{recommendations_code(asked.code)}:{row.code}": row for row in read.rows if row.kind == RECOMMENDATION
    }
    provisions = provisions_named(path, read.rows, asked.network, recommended)
    addressees = addressees_named(path, read.rows, asked.network)
    review = _open(by, path, head, asked.network, asked.code)
    own = {code: _recommend(asked, review, row, provisions, addressees).provision for code, row in recommended.items()}
    for code, row in recommended.items():
        store_concerned(own[code], [own[other] for other in _concerned(row) if other in own])
    findings = _findings(by, review, read, provisions | own, head)
    here = file_on_record(asked, review, asked.published_on) if asked.published_on else None
    edition = None
    if here is not None:
        issue_open(review, None, here.published_on)
    elif asked.published_on:
        edition = edition_of_file(by, review, path, asked.published_on)
    log(by, IMPORTED, review, file=path.name, findings=findings, given=asked.given)
    return ImportedReview(review, findings, len(recommended), edition, here=here.code if here else "")


def _given(path: Path, head: Mapping[str, str], read: ReviewFile | OwnReview) -> str:
    """The hash of a file and of what is said of the review."""
    editions = [one.hash for one in read.record.editions] if isinstance(read, OwnReview) else []
    said = json.dumps([file_hash(path)[0], path.name, dict(head), *editions], sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _already(review: Review, given: str) -> ImportedReview:
    """The review as an import of the same made it. Raises RefusedError for a review that is from something else."""
    if last_change(IMPORTED, review.urn, "given") != given:
        raise RefusedError("review.on_record_already", review=review.code)
    edition = review.editions.first()
    return ImportedReview(review, review.findings.count(), review.recommendations.count(), edition, already=True)


def _published_on(path: Path, head: Mapping[str, str]) -> date | None:
    written = head.get("published_on", "")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise InputError(
            str(path),
            f"published_on is {written}",
            expected="a day such as 2022-05-17",
            todo="Correct the day. Nothing was written.",
        ) from error


def _open(by: Actor, path: Path, head: Mapping[str, str], network: Network, code: str) -> Review:
    cycle = named(ReviewCycle, head, "cycle", path)
    place = named(Place, head, "place", path) if head.get("place") else network.place
    body = named(Organisation, head, "publishing_body", path) if head.get("publishing_body") else None
    language = head.get("language", "en")
    return open_review(
        by=by,
        code=code,
        cycle=cycle,
        network=network,
        facts=ReviewFacts(
            place=place,
            publishing_body=body,
            title={language: head.get("title") or code},
            frameworks=list(Framework.objects.filter(code="gcm")),
            language=language,
            source=head.get("source") or path.name,
            mark="secondary",
        ),
    )


def _findings(
    by: Actor, review: Review, read: ReviewFile, provisions: dict[str, Provision], head: Mapping[str, str]
) -> int:
    rows = [
        Finding(
            review=review,
            code=f"{review.code}.f{position}",
            provision=provisions.get(row.provision),
            kind=row.kind,
            position=position,
            text={row.language: row.text},
            drafted_by=by.post,
            drafted_by_person=by.person,
            drafted_by_words=row.drafted_by,
            confirmed_on=row.confirmed_on,
            source=row.source or head.get("source") or review.source,
            locator=row.locator or row.place,
            mark=row.mark or "secondary",
        )
        for position, row in enumerate((row for row in read.rows if row.kind != RECOMMENDATION), start=1)
    ]
    return len(store_all(Finding, rows))


def _concerned(row: ReviewRow) -> list[str]:
    """The codes of what a recommendation concerns, as written, each once."""
    return list(dict.fromkeys(code for code in (row.provision, *row.concerns) if code))


def _recommend(
    asked: Asked,
    review: Review,
    row: ReviewRow,
    provisions: Mapping[str, Provision],
    addressees: Mapping[str, Organisation],
) -> Recommendation:
    """Store a recommendation, without its ties to others of the file."""
    with at(asked.path, row.place):
        advice = Advice(
            code=checked_code(row.code, "recommendation"),
            text={row.language: row.text},
            concerns=tuple(dict.fromkeys(provisions[code] for code in _concerned(row) if code in provisions)),
            facts=RecommendationFacts(
                addressee=addressees.get(row.addressee),
                source=row.source or asked.head.get("source") or review.source,
                locator=row.locator or row.place,
                mark=row.mark or "secondary",
            ),
        )
    framework = recommendations_framework(review)
    return store_recommendation(asked.by, framework, advice, review=review, place=review.place)
