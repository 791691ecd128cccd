"""What the findings of a review are about: one closed list for the record, its sheets and its readers."""

from enum import StrEnum


class FindingKind(StrEnum):
    """What a finding is about; `words` names it in English."""

    PROGRESS = "progress"
    CHALLENGE = "challenge"
    OPPORTUNITY = "opportunity"
    EMERGING_ISSUE = "emerging_issue"
    GOOD_PRACTICE = "good_practice"
    NEXT_STEP = "next_step"

    @property
    def words(self) -> str:
        """The kind as a reader reads it."""
        return self.value.replace("_", " ")
