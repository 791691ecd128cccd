"""Closed lists of the field that the record keeps and the vocabulary explains: each stands here, with its labels.

Where a list is from, and how its codes are grouped, says `catalogue/vocabulary/terms.csv`. Lists of the record alone
stand beside their model. A label is said in any language by `waymark.gcm.wording.label`.
"""

from enum import EnumType, StrEnum
from typing import Any, Self, cast


class _Listing(EnumType):
    """What a list offers to a field of a model."""

    @property
    def choices(cls) -> list[tuple[str, str]]:
        """Code and label of each member."""
        return [(member.value, member.label) for member in cast(Any, cls)]

    @property
    def values(cls) -> list[str]:
        """The codes."""
        return [member.value for member in cast(Any, cls)]


class ClosedList(StrEnum, metaclass=_Listing):
    """A closed list: `CODE = "code", "label"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """A member with its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Mark(ClosedList):
    """How well a fact is known. Empty: entered here by a post, the event log says which."""

    VERIFIED = "verified", "verified at the source"
    SECONDARY = "secondary", "from a second-hand source"
    RECALLED = "recalled", "from memory, to be checked"
    PROPOSAL = "proposal", "our own proposal"


class EmptyReason(ClosedList):
    """Why there is no rating or no value: the closed list."""

    NOT_COLLECTED = "not_collected", "not collected"
    NOT_APPLICABLE = "not_applicable", "not applicable"
    NOT_YET_DUE = "not_yet_due", "not yet due"
    CONFIDENTIAL = "confidential", "confidential"


class WantedDirection(ClosedList):
    """Which way the values of an indicator should go."""

    UP = "up", "more is better"
    DOWN = "down", "less is better"
    PARITY = "parity", "the nearer to 1 the better"
    NONE = "none", "neither more nor less is wanted"


class BoundSign(ClosedList):
    """On which side of a bound a value lies that is withheld or not exactly known."""

    BELOW = "<", "less than"
    ABOVE = ">", "more than"


class Stance(ClosedList):
    """What a State or organisation said of a text."""

    VOTED_FOR = "voted_for", "voted for"
    VOTED_AGAINST = "voted_against", "voted against"
    ABSTAINED = "abstained", "abstained"
    ABSENT = "absent", "did not vote"
    ADOPTED = "adopted", "joined the adoption"
    SUPPORTED = "supported", "supported"
    SUPPORTED_IN_PART = "supported_in_part", "supported in part"
    NOTED = "noted", "noted"
    RESERVED = "reserved", "reserved"
    WITHDRAWN = "withdrawn", "withdrawn"


class CommitmentKind(ClosedList):
    """What sort of commitment."""

    PLEDGE = "pledge", "pledge"
    MEASURE = "measure", "measure of a national plan"
    ACTIVITY = "activity", "activity of a workplan"
    FOLLOW_UP = "follow_up", "follow-up of a meeting"


class PledgeWay(ClosedList):
    """How a pledge is made, as in the Network's pledging initiative."""

    INDIVIDUAL = "individual", "individual pledge"
    COMMON = "common", "common pledge"
    PARTNERSHIP = "partnership", "pledge in partnership"
    MATCHING = "matching", "matching pledge"


class Level(ClosedList):
    """The level at which a network, cycle or commitment works."""

    LOCAL = "local", "local"
    NATIONAL = "national", "national"
    REGIONAL = "regional", "regional"
    GLOBAL = "global", "global"


class OrganisationKind(ClosedList):
    """Kinds of stakeholders, as the whole-of-government and whole-of-society approach counts them."""

    GOVERNMENT = "government", "national government body"
    LOCAL_AUTHORITY = "local_authority", "local authority"
    PARLIAMENT = "parliament", "parliament"
    HUMAN_RIGHTS_INSTITUTION = "human_rights_institution", "national human rights institution"
    UN = "un", "United Nations entity"
    INTERNATIONAL = "international", "other international or regional organisation"
    FOREIGN_STATE = "foreign_state", "body of another State"
    CIVIL_SOCIETY = "civil_society", "civil society organisation"
    MIGRANT_DIASPORA = "migrant_diaspora", "migrant or diaspora organisation"
    ACADEMIA = "academia", "academia"
    PRIVATE_SECTOR = "private_sector", "private sector"
    TRADE_UNION = "trade_union", "trade union"
    EMPLOYERS = "employers", "employers' organisation"
    FAITH = "faith", "faith-based organisation"
    YOUTH = "youth", "youth organisation"
    MEDIA = "media", "media"
    OTHER = "other", "other stakeholder"


class FindingKind(ClosedList):
    """What a finding of a review is about."""

    PROGRESS = "progress", "progress"
    CHALLENGE = "challenge", "challenge"
    OPPORTUNITY = "opportunity", "opportunity"
    EMERGING_ISSUE = "emerging_issue", "emerging issue"
    GOOD_PRACTICE = "good_practice", "good practice"
    NEXT_STEP = "next_step", "next step"


class Voice(ClosedList):
    """Who speaks in a progress report; nobody reports in another voice."""

    IMPLEMENTER = "implementer", "implementer"
    SECRETARIAT = "secretariat", "secretariat"
    CIVIL_SOCIETY = "civil_society", "civil society"


class MemberRole(ClosedList):
    """What an organisation is in a network."""

    CO_CHAIR = "co_chair", "co-chair"
    CHAIR = "chair", "chair"
    MEMBER = "member", "member"
    PARTNER = "partner", "partner"
    SECRETARIAT = "secretariat", "secretariat"
    OBSERVER = "observer", "observer"
    CONSULTATIVE = "consultative", "consultative status"


class Classification(ClosedList):
    """Who may read a record, from the least strict; see `visible_condition` for the rule of each."""

    PUBLIC = "public", "public"
    NETWORK = "network", "network"
    RESTRICTED = "restricted", "restricted"
    STRICTLY_CONFIDENTIAL = "strictly_confidential", "strictly confidential"


class Verdict(ClosedList):
    """What a tag says."""

    SPEAKS = "speaks", "speaks to it"
    DOES_NOT = "does_not", "does not speak to it"
    NONE = "none", "speaks to none of them"


class CommitmentState(ClosedList):
    """Where a commitment stands; `records/states.py` says which acts lead from one to another."""

    PROPOSED = "proposed", "proposed"
    AGREED = "agreed", "agreed"
    UNDER_WAY = "under_way", "under way"
    COMPLETED = "completed", "completed"
    DROPPED = "dropped", "dropped"
    SUPERSEDED = "superseded", "superseded"
