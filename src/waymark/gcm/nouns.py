"""What the things of the record are called: code of the noun → the word for one and the word for several."""

from dataclasses import dataclass
from types import MappingProxyType

from waymark.gcm.translations import translation

NOUNS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "answer": ("answer", "answers"),
        "attendance": ("attendance", "attendances"),
        "budget-line": ("line of a budget", "lines of budgets"),
        "candidate": ("candidate for clearance", "candidates for clearance"),
        "change-proposal": ("proposed change", "proposed changes"),
        "citation": ("citation", "citations"),
        "claim": ("claim", "claims"),
        "claim-choice": ("choice among claims", "choices among claims"),
        "clearance": ("clearance", "clearances"),
        "commitment": ("commitment", "commitments"),
        "commitment-change": ("change of a commitment", "changes of commitments"),
        "consultation": ("consultation", "consultations"),
        "consultation-item": ("item of a consultation", "items of consultations"),
        "contact": ("contact", "contacts"),
        "contribution": ("contribution", "contributions"),
        "crosswalk": ("link between provisions", "links between provisions"),
        "decision": ("decision", "decisions"),
        "delegation": ("delegation", "delegations"),
        "document": ("document", "documents"),
        "draft": ("draft", "drafts"),
        "due-date": ("due date of reports", "due dates of reports"),
        "edition": ("edition", "editions"),
        "edition-withdrawal": ("withdrawal of an edition", "withdrawals of editions"),
        "evidence": ("piece of evidence", "pieces of evidence"),
        "excuse": ("excuse", "excuses"),
        "finding": ("finding", "findings"),
        "following": ("following of a commitment", "followings of commitments"),
        "framework": ("framework", "frameworks"),
        "indicator": ("indicator", "indicators"),
        "means-of-verification": ("means of verification", "means of verification"),
        "meeting": ("meeting", "meetings"),
        "membership": ("membership", "memberships"),
        "milestone": ("milestone", "milestones"),
        "national-indicator": ("national indicator", "national indicators"),
        "national-value": ("national value", "national values"),
        "network": ("network", "networks"),
        "organisation": ("organisation", "organisations"),
        "organisation-name": ("name of an organisation", "names of organisations"),
        "participation": ("part in a commitment", "parts in commitments"),
        "passage": ("passage", "passages"),
        "person": ("person", "persons"),
        "place": ("place", "places"),
        "position": ("position", "positions"),
        "post": ("post", "posts"),
        "post-holding": ("holding of a post", "holdings of posts"),
        "progress-report": ("report", "reports"),
        "provision": ("provision", "provisions"),
        "recommendation": ("recommendation", "recommendations"),
        "reporting-period": ("reporting period", "reporting periods"),
        "result": ("result of a commitment", "results of commitments"),
        "review": ("review", "reviews"),
        "review-cycle": ("review cycle", "review cycles"),
        "review-source": ("source of a review", "sources of reviews"),
        "risk": ("risk or assumption", "risks and assumptions"),
        "statement": ("statement", "statements"),
        "succession": ("succession of organisations", "successions of organisations"),
        "tag": ("tag", "tags"),
        "tie": ("tie of a commitment", "ties of commitments"),
        "working-group": ("working group", "working groups"),
        "working-group-member": ("seat in a working group", "seats in working groups"),
        "work-area": ("work area", "work areas"),
        "workplan": ("workplan", "workplans"),
    }
)

FINDABLE = (
    "passage", "finding", "commitment", "recommendation", "meeting", "indicator", "national-indicator", "organisation",
)  # fmt: skip
"""The nouns that the search finds, in the order in which they are listed and counted."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that fills a slot: one of its things, or so many."""

    code: str
    number: int = 1

    def words(self, language: str = "en") -> str:
        """The word for so many things in `language`, in English where that is not known."""
        return translation(language).npgettext("noun", *NOUNS[self.code], self.number)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 page", "2 pages"."""
    return f"{number:,} {one if number == 1 else many}"
