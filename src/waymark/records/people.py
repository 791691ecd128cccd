"""Persons, the posts they hold, and who is named to read what is strictly confidential."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from waymark.records.record import (
    OPEN,
    FactRecord,
    FromPaper,
    RecordQuerySet,
    Span,
    SpanQuerySet,
    known_choice,
    paper_constraint,
    span_constraints,
    translated,
)
from waymark.records.states import APPOINTMENT, IN_FORCE, choices
from waymark.records.ties import holders
from waymark.records.viewers import Viewer


class Person(FactRecord):
    """A human being who holds or held a post, spoke or signed.

    A person may never log in; an account is another thing.
    """

    noun = "person"
    name = translated()
    organisation = models.ForeignKey(
        "records.Organisation", models.SET_NULL, null=True, blank=True, related_name="persons"
    )

    objects = RecordQuerySet["Person"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """Who holds or held a post in the viewer's network."""
        return Q(pk__in=holders(viewer))

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="person_code")]


class Duty(models.TextChoices):
    """What a post is for. What each may do is in `roles.py`."""

    CO_CHAIR = "co_chair", "co-chair"
    SECRETARIAT_OFFICER = "secretariat_officer", "secretariat officer"
    FOCAL_POINT = "focal_point", "focal point"
    ALTERNATE = "alternate", "alternate focal point"
    VALIDATOR = "validator", "validator"
    CIVIL_SOCIETY_REPORTER = "civil_society_reporter", "reporter of a civil society organisation"
    OBSERVER = "observer", "observer"
    OTHER = "other", "other post, without rights here"


class Post(FactRecord):
    """A duty in a network for an organisation. Drafts and duties belong to posts; a post without a holder is vacant."""

    noun = "post"
    keeper_from = "network"
    network = models.ForeignKey("records.Network", models.CASCADE, null=True, blank=True, related_name="posts")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="posts")
    duty = models.CharField(max_length=24, choices=Duty.choices)
    title = translated()
    closed_on = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Post"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="post_code"),
            known_choice("post_duty_known", "duty", Duty),
        ]


class HoldingQuerySet(SpanQuerySet["PostHolding"]):
    """Holdings of posts."""

    def on(self, day: date) -> Self:
        """Who holds a post on `day`: an appointment that waits for a second person, or was refused, is none."""
        return super().on(day).filter(state__in=IN_FORCE)


class PostHolding(FromPaper, Span, FactRecord):
    """A person holds a post; the holder may come from another organisation than the post speaks for.

    Who entered the appointment is kept, and from which paper if the network's officers did not make it. Where a second
    person is asked (`appointing.py`), it waits, gives no rights, and is known to the network only, until confirmed.
    """

    noun = "post-holding"
    contained_in = ("post",)
    keeper_from = "post"
    post = models.ForeignKey(Post, models.CASCADE, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    home = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="seconded_holdings"
    )
    acting = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=choices(APPOINTMENT), default="waiting")
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    objects = HoldingQuerySet.as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """Until it is confirmed, an appointment is known to the network only."""
        in_force = Q(**{f"{prefix}state__in": IN_FORCE})
        return in_force | Q(**{f"{prefix}keeper__in": sorted(viewer.networks)})

    class Meta:
        ordering = ["post_id", "from_date", "id"]
        constraints = [
            *span_constraints("post_holding"),
            paper_constraint("post_holding"),
            models.CheckConstraint(name="post_holding_state_known", condition=Q(state__in=list(APPOINTMENT))),
            models.CheckConstraint(
                name="post_holding_confirmed_by_and_on",
                condition=Q(
                    state="confirmed",
                    confirmed_on__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_by_post__isnull=False,
                )
                | (~Q(state="confirmed") & Q(confirmed_on__isnull=True)),
            ),
            models.UniqueConstraint(fields=["post"], condition=OPEN & Q(acting=False), name="post_one_open_holder"),
            models.UniqueConstraint(fields=["post", "person"], condition=OPEN, name="post_holder_once"),
        ]


class NamedReader(models.Model):
    """A person named to read one strictly confidential record."""

    urn = models.CharField(max_length=400)
    person = models.ForeignKey(Person, models.CASCADE, related_name="may_read")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["urn", "person"], name="named_reader_once")]

    def __str__(self) -> str:
        return f"{self.person_id} may read {self.urn}"
