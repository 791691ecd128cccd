"""Ministries, UN entities, civil society and every other body, with the names of each day and what became of them."""

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import Classification, OrganisationKind
from waymark.records.record import (
    OPEN,
    FactRecord,
    RecordQuerySet,
    Span,
    SpanQuerySet,
    classification,
    known_choice,
    span_constraints,
    translated,
)
from waymark.records.ties import members
from waymark.records.viewers import Viewer


class Organisation(FactRecord):
    """A body. Its names lie in `OrganisationName`; what it became in `Succession`."""

    noun = "organisation"
    classification = classification(Classification.PUBLIC)
    kind = models.CharField(max_length=32, choices=OrganisationKind.choices)
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="organisations")
    website = models.CharField(max_length=500, blank=True, default="")

    objects = RecordQuerySet["Organisation"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """A member of the viewer's network."""
        return Q(pk__in=members(viewer))

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="organisation_code"),
            known_choice("organisation_kind_known", "kind", OrganisationKind),
        ]


class OrganisationName(Span, FactRecord):
    """What an organisation was called from a day to a day; a page shows the name of the day."""

    noun = "organisation-name"
    contained_in = ("organisation",)
    keeper_from = "organisation"
    classification = classification(Classification.PUBLIC)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = translated()
    short_name = translated()

    objects = SpanQuerySet["OrganisationName"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """The names of a member of the viewer's network."""
        return Q(organisation__in=members(viewer))

    class Meta:
        ordering = ["organisation_id", "from_date", "id"]
        constraints = [
            *span_constraints("organisation_name"),
            models.UniqueConstraint(fields=["organisation"], condition=OPEN, name="organisation_one_open_name"),
        ]


class SuccessionKind(models.TextChoices):
    """What happened to an organisation."""

    RENAMED = "renamed", "renamed"
    MERGED = "merged", "merged into another"
    SPLIT = "split", "split: part of it went to another"
    ABOLISHED = "abolished", "abolished without successor"


class Succession(FactRecord):
    """One organisation becomes another on a day, by an act of law; duties go to the successor.

    A renaming leads to the organisation itself; an abolition leads nowhere.
    """

    noun = "succession"
    contained_in = ("from_organisation",)
    keeper_from = "from_organisation"
    classification = classification(Classification.PUBLIC)
    kind = models.CharField(max_length=12, choices=SuccessionKind.choices)
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="predecessions"
    )
    date = models.DateField(null=True, blank=True)
    act = models.TextField(blank=True, default="")
    did = models.JSONField(default=dict, blank=True)
    """What followed, by URN: `ended` and `begun` spans, `closed` posts, `moved` posts and reports. So that a wrong
    day can be corrected in all of it, and all of it taken back."""

    objects = RecordQuerySet["Succession"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What became of a member of the viewer's network."""
        return Q(from_organisation__in=members(viewer))

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            known_choice("succession_kind_known", "kind", SuccessionKind),
            models.CheckConstraint(
                name="succession_leads_where_its_kind_says",
                condition=Q(kind="abolished", to_organisation__isnull=True)
                | Q(kind="renamed", to_organisation=F("from_organisation"))
                | (
                    Q(kind__in=["merged", "split"])
                    & Q(to_organisation__isnull=False)
                    & ~Q(to_organisation=F("from_organisation"))
                ),
            ),
        ]
