from waymark.actions.claims import ClaimFacts, record_claim
from waymark.records.actors import Actor
from waymark.records.claims import Claim


def claim(value: str = "2018-12-19", source: str = "Record of the vote") -> Claim:
    row = Claim.objects.filter(value=value, source=source).first()
    return row or record_claim(
        by=Actor.operator(),
        subject="urn:waymark:local:position:qor.gcm",
        attribute="date",
        facts=ClaimFacts(value=value, source=source),
    )
