"""Every model of the record in one list, as Django looks for it; each lives in the file of its noun."""

from waymark.records.accounts import User
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.commitments import Commitment, CommitmentChange, Following, Milestone, Participation, Tie
from waymark.records.consultations import Answer, Consultation, ConsultationItem, Contribution
from waymark.records.contacts import Contact
from waymark.records.delegations import Delegation
from waymark.records.documents import Document, Passage, Tag
from waymark.records.drafts import Draft
from waymark.records.editions import Candidate, Clearance, Edition, EditionWithdrawal
from waymark.records.events import Event, EventDetail, EventRow, LogHead, Seal
from waymark.records.frameworks import Crosswalk, Framework, Position, Provision
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.meetings import Attendance, Decision, Meeting, Statement
from waymark.records.networks import Membership, Network, WorkingGroup, WorkingGroupMember
from waymark.records.organisations import Organisation, OrganisationName, Succession
from waymark.records.people import NamedReader, Person, Post, PostHolding
from waymark.records.places import Place
from waymark.records.plans import BudgetLine, MeansOfVerification, Result, Risk
from waymark.records.proposals import ChangeProposal
from waymark.records.reports import DueDate, Evidence, Excuse, ProgressReport, ReportingPeriod
from waymark.records.reviews import (
    Citation,
    Finding,
    Recommendation,
    Review,
    ReviewCycle,
    ReviewSource,
)
from waymark.records.workplans import WorkArea, Workplan

__all__ = [
    "Answer", "Attendance", "BudgetLine", "Candidate", "ChangeProposal", "Citation", "Claim", "ClaimChoice",
    "Clearance", "Commitment", "CommitmentChange", "Consultation", "ConsultationItem", "Contact", "Contribution",
    "Crosswalk", "Decision", "Delegation", "Document", "Draft", "DueDate", "Edition", "EditionWithdrawal", "Event",
    "EventDetail", "EventRow", "Evidence", "Excuse", "Finding", "Following", "Framework", "LogHead",
    "MeansOfVerification", "Meeting", "Membership", "Milestone", "NamedReader", "NationalIndicator", "NationalValue",
    "Network", "Organisation", "OrganisationName", "Participation", "Passage", "Person", "Place", "Position", "Post",
    "PostHolding", "ProgressReport", "Provision", "Recommendation", "ReportingPeriod", "Result", "Review",
    "ReviewCycle", "ReviewSource", "Risk", "Seal", "Statement", "Succession", "Tag", "Tie", "User", "WorkArea",
    "WorkingGroup", "WorkingGroupMember", "Workplan",
]  # fmt: skip
