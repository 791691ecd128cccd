"""Reviews, recommendations, consultations and half-written texts of a demonstration."""

import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings

from waymark.actions import claims, consultations, drafts, frameworks, positions, recommendations, reviews
from waymark.actions.claims import ClaimFacts
from waymark.actions.consultations import AnswerFacts, ConsultationFacts, ContributionFacts, Item
from waymark.actions.facts import Paper
from waymark.actions.frameworks import FrameworkFacts
from waymark.actions.positions import PositionFacts
from waymark.actions.recommendations import Advice, RecommendationFacts
from waymark.actions.reviews.findings import CitationFacts, FindingFacts, recommendations_framework
from waymark.actions.reviews.opening import ReviewFacts
from waymark.engines.safekeeping.shelf import Shelf
from waymark.gcm.errors import InputError
from waymark.interfaces.cli.demonstrations.files import Row, day
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.interfaces.cli.demonstrations.posts import holder, officer, speaker
from waymark.interfaces.cli.demonstrations.texts import passage_with
from waymark.interfaces.cli.demonstrations.work import SCALE
from waymark.interfaces.cli.output import write_folder
from waymark.interfaces.cli.papers import paper_files
from waymark.queries.named import cycle_named, report_on, value_named
from waymark.queries.reviews.rendering import rendering_of, scope_of
from waymark.records.actors import ANONYMOUS, OPERATOR_VIEWER, Actor
from waymark.records.consultations import Consultation, Contribution
from waymark.records.editions import Candidate
from waymark.records.frameworks import Framework, Provision
from waymark.records.reviews import Review, ReviewCycle
from waymark.records.roles import Verb

MAKERS = "the makers of this demonstration"
"""Who wrote what no source and no body of the place wrote; reads after "written by"."""

NOTE = "note on this review"
"""Attribute of the claim that says how a review was made."""

NOT_FOUND = "looked for and not found"
"""How the attribute of a claim begins that says what was looked for in vain."""

SEARCH = "Search of public sources for this demonstration"
"""What a claim of absence cites when no single source shows it."""


def load_reviews(loading: Loading, *, published: bool) -> None:
    """Open the reviews that were published, or those that are still open, with findings and recommendations.

    What a published review recommends comes before the commitments that answer it, so reviews load in two steps. An
    officer of the network enters a review, where the demonstration names one.
    """
    for row in loading.rows("reviews"):
        if (row["published"] is not None) is not published:
            continue
        by = _officer(loading, row)
        review = reviews.open_review(
            by=by,
            code=row["code"],
            cycle=_cycle(loading, row["cycle"]),
            network=loading.networks[row["network"]],
            facts=ReviewFacts(
                title=row["title"],
                place=loading.place,
                publishing_body=loading.organisations.get(row["publishing_body"] or ""),
                frameworks=[loading.frameworks[key] for key in row["frameworks"]],
                language=row["language"],
                note=row.get("note", ""),
                **loading.source(row),
            ),
        )
        loading.reviews[row["code"]] = review
        loading.count("reviews")
        for finding in row["findings"]:
            _find(loading, by, review, finding)
        _tell(loading, review, row)
        if published:
            _recommend(loading, by, review)


def _officer(loading: Loading, row: Row) -> Actor:
    """Who enters a review."""
    opened = day(row.get("opened"))
    return holder(loading, row["officer"], opened) if opened is not None else loading.by


def _tell(loading: Loading, review: Review, row: Row) -> None:
    """Record, as claims about the review, how it was made, single facts, and what was looked for and not found."""
    told = [{"attribute": NOTE, "value": row["note"], "cited": f"Note of {MAKERS}"}] if row.get("note") else []
    absences = [
        {**absence, "attribute": f"{NOT_FOUND}: {absence['what']}", "value": absence["text"], "cited": SEARCH}
        for absence in row.get("absences", [])
    ]
    for claim in [*told, *row.get("facts", []), *absences]:
        claims.record_claim(
            by=loading.by,
            subject=review,
            attribute=claim["attribute"],
            network=review.network,
            facts=ClaimFacts(
                value=claim["value"],
                date=day(claim.get("date")),
                note=claim.get("note", ""),
                document=loading.documents.get(claim.get("document", "")),
                **(loading.source(claim) or {"source": claim["cited"]}),
            ),
        )
        loading.count("claims")


