"""Rights, and the roles that bundle them: what the duty of a post gives in the network of that post."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from waymark.gcm.lists import Voice
from waymark.records.people import Duty


class Verb(StrEnum):
    """What somebody may do; the value is the rest of the sentence "may …"."""

    SEE_NETWORK = "read the network's working papers"
    SEE_RESTRICTED = "read restricted records"
    MANAGE_NETWORK = "admit members and change the network"
    MANAGE_PEOPLE = "create posts and appoint their holders"
    CONFIRM_APPOINTMENT = "confirm appointments"
    KEEP_REGISTER = "register organisations, documents, claims and indicators"
    PLAN = "make workplans, meetings and reporting periods"
    PROPOSE = "propose commitments"
    DECIDE = "agree, drop and supersede commitments"
    IMPLEMENT = "start and complete commitments of the own organisation"
    REPORT_IMPLEMENTER = "report as implementer"
    REPORT_SECRETARIAT = "report as secretariat"
    REPORT_CIVIL_SOCIETY = "report as civil society"
    ENTER_VALUE = "enter values of indicators for the own organisation"
    ACCEPT_VALUE = "return and accept values of indicators"
    RELEASE_REPORT = "release reports of the own organisation"
    ACCEPT_REPORT = "return and accept progress reports"
    TAKE_POSITION = "take a position for the own organisation"
    CONSULT = "open consultations and answer contributions"
    DRAFT_REVIEW = "draft reviews"
    CONFIRM_FINDING = "confirm findings for the country"
    CLEAR_REVIEW = "clear reviews"
    PUBLISH_REVIEW = "publish editions"
    INSTALL = "run the installation"


@dataclass(frozen=True, slots=True)
class Role:
    """What a duty gives: words for an administrator, and verbs."""

    words: str
    verbs: frozenset[Verb]


def _role(words: str, *verbs: Verb) -> Role:
    return Role(words, frozenset(verbs))


ROLES: MappingProxyType[str, Role] = MappingProxyType(
    {
        Duty.CO_CHAIR: _role(
            "Steers the network: decides on commitments, confirms appointments, clears and publishes reviews.",
            Verb.SEE_NETWORK,
            Verb.SEE_RESTRICTED,
            Verb.MANAGE_NETWORK,
            Verb.CONFIRM_APPOINTMENT,
            Verb.PROPOSE,
            Verb.DECIDE,
            Verb.ACCEPT_VALUE,
            Verb.CLEAR_REVIEW,
            Verb.PUBLISH_REVIEW,
        ),
        Duty.SECRETARIAT_OFFICER: _role(
            "Convenes, keeps the record, chases and checks reports and figures, drafts reviews.",
            Verb.SEE_NETWORK,
            Verb.SEE_RESTRICTED,
            Verb.MANAGE_NETWORK,
            Verb.MANAGE_PEOPLE,
            Verb.KEEP_REGISTER,
            Verb.PLAN,
            Verb.PROPOSE,
            Verb.DECIDE,
            Verb.REPORT_SECRETARIAT,
            Verb.ACCEPT_REPORT,
            Verb.ACCEPT_VALUE,
            Verb.CONSULT,
            Verb.DRAFT_REVIEW,
            Verb.PUBLISH_REVIEW,
        ),
        Duty.FOCAL_POINT: _role(
            "Speaks for an organisation: proposes, carries out and reports on its commitments, enters its figures, "
            "takes its positions.",
            Verb.SEE_NETWORK,
            Verb.SEE_RESTRICTED,
            Verb.PROPOSE,
            Verb.IMPLEMENT,
            Verb.REPORT_IMPLEMENTER,
            Verb.ENTER_VALUE,
            Verb.TAKE_POSITION,
        ),
        Duty.ALTERNATE: _role(
            "Stands in for a focal point; takes no position.",
            Verb.SEE_NETWORK,
            Verb.SEE_RESTRICTED,
            Verb.PROPOSE,
            Verb.IMPLEMENT,
            Verb.REPORT_IMPLEMENTER,
            Verb.ENTER_VALUE,
        ),
        Duty.VALIDATOR: _role(
            "Confirms findings for the country, releases reports, clears reviews, takes positions.",
            Verb.SEE_NETWORK,
            Verb.SEE_RESTRICTED,
            Verb.RELEASE_REPORT,
            Verb.CONFIRM_FINDING,
            Verb.CLEAR_REVIEW,
            Verb.TAKE_POSITION,
        ),
        Duty.CIVIL_SOCIETY_REPORTER: _role(
            "Speaks for an organisation of society: rates commitments in its own voice, proposes, takes positions.",
            Verb.SEE_NETWORK,
            Verb.PROPOSE,
            Verb.IMPLEMENT,
            Verb.REPORT_IMPLEMENTER,
            Verb.REPORT_CIVIL_SOCIETY,
            Verb.TAKE_POSITION,
        ),
        Duty.OBSERVER: _role("Reads the network's working papers.", Verb.SEE_NETWORK),
        Duty.OTHER: _role("A post known from its source; it gives no rights here."),
    }
)
"""Duty of a post → what it gives in the post's network."""

OPERATES = frozenset(
    {
        Verb.INSTALL,
        Verb.SEE_NETWORK,
        Verb.SEE_RESTRICTED,
        Verb.MANAGE_NETWORK,
        Verb.MANAGE_PEOPLE,
        Verb.KEEP_REGISTER,
        Verb.PLAN,
        Verb.PROPOSE,
        Verb.DRAFT_REVIEW,
        Verb.PUBLISH_REVIEW,
    }
)
"""What the operator does: he sets networks up and imports. He decides, reports, accepts and speaks for nobody.

What he does about who holds a post with rights he does from a paper: `appointing.py`.
"""

VERB_OF_VOICE = MappingProxyType(
    {
        Voice.IMPLEMENTER.value: Verb.REPORT_IMPLEMENTER,
        Voice.SECRETARIAT.value: Verb.REPORT_SECRETARIAT,
        Voice.CIVIL_SOCIETY.value: Verb.REPORT_CIVIL_SOCIETY,
    }
)
