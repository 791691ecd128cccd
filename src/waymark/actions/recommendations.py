"""Recommendations: provisions that a review issues by its edition, or an outside body."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, checked_code, fact, fresh, store, store_all
from waymark.actions.voiding import note_drafter, void_by_row
from waymark.gcm.errors import RefusedError
from waymark.gcm.nouns import Noun
from waymark.records.actors import Actor
from waymark.records.frameworks import Crosswalk, Framework, Provision
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reviews import Finding, Recommendation, Review
from waymark.records.roles import Verb
from waymark.records.visibility import pointing_at


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationFacts(Facts):
    """Who is asked to act (nobody: the whole country), and the finding that it comes from.

    Its words are those of its provision, which is corrected as any provision is.
    """

    addressee: Organisation | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What a recommendation says: code within its framework, words, what it concerns, whom it asks."""

    code: str
    text: Words
    concerns: tuple[Provision, ...] = ()
    label: Words = ""
    paragraph: str = ""
    facts: RecommendationFacts = field(default_factory=RecommendationFacts)

    def records(self) -> tuple[Record, ...]:
        """The records that it names."""
        named = (*self.concerns, self.facts.addressee, self.facts.finding)
        return tuple(one for one in named if one is not None)


def store_recommendation(
    by: Actor,
    framework: Framework,
    advice: Advice,
    *,
    review: Review | None = None,
    issuer: Organisation | None = None,
    place: Place | None = None,
    issued_on: date | None = None,
) -> Recommendation:
    """Store one recommendation as a provision with what it concerns. For actions; they check and log."""
    facts = advice.facts
    known = fact(facts.source, facts.locator, facts.mark, facts.note)
    provision = Provision(
        framework=framework,
        code=checked_code(advice.code, "recommendation"),
        kind="recommendation",
        number=advice.code,
        label=by_language(advice.label),
        text=by_language(advice.text),
        paragraph=advice.paragraph,
        position=framework.provisions.count() + 1,
        classification=facts.classification or framework.classification,
        **known,
    )
    store(provision)
    row = Recommendation(
        code=f"{framework.code}.{advice.code}",
        provision=provision,
        review=review,
        issuer=issuer,
        place=place,
        issued_on=issued_on,
        drafted_by=by.post,
        drafted_by_person=by.person,
        classification=framework.classification,
    )
    store(take(row, facts))
    store_concerned(provision, advice.concerns)
    return row


def store_concerned(provision: Provision, concerned: Sequence[Provision]) -> None:
    """Store what the provision of a recommendation concerns, from the same source as its words. For actions."""
    known = {name: getattr(provision, name) for name in ("source", "locator", "mark", "note", "classification")}
    links = [
        Crosswalk(
            code=f"{provision.urn_code()}.concerns.{other.urn_code()}",
            from_provision=provision,
            to_provision=other,
            relation="concerns",
            **known,
        )
        for other in concerned
    ]
    store_all(Crosswalk, links)


@act
def enter_outside_recommendations(
    *,
    by: Actor,
    framework: Framework,
    issuer: Organisation,
    advice: Sequence[Advice],
    place: Place | None = None,
    issued_on: date | None = None,
) -> list[Recommendation]:
    """Enter recommendations that an outside body issued, as provisions of their framework."""
    fresh(framework)
    check_verb(by, Verb.KEEP_REGISTER, framework)
    for named in (issuer, *(row for one in advice for row in one.records())):
        check_within_reach(by, framework, named)
    rows = [store_recommendation(by, framework, one, issuer=issuer, place=place, issued_on=issued_on) for one in advice]
    log(by, "recommendations.entered", framework, issuer=issuer, count=len(rows))
    return rows


def check_not_issued(row: Recommendation) -> None:
    """Refuse to change or take back what an edition issued: it stands there, and others answer it."""
    if row.edition is not None:
        raise RefusedError("recommendation.issued", recommendation=row.code, edition=row.edition.code)


def check_words_open(row: Provision) -> None:
    """Refuse to change the words of a recommendation that an edition issued, or what it concerns."""
    own = Recommendation.objects.filter(provision=row).select_related("edition").first()
    if own is not None:
        check_not_issued(own)


def _check(row: Recommendation, facts: RecommendationFacts) -> None:
    del facts
    check_not_issued(row)


def _leave(by: Actor, row: Recommendation) -> None:
    """Refuse to withdraw one that was issued, or whose provision something that stands points to."""
    del by
    check_not_issued(row)
    others = sorted({f"{other.noun} {other.code}" for other in pointing_at(row.provision)})
    if others:
        raise RefusedError(
            "amend.in_use", noun=Noun(row.noun), row=row.code, count=len(others), others=tuple(others[:5])
        )


def _follow(by: Actor, row: Recommendation) -> None:
    """Its provision is withdrawn with it."""
    note_drafter(by, row)
    if row.withdrawn:
        provision = fresh(row.provision)
        provision.withdrawn = True
        store(provision)


AMENDS = {
    Recommendation.noun: Amendable(
        RecommendationFacts,
        Verb.KEEP_REGISTER,
        check=_check,
        follow=_follow,
        after=void_by_row,
        leave=_leave,
    )
}
"""How what stands here is corrected."""
