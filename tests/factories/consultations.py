from datetime import date

from tests.factories.networks import network
from tests.factories.people import bob
from waymark.actions.consultations import ConsultationFacts, Item, open_consultation
from waymark.records.consultations import Consultation


def consultation(code: str = "hearing-2025") -> Consultation:
    row = Consultation.objects.filter(code=code).first()
    return row or open_consultation(
        by=bob(),
        network=network(),
        code=code,
        items=[Item("What works?"), Item("What does not?")],
        facts=ConsultationFacts(title="Hearing", from_date=date(2025, 2, 1), to_date=date(2025, 2, 28)),
    )
