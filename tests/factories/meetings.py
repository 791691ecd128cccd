from datetime import date

from tests.factories.networks import network
from waymark.actions.meetings import MeetingFacts, hold
from waymark.records.actors import Actor
from waymark.records.meetings import Meeting


def meeting(code: str = "annual-2025") -> Meeting:
    row = Meeting.objects.filter(code=code).first()
    return row or hold(
        by=Actor.operator(),
        network=network(),
        code=code,
        facts=MeetingFacts(kind="annual", title="Annual", date=date(2025, 3, 3)),
    )
