"""Who may do what: the checks; the rights themselves stand in `roles.py`.

`check_…` raises RefusedError with words fit to show; `may_verb` answers yes or no from the rule of `check_verb`. When
something may be done is another question: `states.py`.
"""

from collections.abc import Sequence, Set
from datetime import date

from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import OneOf, Phrase, Slot, phrase
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.delegations import Delegation
from waymark.records.organisations import Organisation
from waymark.records.people import Duty, PostHolding
from waymark.records.record import Record
from waymark.records.reports import ProgressReport
from waymark.records.roles import OPERATES, ROLES, VERB_OF_VOICE, Verb
from waymark.records.states import IN_FORCE
from waymark.records.viewers import PUBLIC, Viewer, network_viewer
from waymark.records.visibility import visible_condition


def check_in_office(by: Actor) -> None:
    """Refuse a post holder whose holding does not cover the day of the door's clock, or whose post is closed."""
    if by.holding is None:
        return
    if not in_office(by.holding, by.today):
        post = by.holding.post
        raise RefusedError("permission.not_in_office", person=by.holding.person.urn, post=post.code, on=by.today)
    if by.delegation is not None and not lent_to(by.delegation, by.holding, by.today):
        post = by.delegation.holding.post
        raise RefusedError("permission.not_delegated", person=by.holding.person.urn, post=post.code, on=by.today)


def lent_to(delegation: Delegation, own: PostHolding, today: date | None) -> bool:
    """Whether a delegation gives its rights on a day to the holder of a post.

    It is his, in the same network, and covers the day, and who delegates holds his own post on it.
    """
    lender = delegation.holding
    his = delegation.person_id == own.person_id and own.post.keeper == lender.post.keeper != ""
    return his and today is not None and delegation.lasts(today) and in_office(lender, today)


def lent(delegation: Delegation) -> frozenset[Verb]:
    """The rights that a delegation lends: none that the post of the one who delegates does not have."""
    verbs = ROLES[delegation.holding.post.duty].verbs
    return verbs if not delegation.verbs else verbs & {Verb[name] for name in delegation.verbs}


def in_office(held: PostHolding, today: date | None) -> bool:
    """Whether a holding gives its rights on a day: begun, not ended, confirmed by then where a second person is asked,
    not withdrawn, and the post not closed. No day, no rights.
    """
    if today is None or held.end_unknown or not held.shown or held.state not in IN_FORCE:
        return False
    if held.confirmed_on is not None and today < held.confirmed_on:
        return False
    begun = held.from_date is None or held.from_date <= today
    lasts = held.to_date is None or today <= held.to_date
    return begun and lasts and (held.post.closed_on is None or today < held.post.closed_on)


def verbs_of(by: Actor) -> frozenset[Verb]:
    """The rights that somebody acts with, in the network of the post acted in."""
    if by.delegation is not None:
        return lent(by.delegation)
    return ROLES[by.post.duty].verbs if by.post is not None else frozenset()


def check_verb(by: Actor, verb: Verb, kept: Record | None) -> None:
    """Refuse who may not do `verb` to what a network keeps (the network itself, or any row); None is the installation.

    The network is that of the row's keeper, so that nobody acts in one network on what another one keeps.
    """
    if (by.kind == "operator" and verb in OPERATES) or (by.kind == "system" and verb is Verb.INSTALL):
        return
    if by.kind == "operator":
        raise RefusedError("permission.not_the_operator", verb=verb)
    check_in_office(by)
    post, network = by.post, kept.keeper if kept is not None else ""
    if post is not None and verb in verbs_of(by) and network and post.keeper == network:
        return
    who = _who(by)
    if by.delegation is not None and verb not in verbs_of(by):
        raise RefusedError("permission.not_lent", who=who, verb=verb)
    if not network:
        raise RefusedError("permission.in_installation", who=who, verb=verb)
    duties = sorted((Duty(duty) for duty, role in ROLES.items() if verb in role.verbs), key=lambda duty: duty.label)
    if not duties:
        raise RefusedError("permission.operator_in_network", who=who, verb=verb, network=network)
    raise RefusedError("permission.in_network", who=who, verb=verb, network=network, duties=OneOf(duties))


