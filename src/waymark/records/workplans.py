"""Workplans and the areas of work in them; the commitments under an area are what is done."""

from django.db import models
from django.db.models import F, Q

from waymark.records.record import FactRecord, RecordQuerySet, translated


class Workplan(FactRecord):
    """A network's plan for a period."""

    noun = "workplan"
    contained_in = ("network",)
    keeper_from = "network"
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="workplans")
    title = translated()
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Workplan"].as_manager()

    class Meta:
        ordering = ["network_id", "from_date", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="workplan_code"),
            models.CheckConstraint(
                name="workplan_ends_after_start",
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
            ),
        ]


class WorkArea(FactRecord):
    """One area of a workplan, perhaps led by a working group; `position` orders them."""

    noun = "work-area"
    contained_in = ("workplan",)
    keeper_from = "workplan"
    workplan = models.ForeignKey(Workplan, models.CASCADE, related_name="areas")
    working_group = models.ForeignKey(
        "records.WorkingGroup", models.SET_NULL, null=True, blank=True, related_name="areas"
    )
    title = translated()
    position = models.PositiveIntegerField(default=0)

    objects = RecordQuerySet["WorkArea"].as_manager()

    class Meta:
        ordering = ["workplan_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="work_area_code")]
