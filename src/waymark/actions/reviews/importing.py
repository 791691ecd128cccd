"""Write an earlier review from a file into the record, whole or not at all."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from waymark.actions.acts import act
from waymark.actions.documents import file_hash
from waymark.actions.log import log
from waymark.actions.recommendations import Advice, RecommendationFacts, store_recommendation
from waymark.actions.reviews.findings import recommendations_framework
from waymark.actions.reviews.opening import ReviewFacts, open_review
from waymark.actions.reviews.publishing import store_edition
from waymark.actions.storing import alone, checked_code, fresh, store, store_all
from waymark.engines.safekeeping.shelf import StoredFile
from waymark.engines.sheets import walled
from waymark.engines.sheets.reviews import RECOMMENDATION, ReviewFile, ReviewRow, first_of
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import Slot, phrase
from waymark.queries.named import last_change
from waymark.records.actors import Actor
from waymark.records.editions import Edition
from waymark.records.frameworks import Framework, Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.record import FactRecord
from waymark.records.reviews import Finding, Review, ReviewCycle
from waymark.records.roles import Verb

F = TypeVar("F", bound=FactRecord)


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """What an import made: the review, its counts, and the edition when the day of publication is known."""

    review: Review
    findings: int
    recommendations: int
    edition: Edition | None
    already: bool = False
    """Whether the same file was imported before with the same words, and nothing was changed."""


IMPORTED = "review.imported"


def import_review(*, by: Actor, path: Path, options: dict[str, str] | None = None) -> ImportedReview:
    """Import an earlier review: findings, recommendations, and an edition when `published_on` is given.

    `options` are fields of the review (`code`, `network`, `cycle`, `place`, `title`, `language`, `publishing_body`,
    `published_on`, `source`); they win over those in the file. The same file with the same options a second time
    changes nothing. Raises InputError or NotFoundError, naming file and row; then nothing is written.
    """
    return _import(by, path, walled.review(path), options or {})


@act
def _import(by: Actor, path: Path, read: ReviewFile, options: dict[str, str]) -> ImportedReview:
    head = {**read.head, **{name: value for name, value in options.items() if value}}
    network = _named(Network, head, "network", path)
    check_verb(by, Verb.INSTALL, network)
    published_on = _published_on(path, head)
    given = _given(path, head)
    code = checked_code(head.get("code") or f"{network.code}-{head.get('cycle', '')}", "review")
    alone(f"review {code}")
    former = Review.objects.filter(code=code).first()
    if former is not None:
        return _already(former, given)
    provisions = _provisions(path, read)
    addressees = _addressees(path, read)
    review = _open(by, path, head, network, code)
    findings = _findings(by, review, read, provisions, head)
    framework = recommendations_framework(review) if any(row.kind == RECOMMENDATION for row in read.rows) else None
    for row in read.rows:
        if row.kind == RECOMMENDATION and framework is not None:
            _recommend(by, path, review, framework, row, provisions, addressees, head)
    edition = _edition(by, review, path, published_on) if published_on else None
    log(by, IMPORTED, review, file=path.name, findings=findings, given=given)
    return ImportedReview(review, findings, len(read.rows) - findings, edition)


def _given(path: Path, head: dict[str, str]) -> str:
    """The hash of a file and of what is said of the review."""
    said = json.dumps([file_hash(path)[0], path.name, head], sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _already(review: Review, given: str) -> ImportedReview:
    """The review as an import of the same made it. Raises RefusedError for a review that is from something else."""
    if last_change(IMPORTED, review.urn, "given") != given:
        raise RefusedError("review.on_record_already", review=review.code)
    edition = review.editions.first()
    return ImportedReview(review, review.findings.count(), review.recommendations.count(), edition, already=True)


def _named(model: type[F], head: dict[str, str], field: str, path: Path) -> F:
    code = head.get(field, "")
    found = model._default_manager.filter(code=code).first()
    if found is None:
        codes = tuple(model._default_manager.order_by("code").values_list("code", flat=True)[:12])
        slots: dict[str, Slot] = {"file": str(path), "field": field.replace("_", " "), "noun": Noun(model.noun)}
        known = codes or phrase("list.nothing_yet")
        if not code:
            raise NotFoundError.coded("review_file.not_named", **slots, known=known)
        raise NotFoundError.coded("review_file.named_unknown", **slots, code=code, known=known)
    return found


def _published_on(path: Path, head: dict[str, str]) -> date | None:
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


def _split(code: str) -> tuple[str, str]:
    """Framework and provision of "gcm:7"; a code without framework is one of the Global Compact."""
    framework, colon, provision = code.partition(":")
    return (framework, provision) if colon else ("gcm", framework)


def _provisions(path: Path, read: ReviewFile) -> dict[str, Provision]:
    """Every provision the file names, by the code as written."""
    written = {code: row for row in reversed(read.rows) for code in (row.provision, *row.concerns) if code}
    found: dict[str, Provision] = {}
    frameworks = {_split(code)[0] for code in written}
    on_record = {
        (row.framework.code, row.code): row
        for row in Provision.objects.filter(framework__code__in=frameworks).select_related("framework")
    }
    bad = []
    for code, row in written.items():
        if _split(code) in on_record:
            found[code] = on_record[_split(code)]
        else:
            bad.append((row, code))
    if bad:
        order = [row.place for row in read.rows]
        bad.sort(key=lambda pair: order.index(pair[0].place))
        raise first_of(
            path,
            [
                NotFoundError(
                    str(path),
                    f"no provision is called {code}",
                    expected="a code such as 7, 7.a or sdg:10.7",
                    todo="Correct the code.",
                    place=row.place,
                )
                for row, code in bad
            ],
        )
    return found


def _addressees(path: Path, read: ReviewFile) -> dict[str, Organisation]:
    wanted = {row.addressee: row for row in reversed(read.rows) if row.addressee}
    found = {row.code: row for row in Organisation.objects.filter(code__in=wanted)}
    bad = [row for code, row in wanted.items() if code not in found]
    if bad:
        bad.sort(key=lambda row: read.rows.index(row))
        raise first_of(
            path,
            [
                NotFoundError(
                    str(path),
                    f"no organisation has the code {row.addressee}",
                    expected="the code of an organisation on record, or nothing",
                    todo="Correct the code, or register the organisation.",
                    place=row.place,
                )
                for row in bad
            ],
        )
    return found


def _open(by: Actor, path: Path, head: dict[str, str], network: Network, code: str) -> Review:
    cycle = _named(ReviewCycle, head, "cycle", path)
    place = _named(Place, head, "place", path) if head.get("place") else network.place
    body = _named(Organisation, head, "publishing_body", path) if head.get("publishing_body") else None
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
    by: Actor, review: Review, read: ReviewFile, provisions: dict[str, Provision], head: dict[str, str]
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


def _recommend(
    by: Actor,
    path: Path,
    review: Review,
    framework: Framework,
    row: ReviewRow,
    provisions: dict[str, Provision],
    addressees: dict[str, Organisation],
    head: dict[str, str],
) -> None:
    concerned = dict.fromkeys(code for code in (row.provision, *row.concerns) if code)
    try:
        advice = Advice(
            code=checked_code(row.code, "recommendation"),
            text={row.language: row.text},
            concerns=tuple(dict.fromkeys(provisions[code] for code in concerned)),
            facts=RecommendationFacts(
                addressee=addressees.get(row.addressee),
                source=row.source or head.get("source") or review.source,
                locator=row.locator or row.place,
                mark=row.mark or "secondary",
            ),
        )
    except InputError as error:
        raise InputError(
            str(path),
            error.problem,
            expected=error.expected,
            todo=f"{error.todo} Nothing was written.",
            place=row.place,
        ) from None
    store_recommendation(by, framework, advice, review=review, place=review.place)


def _edition(by: Actor, review: Review, path: Path, published_on: date) -> Edition:
    """The published text lies elsewhere: the edition's one file is the imported one, which its hash names."""
    sha256, size = file_hash(path)
    files = [StoredFile(path.name, sha256, size)]
    edition = Edition(audience="public", language=review.language, published_on=published_on, source=review.source)
    store_edition(by, review, edition, files)
    fresh(review)
    review.state = "published"
    store(review)
    return edition