def _find(loading: Loading, by: Actor, review: Review, row: Row) -> None:
    finding = reviews.add_finding(
        by=by,
        review=review,
        facts=FindingFacts(
            kind=row["kind"],
            text=row["text"],
            provision=loading.provisions[("gcm", str(row["objective"]))],
            drafted_by_words="the secretariat of the network" if row.get("by") else MAKERS,
            classification="public",
            **loading.source(row),
        ),
    )
    loading.count("findings")
    cited = _cited(loading, row)
    if cited is not None:
        reviews.cite(by=by, finding=finding, facts=cited)
        loading.count("citations")
    if "value" in row:
        reviews.cite(by=by, finding=finding, facts=_value_cited(loading, *row["value"]))
        loading.count("citations")
    if row.get("confirmed"):
        on = date.fromisoformat(str(row["confirmed_on"]))
        reviews.confirm_finding(by=holder(loading, row["confirmed"], on), finding=finding, on=on)


def _cited(loading: Loading, row: Row) -> CitationFacts | None:
    """What a finding rests on, as its row says; None when it says nothing."""
    if "quotation" in row:
        passage = passage_with(loading.documents[row["document"]], row["quotation"])
        return CitationFacts(passage=passage, quotation=row["quotation"])
    if "document" in row:
        return CitationFacts(document=loading.documents[row["document"]], page=str(row.get("page", "")))
    if "claim" in row:
        return CitationFacts(claim=loading.claims[row["claim"]][0])
    if "report" not in row:
        return None
    commitment, period, voice = row["report"]
    report = report_on(loading.commitments[commitment], loading.periods[period], voice, OPERATOR_VIEWER)
    if report is None:
        raise InputError(
            f"demonstration {loading.code}",
            f"a finding cites the report on {commitment} for {period} as {voice}, which is not one report",
            expected="a commitment, period and voice with exactly one report",
            todo="Correct reviews.yaml.",
        )
    return CitationFacts(progress_report=report)


def _value_cited(loading: Loading, indicator: str, period: str) -> CitationFacts:
    """The citation of a national value."""
    value = value_named(indicator, period, OPERATOR_VIEWER)
    if value is None:
        raise InputError(
            f"demonstration {loading.code}",
            f"a finding cites the value of {indicator} for {period}, which is not there",
            expected="an accepted value",
            todo="Correct reviews.yaml.",
        )
    return CitationFacts(national_value=value)


def _cycle(loading: Loading, code: str) -> ReviewCycle:
    cycle = cycle_named(code)
    if cycle is None:
        raise InputError(
            f"demonstration {loading.code}",
            f"there is no review cycle {code}",
            expected="a cycle of the catalogue",
            todo="Correct reviews.yaml.",
        )
    return cycle


def _advice(loading: Loading, row: Row) -> Advice:
    return Advice(
        code=row["code"],
        text=row["text"],
        concerns=tuple(loading.objectives(row)),
        facts=RecommendationFacts(addressee=loading.organisations[row["addressee"]]),
    )


def _recommend(loading: Loading, by: Actor, review: Review) -> None:
    for listed in loading.rows("recommendations"):
        if listed.get("review") != review.code:
            continue
        for row in listed["rows"]:
            reviews.recommend(by=by, review=review, advice=_advice(loading, row))
            loading.count("recommendations")
        _remember(loading, listed["framework"], recommendations_framework(review))


def _remember(loading: Loading, key: str, framework: Framework) -> None:
    loading.frameworks[key] = framework
    for provision in framework.provisions.all():
        loading.provisions[("answers", provision.code)] = provision


def publish_reviews(loading: Loading) -> None:
    """Render, submit, clear and publish the reviews of past cycles, each on its day by the holders of the posts."""
    for row in loading.rows("reviews"):
        if row["published"] is None:
            continue
        on = date.fromisoformat(str(row["published"]))
        review, shelf = loading.reviews[row["code"]], Shelf(settings.DATA_DIR)
        candidate = _submit(holder(loading, row["officer"], on), review, shelf, on)
        for key in row["clearances"]:
            reviews.clear(by=holder(loading, key, on), candidate=candidate, shelf=shelf, on=on)
        reviews.publish(by=holder(loading, row["published_by"], on), candidate=candidate, shelf=shelf, on=on)
        loading.count("editions")


def _submit(by: Actor, review: Review, shelf: Shelf, on: date) -> Candidate:
    rendering = rendering_of(review, scope_of(review, as_of=on), datasets=settings.DATA_DIR / "datasets")
    files = paper_files("review", rendering.scope, settings.DATA_DIR)
    with tempfile.TemporaryDirectory(prefix="waymark-candidate-") as name:
        place = Path(name, "files")
        write_folder(place, files)
        return reviews.submit(by=by, review=review, rendering=rendering, folder=place, shelf=shelf, on=on)


