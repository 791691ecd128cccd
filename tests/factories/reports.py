from datetime import date
from typing import Any

from tests.factories.commitments import commitment
from tests.factories.organisations import organisation
from tests.factories.workplans import period
from waymark.actions.reports import Filed, Proof, Report, file_reports
from waymark.records.actors import Actor
from waymark.records.reports import ProgressReport

PROOF = Proof(text="Gazette 12 of 2025")


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
    said = report(**fields)
    filed = Filed(said, submitted_on=date(2025, 7, 1), accepted_on=date(2025, 7, 9))
    return file_reports(by=Actor.operator(), network=said.commitment.network, filed=[filed])[0]