def may_verb(by: Actor, verb: Verb, kept: Record | None) -> bool:
    """Whether `check_verb` lets someone do it."""
    try:
        check_verb(by, verb, kept)
    except RefusedError:
        return False
    return True


def check_within_reach(by: Actor, kept: Record | None, other: Record | None) -> None:
    """Refuse to let what a network keeps point to what another keeps and the network's members do not read.

    Otherwise the tie would show it to them.
    """
    if by.kind == "operator" or other is None:
        return
    network = kept.keeper if kept is not None else ""
    if network and other.keeper == network:
        return
    reader = network_viewer(network) if network else PUBLIC
    if not type(other)._default_manager.filter(visible_condition(type(other), reader), pk=other.pk).exists():
        raise RefusedError("permission.out_of_reach", noun=Noun(other.noun), row=other.code, network=network)


def _who(by: Actor) -> Phrase:
    if by.post is not None:
        return phrase("actor.post", post=by.post.code)
    if by.kind == "operator":
        return phrase("actor.operator")
    return phrase("actor.system") if by.kind == "system" else phrase("actor.anonymous")


def check_own_organisation(by: Actor, organisation: Organisation, refusal: str, **slots: Slot) -> None:
    """Refuse a post holder who acts for another organisation than the post's, in the words of `refusal`."""
    own = by.organisation is not None and by.organisation.pk == organisation.pk
    if not own:
        raise RefusedError(refusal, organisation=organisation.code, **slots)


def check_speaks(
    by: Actor,
    verb: Verb,
    kept: Record | None,
    organisation: Organisation,
    *,
    paper: bool = False,
    entered: bool = False,
) -> None:
    """Refuse who may not say something for an organisation in the network that keeps a row.

    The holder of a post of the organisation says it himself, from no paper. What it said elsewhere is entered for it by
    who keeps the network's register, or by the operator in an import, only from a `paper`. What was `entered` so is
    corrected by both.
    """
    if paper:
        check_verb(by, Verb.KEEP_REGISTER, kept)
        return
    if speaks_itself(by, verb, kept, organisation):
        return
    if entered:
        check_verb(by, Verb.KEEP_REGISTER, kept)
        return
    if by.kind != "holder":
        raise RefusedError("permission.not_himself", who=_who(by), organisation=organisation.code)
    check_verb(by, verb, kept)
    raise RefusedError("permission.from_paper", post=by.post.code if by.post else "", organisation=organisation.code)


def speaks_itself(by: Actor, verb: Verb, kept: Record | None, organisation: Organisation) -> bool:
    """Whether the holder of a post of an organisation says something for it himself, with the right to."""
    return by.organisation is not None and by.organisation.pk == organisation.pk and may_verb(by, verb, kept)


def check_clear(by: Actor, kept: Record, body: Organisation | None) -> None:
    """Refuse who may not clear a review: a post of its network that clears, or one of the `body` that publishes it.

    A post of that body may lie in another network, where its duty must give the right to clear.
    """
    post = by.post
    if body is None or post is None or post.organisation_id != body.pk or Verb.CLEAR_REVIEW not in verbs_of(by):
        check_verb(by, Verb.CLEAR_REVIEW, kept)
        return
    check_in_office(by)


def check_excuse(by: Actor, period: Record, organisation: Organisation) -> None:
    """Refuse who may not excuse an organisation from reporting: nobody excuses the one he acts for."""
    check_verb(by, Verb.DECIDE, period)
    if by.organisation is not None and by.organisation.pk == organisation.pk:
        raise RefusedError("permission.own_excuse", organisation=organisation.code)


def check_decide(by: Actor, commitment: Commitment, *, paper: bool) -> None:
    """Refuse who may not decide on a commitment; what was decided elsewhere is entered from a `paper`."""
    check_verb(by, Verb.KEEP_REGISTER if paper else Verb.DECIDE, commitment)


def check_implement(by: Actor, commitment: Commitment, *, paper: bool = False) -> None:
    """Refuse who may not carry the commitment's state on: a participant's post, or one who decides in the network.

    What was done elsewhere is entered from a `paper` by who keeps the network's register.
    """
    if paper:
        check_verb(by, Verb.KEEP_REGISTER, commitment)
        return
    if may_verb(by, Verb.DECIDE, commitment):
        return
    check_verb(by, Verb.IMPLEMENT, commitment)
    own = by.organisation
    if own is None or not commitment.participations.open().filter(organisation=own).exists():
        raise RefusedError("permission.participants", commitment=commitment.code)