def load_outside_recommendations(loading: Loading) -> None:
    """Enter what an outside body recommends."""
    for listed in loading.rows("recommendations"):
        if "issuer" not in listed:
            continue
        framework = frameworks.enter_framework(
            by=loading.by,
            code=loading.own(listed["framework"]),
            facts=FrameworkFacts(title=listed["title"], date=day(listed["issued"])),
        )
        recommendations.enter_outside_recommendations(
            by=loading.by,
            framework=framework,
            issuer=loading.organisations[listed["issuer"]],
            advice=[_advice(loading, row) for row in listed["rows"]],
            place=loading.place,
            issued_on=day(listed["issued"]),
        )
        loading.count("recommendations", len(listed["rows"]))
        _remember(loading, listed["framework"], framework)


def load_answers(loading: Loading) -> None:
    """Take the positions on recommendations, each by the post that speaks for the body addressed."""
    for listed in loading.rows("recommendations"):
        for row in listed["rows"]:
            if row["stance"] is None:
                continue
            on = date.fromisoformat(str(listed["answered"]))
            actor = holder(loading, row["by"], on)
            positions.take_position(
                by=actor,
                on=_recommendation(loading, row["code"]),
                organisation=actor.organisation,
                facts=PositionFacts(stance=row["stance"], date=on, text=row.get("words", ""), classification="public"),
            )
            loading.count("positions")


def _recommendation(loading: Loading, code: str) -> Provision:
    return loading.provisions[("answers", code)]


def load_consultations(loading: Loading) -> None:
    """Open consultations, enter the contributions with and without name, publish and answer them."""
    for row in loading.rows("consultations"):
        start, end = date.fromisoformat(str(row["start"])), day(row["end"])
        network = loading.networks[row["network"]]
        consultation = consultations.open_consultation(
            by=officer(loading, network.code, start),
            network=network,
            code=loading.own(row["code"]),
            items=[Item(item["text"], next(iter(loading.objectives(item)), None)) for item in row["items"]],
            facts=ConsultationFacts(
                title=row["title"], review=loading.reviews[row["review"]], from_date=start, to_date=end
            ),
        )
        loading.count("consultations")
        for said in row["contributions"]:
            contribution = _contribute(loading, consultation, said, start)
            loading.count("contributions")
            published = contribution.date or end or start
            by = officer(loading, consultation.keeper, published)
            consultations.publish_contribution(by=by, contribution=contribution)
            if "answer" in said:
                _answer(loading, contribution, said["answer"])


def _answer(loading: Loading, contribution: Contribution, row: Row) -> None:
    on = date.fromisoformat(str(row["answered_on"]))
    consultations.answer(
        by=officer(loading, contribution.keeper, on),
        contribution=contribution,
        facts=AnswerFacts(kind=row["kind"], reason=row["reason"], date=on),
    )


def _contribute(loading: Loading, consultation: Consultation, row: Row, start: date) -> Contribution:
    """Enter one contribution: for an organisation by the holder of its post, else from its letter.

    Persons send theirs themselves. An anonymous one keeps no day; the first day of the consultation only lets it in.
    """
    item = consultation.items.get(position=row["item"])
    rating = row.get("rating", "")
    if row["name_kind"] == "anonymous":
        return consultations.contribute_anonymously(
            consultation=consultation,
            on=start,
            facts=ContributionFacts(
                text=row.get("text", ""),
                item=item,
                commitment=loading.commitments.get(row.get("commitment", "")),
                scale=SCALE if rating else "",
                rating=rating,
            ),
        ).contribution
    on = date.fromisoformat(str(row["date"]))
    organisation = loading.organisations.get(row.get("organisation", ""))
    by = speaker(loading, organisation, Verb.TAKE_POSITION, on) if organisation else ANONYMOUS
    return consultations.contribute(
        by=by or loading.by,
        consultation=consultation,
        on=on,
        facts=ContributionFacts(
            text=row["text"],
            name=row.get("name", ""),
            organisation=organisation,
            name_kind=row["name_kind"],
            item=item,
        ),
        paper=None if by else Paper(on, words="Letter to the consultation"),
    )


def load_drafts(loading: Loading) -> None:
    """Save the texts half written, each by its post."""
    for row in loading.rows("drafts"):
        noun, _, key = row["subject"].partition(":")
        subject = loading.commitments[key] if noun == "commitment" else loading.reviews[key]
        saved = date.fromisoformat(str(row["saved"]))
        drafts.save_draft(
            by=holder(loading, row["post"], saved),
            post=loading.posts[row["post"]],
            title=row["title"],
            body={"en": row["text"]},
            subject=subject.urn,
            on=saved,
        )
        loading.count("drafts")
