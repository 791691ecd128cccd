"""A review as another installation takes it in, made from what was read for its pages: `record` of `review.json`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from waymark.gcm.recorded import (
    RecordedCitation,
    RecordedEdition,
    RecordedFile,
    RecordedFinding,
    RecordedPosition,
    RecordedRecommendation,
    RecordedReview,
    Words,
)
from waymark.queries.reviews.editions import Issued, published, taken_back
from waymark.queries.reviews.positions import Positions
from waymark.queries.reviews.record import Cited, Concerned, citations_of, drafted_by
from waymark.queries.reviews.rows import Rows
from waymark.queries.wording import in_language, iso
from waymark.records.documents import Document
from waymark.records.frameworks import Framework, Position
from waymark.records.reviews import Finding, Review
from waymark.records.viewers import Viewer
from waymark.records.visibility import strictest

Codes = Mapping[int, str]
"""The codes of the organisations that the reader may see, by key."""

LONGEST_PAPER, LONGEST_NAME = 500, 300
"""Letters in the name of a paper, and of who drafted something: a record keeps so many."""


def recorded(
    record: Rows, cycle: str, advice: Sequence[Concerned], positions: Positions, *, day: date, candidate: bool = False
) -> RecordedReview | None:
    """The review of a cycle as the record has it, with the positions up to a day; None when there is no review.

    `advice` are the recommendations of the cycle, `positions` those on frameworks and on recommendations. The files of
    a `candidate` must not change with its own clearance.
    """
    review = record.reviews.get(cycle)
    if review is None:
        return None
    codes = {body.id: body.code for body in record.bodies}
    rows = sorted(record.findings.get(review.pk, ()), key=lambda row: (row.position, row.pk))
    cited = citations_of(rows, record.viewer)
    issued = _issued(review, record.viewer)
    own = [one for one in advice if one.row.review_id == review.pk]
    left_out = Counter(noun for some in cited for one in some if (noun := _own_noun(one)))
    told = [_position(row, positions.papers, codes, review, day) for row in positions.up_to(day)]
    left_out["position"] = told.count(None)
    left_out["addressee"] = sum(1 for one in own if one.row.addressee_id and one.row.addressee_id not in codes)
    left_out["publishing_body"] = int(review.publishing_body_id is not None and review.publishing_body_id not in codes)
    return RecordedReview(
        code=review.code,
        network=review.network.code,
        title=_words(review.title),
        language=review.language or "en",
        publishing_body=codes.get(review.publishing_body_id or 0, ""),
        frameworks=_frameworks(review, record.viewer),
        published=review.state == "published" and not candidate,
        classification=review.classification,
        findings=tuple(_finding(row, some, review.language) for row, some in zip(rows, cited, strict=True)),
        recommendations=tuple(_recommendation(one, codes, [row.pk for row in rows], issued) for one in own),
        positions=tuple(one for one in told if one is not None),
        editions=_editions(review, issued, record.viewer),
        left_out={noun: number for noun, number in sorted(left_out.items()) if number},
    )


def _words(said_in: Mapping[str, str]) -> Words:
    """Words by language, without languages in which nothing is said."""
    return {language: words for language, words in said_in.items() if words}


def _frameworks(review: Review, viewer: Viewer) -> tuple[str, ...]:
    rows = Framework.objects.visible_to(viewer).filter(reviews=review).order_by("code")
    return tuple(rows.values_list("code", flat=True))


def _finding(row: Finding, cited: Sequence[Cited], language: str) -> RecordedFinding:
    return RecordedFinding(
        position=row.position,
        kind=row.kind,
        provision=row.provision.urn_code() if row.provision else "",
        text=_words(row.text),
        drafted_by=drafted_by(row, language)[:LONGEST_NAME],
        confirmed_on=iso(row.confirmed_on),
        source=row.source,
        locator=row.locator,
        mark=row.mark,
        classification=row.classification,
        citations=tuple(_citation(one) for one in cited if not _own_noun(one)),
    )


def _own_noun(cited: Cited) -> str:
    """The noun of what a citation names, when only its own installation can look it up; else ""."""
    if cited.value:
        return "national_value"
    if cited.document is not None:
        return "" if cited.sha256 or cited.address else "document"
    names = ("progress_report", "commitment", "statement", "contribution", "claim")
    return next((name for name in names if getattr(cited, name) is not None), "")


def _citation(cited: Cited) -> RecordedCitation:
    return RecordedCitation(
        dataset=cited.dataset_hash,
        series=cited.series,
        place=cited.place_code,
        period=cited.period,
        dimensions=cited.dimensions,
        document=cited.sha256 or "",
        address="" if cited.sha256 else cited.address or "",
        page=cited.page,
        quotation=cited.quotation,
        classification=cited.classification,
    )


def _recommendation(
    one: Concerned, codes: Codes, findings: Sequence[int], issued: Sequence[Issued]
) -> RecordedRecommendation:
    row, provision = one.row, one.row.provision
    return RecordedRecommendation(
        code=provision.code,
        text=_words(provision.text) or _words(provision.title),
        label=_words(provision.label),
        paragraph=provision.paragraph,
        concerns=tuple(sorted(one.concerns)),
        addressee=codes.get(row.addressee_id or 0, ""),
        finding=_place_of(row.finding_id, findings),
        edition=_place_of(row.edition_id, [edition.id for edition in issued]),
        issued_on=iso(row.issued_on),
        source=row.source,
        locator=row.locator,
        mark=row.mark,
        classification=strictest(row.classification, provision.classification),
    )


def _place_of(key: int | None, keys: Sequence[int]) -> int:
    """The place of a row in a list, from 1; 0 when it is not there."""
    return keys.index(key) + 1 if key in keys else 0


def _issued(review: Review, viewer: Viewer) -> list[Issued]:
    """The editions of a review that `reviews_of` read, by audience, language and number."""
    rows = [Issued(*one) for one in published(viewer).read(review.published)]  # type: ignore[attr-defined]  # by `reviews_of`
    return sorted(rows, key=lambda row: (row.audience, row.language, row.number))


def _editions(review: Review, issued: Sequence[Issued], viewer: Viewer) -> tuple[RecordedEdition, ...]:
    why: dict[int, Words] = dict(taken_back(viewer).read(review.taken_back))  # type: ignore[attr-defined]  # by `reviews_of`
    numbers = {row.id: row.number for row in issued}
    return tuple(
        RecordedEdition(
            number=row.number,
            audience=row.audience,
            language=row.language,
            as_of=iso(row.as_of),
            published_on=iso(row.published_on),
            hash=row.hash,
            files=tuple(RecordedFile(**one) for one in row.files),
            replaces=numbers.get(row.replaces or 0, 0),
            withdrawn_on=iso(row.withdrawn_on),
            withdrawn_for=_words(why.get(row.id, {})),
        )
        for row in issued
    )


def _position(
    row: Position, papers: Mapping[int, Document], codes: Codes, review: Review, day: date
) -> RecordedPosition | None:
    """A position for another record; None of a body that is not named here."""
    holder = codes.get(row.organisation_id, "") if row.organisation_id else ""
    if row.organisation_id and not holder:
        return None
    on = row.framework or (row.provision.framework if row.provision else None)
    return RecordedPosition(
        place=row.place.code if row.place else "",
        organisation=holder,
        framework=on.code if on else "",
        provision=row.provision.code if row.provision else "",
        stance=row.stance,
        date=iso(row.date),
        text=_words(row.text),
        source=row.source,
        locator=row.locator,
        mark=row.mark,
        note=row.note,
        paper=_paper(row, papers, review.language)[:LONGEST_PAPER],
        paper_date=iso(row.paper_date or row.date or day),
        classification=row.classification,
    )


def _paper(row: Position, papers: Mapping[int, Document], language: str) -> str:
    """What names the paper of a position: its words or title, or the place in the record where its body took it."""
    if not row.entered_for:
        return f"Position {row.code} in the record of {row.keeper or 'the installation'}"
    if row.paper_id is None:
        return row.paper_words
    paper = papers.get(row.paper_id)
    return in_language(paper.title, language) or paper.code if paper else "a paper that is not shown here"