def check_report(
    by: Actor,
    kept: Record,
    organisation: Organisation,
    voice: str,
    *,
    paper: bool = False,
    entered: bool = False,
) -> None:
    """Refuse who may not report in this voice for this organisation; from a `paper` it is entered for it."""
    if voice not in VERB_OF_VOICE:
        raise InputError.coded("voice.unknown", voice=repr(voice), known=OneOf(tuple(VERB_OF_VOICE)))
    check_speaks(by, VERB_OF_VOICE[voice], kept, organisation, paper=paper, entered=entered)


def check_holder(by: Actor) -> date:
    """The day of the door's clock on which the holder of a post acts; anybody else is refused."""
    if by.kind != "holder" or by.today is None:
        raise RefusedError("permission.holders_only", who=_who(by))
    return by.today


def check_release(by: Actor, report: ProgressReport) -> None:
    """Refuse who may not release a report: not a validator of its organisation, or one of those who wrote it."""
    check_holder(by)
    check_verb(by, Verb.RELEASE_REPORT, report)
    check_own_organisation(by, report.organisation, "permission.own_release")
    _check_not_among(by, report, report.writers)


def check_accept(by: Actor, report: ProgressReport) -> None:
    """Refuse who may not return or accept a report: not an officer of its network, or one of those who wrote it.

    Who released it is one of them. What all officers in office wrote, a co-chair decides on.
    """
    today = check_holder(by)
    chairs = by.post is not None and by.post.duty == Duty.CO_CHAIR and may_verb(by, Verb.DECIDE, report)
    officers = officers_in_office(report.keeper, today) if chairs else set()
    if not officers or officers - report.writers:
        check_verb(by, Verb.ACCEPT_REPORT, report)
    _check_not_among(by, report, report.writers | {report.released_by_person_id})


def _check_not_among(by: Actor, report: ProgressReport, persons: Set[int | None]) -> None:
    if by.person is not None and by.persons & persons:
        raise RefusedError("report.own_report", person=by.person.code, report=report.code)


def officers_in_office(network: str, today: date) -> set[int]:
    """Keys of the persons who may accept reports in a network on a day."""
    duties = [duty for duty, role in ROLES.items() if Verb.ACCEPT_REPORT in role.verbs]
    held = PostHolding.objects.on(today).filter(post__keeper=network, post__duty__in=duties)
    return set(held.exclude(post__closed_on__lte=today).values_list("person_id", flat=True))


OFFICERS = (Duty.SECRETARIAT_OFFICER, Duty.CO_CHAIR)
"""The duties of a network's officers, who read the names of persons whom others know by their posts."""


def viewer_of(holdings: Sequence[PostHolding], today: date, delegations: Sequence[Delegation] = ()) -> Viewer:
    """What the holder of these posts (all of one person) may read on a day; posts not held that day give nothing.

    Who acts for another reads what that post reads, as far as it is lent to him on the day.
    """
    held = [holding for holding in holdings if in_office(holding, today)]
    lending = [one for one in delegations if any(lent_to(one, own, today) for own in held)]
    read = [(one.post, ROLES[one.post.duty].verbs, True) for one in held]
    for one in lending:
        verbs = lent(one) | ({Verb.SEE_NETWORK} & ROLES[one.holding.post.duty].verbs)
        read.append((one.holding.post, verbs, not one.verbs))
    networks, restricted, seats, officer_of = set(), set(), set(), set()
    for post, verbs, whole in read:
        if post.network is None or Verb.SEE_NETWORK not in verbs:
            continue
        networks.add(post.network.code)
        seats.add((post.network.code, post.organisation.code))
        if Verb.SEE_RESTRICTED in verbs:
            restricted.add(post.network.code)
        if whole and post.duty in OFFICERS:
            officer_of.add(post.network.code)
    person = held[0].person.code if held else ""
    return Viewer(
        networks=frozenset(networks),
        restricted=frozenset(restricted),
        seats=frozenset(seats),
        person=person,
        posts=frozenset(holding.post.code for holding in held),
        officer_of=frozenset(officer_of),
    )
