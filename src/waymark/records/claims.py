"""Claims.

One source says one thing about one record; conflicting ones stand side by side with the rule that chose one.
"""

from django.db import models
from django.db.models import Q

from waymark.gcm.lists import Classification
from waymark.records.record import FactRecord, Record, RecordQuerySet, classification, translated
from waymark.records.ties import cited_claims
from waymark.records.viewers import Viewer


class Claim(FactRecord):
    """`source` says that `attribute` of `subject` (a URN) is `value`.

    `date` is the day the source speaks of or was published.
    """

    noun = "claim"
    keeper_from = "network"
    contained_in = ("document",)
    rests_on = ("document",)
    classification = classification(Classification.PUBLIC)
    network = models.ForeignKey("records.Network", models.CASCADE, null=True, blank=True, related_name="claims")
    subject = models.CharField(max_length=400, db_index=True)
    attribute = models.CharField(max_length=300)
    value = models.TextField()
    date = models.DateField(null=True, blank=True)
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, blank=True, related_name="claims")
    page = models.CharField(max_length=40, blank=True, default="")

    objects = RecordQuerySet["Claim"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What is cited in the viewer's network."""
        return Q(pk__in=cited_claims(viewer))

    class Meta:
        ordering = ["subject", "attribute", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "attribute", "value", "source", "locator"],
                condition=Q(withdrawn=False),
                name="claim_once_per_source",
            ),
            models.CheckConstraint(name="claim_has_source", condition=~Q(source="")),
        ]


class ChoiceRule(models.TextChoices):
    """The rules that choose among conflicting claims."""

    OFFICIAL_RECORD = "official_record", "the official record of the body that acted wins"
    PRIMARY_SOURCE = "primary_source", "a primary source wins over a report about it"
    MORE_SOURCES = "more_sources", "more independent sources win"
    LATER_CORRECTION = "later_correction", "a later correction by the same source wins"
    COUNTRY_STATEMENT = "country_statement", "the statement of the country concerned wins"
    JUDGEMENT = "judgement", "judged by a person, for the reason given"


class ClaimChoice(Record):
    """Which claim is shown for an attribute of a subject, by which rule and why; the others stay visible."""

    noun = "claim-choice"
    keeper_from = "claim"
    contained_in = ("claim",)
    subject = models.CharField(max_length=400)
    attribute = models.CharField(max_length=300)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="choices")
    rule = models.CharField(max_length=20, choices=ChoiceRule.choices)
    reason = translated()
    date = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["ClaimChoice"].as_manager()

    class Meta:
        ordering = ["subject", "attribute"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "attribute", "keeper"], condition=Q(shown=True), name="claim_choice_once"
            ),
            models.CheckConstraint(name="claim_choice_has_reason", condition=~Q(reason={})),
        ]
