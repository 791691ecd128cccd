"""Write a review that another installation of Waymark told in its `review.json` into the record.

What any installation can look up is taken as it stands. What only the other one can is left out and named: nothing is
guessed. A position that a body took itself there is entered for it here, from the place in the other record.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from django.db.models import Q

from waymark.actions.log import log
from waymark.actions.recommendations import Advice, RecommendationFacts, store_concerned, store_recommendation
from waymark.actions.reviews.findings import recommendations_code, recommendations_framework
from waymark.actions.reviews.imported import IMPORTED, Asked, ImportedReview, LeftOut, Taken, check_past, day
from waymark.actions.reviews.naming import Naming, addressees_named, at, named, provisions_named, within_reach
from waymark.actions.reviews.opening import ReviewFacts, open_review
from waymark.actions.reviews.taking_editions import issue, publish_taken, take_editions
from waymark.actions.reviews.taking_positions import take_positions
from waymark.actions.storing import checked_code, store_all
from waymark.engines.documents.quoting import LIMIT, count_words
from waymark.engines.sheets.recorded import OwnReview
from waymark.gcm.errors import InputError
from waymark.gcm.recorded import RecordedCitation, RecordedRecommendation
from waymark.queries.sources.reading import last_versions
from waymark.records.documents import Document
from waymark.records.frameworks import Framework, Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.places import Place
from waymark.records.reviews import Citation, Finding, Recommendation, Review, ReviewCycle
from waymark.records.viewers import network_viewer


def own_head(read: OwnReview) -> dict[str, str]:
    """The fields of a review that a file of ours says of it, as options of the command say them."""
    record = read.record
    said = {"code": record.code, "network": record.network, "cycle": read.cycle, "place": read.place}
    return {**said, "language": record.language, "publishing_body": record.publishing_body}


def take_in(asked: Asked, read: OwnReview) -> ImportedReview:
    """Write the review and all that comes with it, and tell what was left out. For the act of an import; it checks."""
    record = read.record
    rows = _naming(read)
    own = [f"{recommendations_code(record.code)}:{row.code}" for row in record.recommendations]
    provisions = provisions_named(asked.path, rows, asked.network, own)
    addressees = addressees_named(asked.path, rows, asked.network)
    left = [LeftOut(noun, "of_its_record", number=number) for noun, number in record.left_out.items()]
    review = _open(asked, read, left)
    advice = [
        _recommend(asked, review, row, named_row.place, addressees, provisions)
        for row, named_row in zip(record.recommendations, rows[len(record.findings) :], strict=True)
    ]
    provisions |= {code: one.provision for code, one in zip(own, advice, strict=True)}
    findings = _findings(asked, review, read, provisions)
    citations = _cite(asked, read, findings, left)
    editions = take_editions(asked, review, read, left)
    for row, one in zip(record.recommendations, advice, strict=True):
        store_concerned(one.provision, [provisions[code] for code in row.concerns if code in own])
        one.finding = findings[row.finding - 1] if row.finding else None
        issue(one, row, editions)
    stand = publish_taken(asked, review, read, editions, left)
    log(asked.by, IMPORTED, review, file=asked.path.name, findings=len(findings), given=asked.given)
    positions = take_positions(asked, review, read, left)
    itself = [
        one
        for one in record.editions
        if (one.number, one.audience, one.language) == (read.number, read.audience, read.language)
    ]
    undated = 0 if asked.published_on or itself else read.number
    cleared = next((one.code for one, row in zip(editions, record.editions, strict=True) if one and row in itself), "")
    others = Review.objects.filter(place=review.place, cycle=review.cycle).exclude(pk=review.pk).order_by("code")
    beside = tuple(others.values_list("code", flat=True))
    taken = Taken(citations, positions, stand, tuple(left), undated, read.marking, cleared, beside)
    edition = stand[-1] if stand else None
    return ImportedReview(review, len(findings), len(record.recommendations), edition, taken=taken)


def _naming(read: OwnReview) -> list[Naming]:
    """The codes that findings, then recommendations, name."""
    findings = [
        Naming(f"record.findings number {number}", row.provision)
        for number, row in enumerate(read.record.findings, start=1)
    ]
    recommendations = [
        Naming(f"record.recommendations number {number}", "", row.concerns, row.addressee)
        for number, row in enumerate(read.record.recommendations, start=1)
    ]
    return findings + recommendations


def _open(asked: Asked, read: OwnReview, left: list[LeftOut]) -> Review:
    record, head = read.record, asked.head
    cycle = named(ReviewCycle, head, "cycle", asked.path)
    place = named(Place, head, "place", asked.path)
    _check_place(asked, place)
    body = _publishing_body(asked, left)
    known = within_reach(Framework, asked.network).filter(code__in=record.frameworks)
    frameworks = {row.code: row for row in known}
    left += [LeftOut("framework", "no_framework", code) for code in record.frameworks if code not in frameworks]
    title = {head["language"]: asked.options["title"]} if asked.options.get("title") else record.title
    return open_review(
        by=asked.by,
        code=asked.code,
        cycle=cycle,
        network=asked.network,
        facts=ReviewFacts(
            place=place,
            publishing_body=body,
            title=title,
            frameworks=list(frameworks.values()),
            language=head["language"],
            classification=record.classification,
            source=head.get("source") or asked.path.name,
            mark="secondary",
            note=read.marking,
        ),
    )


def _publishing_body(asked: Asked, left: list[LeftOut]) -> Organisation | None:
    """The body of the file, where the network reads of it here. Raises NotFoundError when it was asked for."""
    code = asked.head["publishing_body"]
    if asked.options.get("publishing_body"):
        return named(Organisation, asked.head, "publishing_body", asked.path)
    body = within_reach(Organisation, asked.network).filter(code=code).first() if code else None
    if body is None and code:
        left.append(LeftOut("publishing_body", "no_body", code))
    return body


def _check_place(asked: Asked, place: Place) -> None:
    """Refuse a review of another place than that of the network, unless the place was asked for."""
    own = asked.network.place
    if own is not None and own != place and not asked.options.get("place"):
        raise InputError.coded(
            "review_file.of_other_place",
            file=str(asked.path),
            place=place.code,
            network=asked.network.code,
            own=own.code,
        )


def _findings(asked: Asked, review: Review, read: OwnReview, provisions: Mapping[str, Provision]) -> list[Finding]:
    for number, row in enumerate(read.record.findings, start=1):
        check_past(asked, f"record.findings number {number}", "the finding was confirmed", row.confirmed_on)
    rows = [
        Finding(
            review=review,
            code=f"{review.code}.f{number}",
            provision=provisions.get(row.provision),
            kind=row.kind,
            position=row.position,
            text=row.text,
            drafted_by=asked.by.post,
            drafted_by_person=asked.by.person,
            drafted_by_words=row.drafted_by,
            confirmed_on=day(row.confirmed_on),
            source=row.source,
            locator=row.locator,
            mark=row.mark,
            classification=row.classification,
        )
        for number, row in enumerate(read.record.findings, start=1)
    ]
    return store_all(Finding, rows)


def _cite(asked: Asked, read: OwnReview, findings: Sequence[Finding], left: list[LeftOut]) -> int:
    """What the findings rest on: observations, and documents that the network reads here."""
    cited = [(finding, row.citations) for finding, row in zip(findings, read.record.findings, strict=True)]
    wanted = Counter(name for _, some in cited for one in some if (name := one.document or one.address))
    papers = _documents(asked.network, wanted.keys())
    rows = [
        _citation(asked, finding, f"{finding.code}.{number}", one, paper)
        for finding, some in cited
        for number, (one, paper) in enumerate(_found(some, papers), start=1)
    ]
    lacking = sorted((name, number) for name, number in wanted.items() if name not in papers)
    left += [LeftOut("citation", "no_document", name, number) for name, number in lacking]
    return len(store_all(Citation, rows))


def _found(
    cited: Sequence[RecordedCitation], papers: Mapping[str, Document]
) -> Iterator[tuple[RecordedCitation, Document | None]]:
    """The citations that can be looked up here, each with its document; None for an observation."""
    for one in cited:
        name = one.document or one.address
        if not name or name in papers:
            yield one, papers.get(name)


def _citation(asked: Asked, finding: Finding, code: str, one: RecordedCitation, paper: Document | None) -> Citation:
    _check_quotation(asked.path, finding, one.quotation)
    return Citation(
        finding=finding,
        code=code,
        dataset_hash=one.dataset,
        series=one.series,
        place_code=one.place,
        period=one.period,
        dimensions=one.dimensions,
        document=paper,
        page=one.page,
        quotation=one.quotation,
        drafted_by=asked.by.post,
        drafted_by_person=asked.by.person,
        classification=one.classification,
    )


def _check_quotation(path: Path, finding: Finding, words: str) -> None:
    if count_words(words) > LIMIT:
        raise InputError(
            str(path),
            f"a quotation of {finding.code} has {count_words(words):.0f} words",
            expected=f"at most {LIMIT}",
            todo="Shorten it. Nothing was written.",
        )


def _documents(network: Network, names: Collection[str]) -> dict[str, Document]:
    """Documents that the members of a network read, by the hash of their file or by their address.

    Of several the network's own goes first, then, of one address, the last version.
    """
    visible = Document.objects.visible_to(network_viewer(network.code)).order_by("id")
    rows = sorted(visible.filter(Q(sha256__in=names) | Q(url__in=names)), key=lambda row: row.keeper == network.code)
    at_address = [row for row in rows if row.url in names]
    own = [row for row in at_address if row.keeper == network.code]
    return last_versions(at_address) | last_versions(own) | {row.sha256: row for row in rows if row.sha256 in names}


def _recommend(
    asked: Asked,
    review: Review,
    row: RecordedRecommendation,
    place: str,
    addressees: Mapping[str, Organisation],
    provisions: Mapping[str, Provision],
) -> Recommendation:
    """Store a recommendation without what it has from the same file: its finding, its edition and other advice.

    Findings may be about recommendations, and recommendations come from findings: these come first, ties last.
    """
    check_past(asked, place, "the recommendation was issued", row.issued_on)
    with at(asked.path, place):
        code = checked_code(row.code, "recommendation")
    advice = Advice(
        code=code,
        text=row.text,
        label=row.label,
        paragraph=row.paragraph,
        concerns=tuple(provisions[one] for one in row.concerns if one in provisions),
        facts=RecommendationFacts(
            addressee=addressees.get(row.addressee),
            source=row.source,
            locator=row.locator,
            mark=row.mark,
            classification=row.classification,
        ),
    )
    framework = recommendations_framework(review)
    return store_recommendation(asked.by, framework, advice, review=review, place=review.place)
