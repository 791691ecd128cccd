from datetime import date
from typing import Any

from tests.factories.commitments import commitment
from tests.factories.organisations import organisation
from tests.factories.workplans import period
from waymark.actions.facts import Paper
from waymark.actions.reports import Filed, Proof, Report, enter_reports
from waymark.records.actors import Actor
from waymark.records.reports import ProgressReport

PROOF = Proof(text="Gazette 12 of 2025")
LETTER = Paper(date(2025, 7, 1), words="Letter 12/4 of the Ministry")


def report(**fields: Any) -> Report:
    """What the lead says: partly done, with evidence."""
    given = {
        "commitment": fields.get("commitment") or commitment(),
        "period": fields.get("period") or period(),
        "organisation": organisation(),
        "voice": "implementer",
        "scale": "completion-5",
        "rating": "partly-done",
        "narrative": "Half of the offices are open.",
        "evidence": (PROOF,),
    }
    return Report(**(given | fields))


def accepted(**fields: Any) -> ProgressReport:
    """One that an import brought, with the day of its acceptance."""
    return imported(report(**fields), accepted_on=date(2025, 7, 9))


def imported(said: Report, **days: Any) -> ProgressReport:
    """One that an import brought from a letter of 1 July 2025, in the state that its days lead to."""
    return enter_reports(by=Actor.operator(), filed=[Filed(said, LETTER, **days)])[0]
