"""Consultations, what was contributed, and the reasoned answers."""

import secrets
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import Classification
from waymark.records.record import (
    FactRecord,
    FromPaper,
    RecordQuerySet,
    classification,
    known_choice,
    paper_constraint,
    translated,
)
from waymark.records.states import CONTRIBUTION, choices
from waymark.records.viewers import Viewer


class Consultation(FactRecord):
    """A network asks questions, or for comments on the paragraphs of a draft, from a day to a day."""

    noun = "consultation"
    contained_in = ("network", "review")
    keeper_from = "network"
    classification = classification(Classification.PUBLIC)
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="consultations")
    review = models.ForeignKey("records.Review", models.SET_NULL, null=True, blank=True, related_name="consultations")
    title = translated()
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Consultation"].as_manager()

    class Meta:
        ordering = ["network_id", "from_date", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="consultation_code"),
            models.CheckConstraint(
                name="consultation_ends_after_start",
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
            ),
        ]


class ConsultationItem(FactRecord):
    """A question, or a paragraph of the draft that is discussed."""

    noun = "consultation-item"
    contained_in = ("consultation",)
    keeper_from = "consultation"
    classification = classification(Classification.PUBLIC)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(default=0)
    text = translated()
    provision = models.ForeignKey("records.Provision", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["ConsultationItem"].as_manager()

    class Meta:
        ordering = ["consultation_id", "position", "id"]


class NameKind(models.TextChoices):
    """Whether a contributor is named."""

    NAMED = "named", "named"
    WITHHELD = "withheld", "name known to the secretariat, not shown"
    ANONYMOUS = "anonymous", "anonymous"


class Contribution(FromPaper, FactRecord):
    """What somebody says in a consultation, perhaps rating a commitment on a scale.

    `post` and `person` are those who entered it. An anonymous one keeps no name, no organisation, no post, no person,
    no paper and no day; its writer holds a receipt code of which only the hash is stored. Ratings of contributions are
    counted apart from the three voices, and shown only from three on.
    """

    noun = "contribution"
    contained_in = ("consultation",)
    keeper_from = "consultation"
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="contributions")
    item = models.ForeignKey(ConsultationItem, models.PROTECT, null=True, blank=True, related_name="contributions")
    name_kind = models.CharField(max_length=10, choices=NameKind.choices)
    name = models.CharField(max_length=300, blank=True, default="")
    organisation = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    text = translated()
    language = models.CharField(max_length=20, blank=True, default="")
    date = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    receipt_hash = models.CharField(max_length=64, blank=True, default="")
    commitment = models.ForeignKey(
        "records.Commitment", models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    scale = models.CharField(max_length=60, blank=True, default="")
    rating = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=10, choices=choices(CONTRIBUTION), default="received")

    objects = RecordQuerySet["Contribution"].as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """Only what is published leaves the network."""
        return Q(**{f"{prefix}state": "published"}) | Q(**{f"{prefix}keeper__in": sorted(viewer.networks)})

    def stamp(self, now: datetime) -> None:
        """Nothing of an anonymous one: the hour could tell who wrote it."""
        if self.name_kind != NameKind.ANONYMOUS:
            super().stamp(now)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it under a random key: a counted one would tell when an anonymous contribution came in."""
        if self.pk is None:
            self.pk = secrets.randbits(62)
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    class Meta:
        ordering = ["consultation_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="contribution_code"),
            known_choice("contribution_name_kind_known", "name_kind", NameKind),
            models.CheckConstraint(name="contribution_state_known", condition=Q(state__in=list(CONTRIBUTION))),
            models.CheckConstraint(
                name="contribution_anonymous_keeps_nothing",
                condition=~Q(name_kind="anonymous")
                | (
                    Q(
                        name="",
                        organisation__isnull=True,
                        date__isnull=True,
                        post__isnull=True,
                        person__isnull=True,
                        paper_date__isnull=True,
                    )
                    & ~Q(receipt_hash="")
                ),
            ),
            paper_constraint("contribution"),
            models.CheckConstraint(
                name="contribution_named_has_name",
                condition=Q(name_kind="anonymous") | ~Q(name="") | Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_rating_of_commitment",
                condition=Q(rating="", scale="") | (~Q(rating="") & ~Q(scale="") & Q(commitment__isnull=False)),
            ),
            models.CheckConstraint(
                name="contribution_says_something",
                condition=Q(state="withdrawn") | ~Q(text={}) | ~Q(rating=""),
            ),
            models.UniqueConstraint(
                fields=["receipt_hash"], condition=~Q(receipt_hash=""), name="contribution_receipt_once"
            ),
        ]


class AnswerKind(models.TextChoices):
    """What became of a contribution."""

    TAKEN = "taken", "taken"
    PARTLY = "partly", "taken in part"
    NOT_TAKEN = "not_taken", "not taken"


class Answer(FactRecord):
    """The reasoned answer to a contribution."""

    noun = "answer"
    contained_in = ("contribution",)
    keeper_from = "contribution"
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind.choices)
    reason = translated()
    date = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["Answer"].as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """An answer is read by whoever reads the contribution."""
        return Contribution.shown_in_state(viewer, f"{prefix}contribution__")

    class Meta:
        ordering = ["contribution_id"]
        constraints = [
            known_choice("answer_kind_known", "kind", AnswerKind),
            models.CheckConstraint(name="answer_has_reason", condition=~Q(reason={})),
            models.UniqueConstraint(fields=["contribution"], condition=Q(withdrawn=False), name="answer_once"),
        ]
