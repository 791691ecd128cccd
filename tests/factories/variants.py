"""Rows on whose keeper or origin it depends who corrects them: beside `world`, which has one row of every noun."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.frameworks import provision
from tests.factories.indicators import indicator, office
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import OPERATOR, alice, appointed, bob, fatima, holder, person
from tests.factories.places import orvenia
from tests.factories.reports import LETTER, imported, report
from tests.factories.workplans import period
from waymark.actions.claims import ChoiceFacts, ClaimFacts, choose, record_claim
from waymark.actions.consultations import ContributionFacts, contribute
from waymark.actions.contacts import ContactFacts, enter_contact
from waymark.actions.crosswalks import LinkFacts, link
from waymark.actions.frameworks import FrameworkFacts, ProvisionFacts, enter_framework, enter_provision
from waymark.actions.indicators import ValueFacts, enter_value
from waymark.actions.organisations import OrganisationFacts, register
from waymark.actions.people import PersonFacts, PostFacts, create_post, enter_person
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.reports import hand_in
from waymark.actions.successions import SuccessionFacts, merge
from waymark.records.actors import ANONYMOUS, Actor
from waymark.records.claims import Claim
from waymark.records.consultations import Contribution
from waymark.records.frameworks import Framework, Position, Provision
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.record import Record
from waymark.records.reports import ProgressReport

DAY = date(2025, 2, 3)
NOTED = PositionFacts(stance="noted", date=DAY)
SAYS = {"implementer": alice, "secretariat": bob, "civil_society": fatima}
"""Voice → who hands reports in for his own body."""


def own_claim() -> Claim:
    return record_claim(
        by=bob(),
        subject=network(),
        attribute="start",
        facts=ClaimFacts(value="2024", source="Gazette"),
        network=network(),
    )


def own_choice() -> Record:
    return choose(by=bob(), claim=own_claim(), facts=ChoiceFacts(rule="judgement", reason="The only one"))


def own_framework() -> Framework:
    return enter_framework(by=bob(), code="strategy", facts=FrameworkFacts(title="Strategy"), keeper=network())


def own_provision() -> Provision:
    facts = ProvisionFacts(kind="goal", label="Goal")
    return enter_provision(by=bob(), framework=own_framework(), code="g1", facts=facts)


def own_link() -> Record:
    return link(
        by=bob(), from_provision=own_provision(), to_provision=provision(), facts=LinkFacts(relation="relevant")
    )


def own_body(code: str = "shelter") -> Organisation:
    facts = OrganisationFacts(kind="government")
    return register(by=bob(), code=code, name=f"Body {code}", facts=facts, keeper=network())


def own_succession() -> Record:
    facts = SuccessionFacts(date=DAY, act="Law 3 of 2025")
    return merge(by=bob(), organisations=[own_body("shelter-old")], into=own_body(), facts=facts)[0]


def persons_words() -> Contribution:
    return contribute(
        by=ANONYMOUS, consultation=consultation(), on=DAY, facts=ContributionFacts(text="Good", name="Ivo")
    )


def persons_letter() -> Contribution:
    facts = ContributionFacts(text="Good", name="Ivo")
    return contribute(by=bob(), consultation=consultation(), on=DAY, facts=facts, paper=LETTER)


def bodys_letter() -> Contribution:
    facts = ContributionFacts(text="Good", organisation=organisation())
    return contribute(by=bob(), consultation=consultation(), on=DAY, facts=facts, paper=LETTER)


def position(by: Callable[[], Actor], **said: Any) -> Callable[[], Position]:
    return lambda: take_position(
        by=by(), on=provision(), facts=NOTED, **{name: one() if callable(one) else one for name, one in said.items()}
    )


def abroad(duty: str = "other") -> Post:
    """A post that no network keeps."""
    return create_post(by=OPERATOR, code="abroad", facts=PostFacts(organisation=organisation(), duty=duty))


def known() -> Person:
    """A person whom no network keeps."""
    return enter_person(by=OPERATOR, code="ivo", facts=PersonFacts(name="Ivo"))


def rightless() -> PostHolding:
    facts = PostFacts(organisation=organisation(), duty="other")
    seat = create_post(by=bob(), code="clerk", network=network(), facts=facts)
    return appointed(seat, person("ivo"), network())


def own_value() -> Record:
    olga = holder("olga", "focal_point", office())
    return enter_value(by=olga, of=indicator(), organisation=office(), facts=ValueFacts(period="2024", value=45))


def handed_in(voice: str) -> Callable[[], ProgressReport]:
    def made() -> ProgressReport:
        who = SAYS[voice]()
        said = report(commitment=commitment("varied"), period=period("p-9"), organisation=who.organisation, voice=voice)
        return hand_in(by=who, report=said)

    return made


def by_letter(voice: str) -> Callable[[], ProgressReport]:
    def made() -> ProgressReport:
        body = SAYS[voice]().organisation
        return imported(report(commitment=commitment("varied"), period=period("p-9"), organisation=body, voice=voice))

    return made


VARIANTS: Mapping[str, Callable[[], Record]] = MappingProxyType(
    {
        "a claim of a network": own_claim,
        "a choice of a network": own_choice,
        "a framework of a network": own_framework,
        "a provision of a network": own_provision,
        "a link of a network": own_link,
        "a body of a network": own_body,
        "a name of a body of a network": lambda: own_body().names.get(),
        "a succession within a network": own_succession,
        "what a person said": persons_words,
        "what a person wrote": persons_letter,
        "what a body wrote": bodys_letter,
        "a position of a body": position(alice, organisation=organisation),
        "a position of a body from a letter": position(bob, organisation=organisation, paper=LETTER),
        "a position of a place": position(bob, place=orvenia, paper=LETTER),
        "a post of no network": abroad,
        "a person of no network": known,
        "a holding without rights": rightless,
        "a value of its own office": own_value,
        "the contact of a network": lambda: enter_contact(
            by=bob(), of=network(), facts=ContactFacts(email="office@example.org")
        ),
        **{f"a report of {voice}": handed_in(voice) for voice in SAYS},
        **{f"a report of {voice} from a letter": by_letter(voice) for voice in SAYS},
    }
)
"""What a row is → how it is made."""
