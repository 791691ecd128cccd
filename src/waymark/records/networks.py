"""Migration networks and government bodies, who belongs to them, and their working groups."""

from django.db import models

from waymark.gcm.lists import Classification, Level, MemberRole
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


class NetworkKind(models.TextChoices):
    """What sort of body convenes."""

    UN_NETWORK = "un_network", "UN network on migration"
    GOVERNMENT_BODY = "government_body", "government body"
    OTHER = "other", "other network"


class Network(FactRecord):
    """A network that plans, follows up, reviews and reports; nearly every record belongs to one."""

    noun = "network"
    classification = classification(Classification.PUBLIC)
    kind = models.CharField(max_length=20, choices=NetworkKind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="networks")
    name = translated()
    description = translated()
    founded_on = models.DateField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)
    """Codes of the languages in which it works, the first one first."""
    time_zone = models.CharField(max_length=64, blank=True, default="")
    """IANA name of the zone in which its days are counted; empty: not known, and counted in UTC."""
    working_week = models.JSONField(default=list, blank=True)
    """Its working days by ISO number, Monday is 1; empty: not known."""
    quiet_days = models.JSONField(default=list, blank=True)
    """Days on which nobody is reminded of anything, as ISO dates."""
    reports_released = models.BooleanField(default=False)
    """Whether a report is released by a validator of its own organisation before it is submitted."""
    days_to_accept = models.PositiveSmallIntegerField(default=14)
    """Days that the secretariat has to accept or return a report."""
    demonstration = translated()
    """The sentence that marks every page of a demonstration; empty for a real network."""

    def found_keeper(self) -> str:
        """A network keeps itself."""
        return self.code

    objects = RecordQuerySet["Network"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="network_code"),
            known_choice("network_kind_known", "kind", NetworkKind),
            known_choice("network_level_known", "level", Level),
        ]


class Membership(Span, FactRecord):
    """An organisation has a role in a network from a day to a day; it may have several roles."""

    noun = "membership"
    contained_in = ("network", "organisation")
    keeper_from = "network"
    classification = classification(Classification.PUBLIC)
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=MemberRole.choices)
    end_reason = models.TextField(blank=True, default="")

    objects = SpanQuerySet["Membership"].as_manager()

    class Meta:
        ordering = ["network_id", "role", "organisation_id", "id"]
        constraints = [
            *span_constraints("membership"),
            known_choice("membership_role_known", "role", MemberRole),
            models.UniqueConstraint(
                fields=["network", "organisation", "role"], condition=OPEN, name="membership_open_once"
            ),
        ]


class WorkingGroup(Span, FactRecord):
    """A working group of a network: its co-leads and members are `WorkingGroupMember` rows, its outputs a text."""

    noun = "working-group"
    contained_in = ("network",)
    keeper_from = "network"
    classification = classification(Classification.PUBLIC)
    network = models.ForeignKey(Network, models.CASCADE, related_name="working_groups")
    name = translated()
    mandate = translated()
    outputs = translated()

    objects = SpanQuerySet["WorkingGroup"].as_manager()

    class Meta:
        ordering = ["network_id", "code"]
        constraints = [
            *span_constraints("working_group"),
            models.UniqueConstraint(fields=["code"], name="working_group_code"),
        ]


class WorkingGroupMember(Span, FactRecord):
    """An organisation takes part in a working group, perhaps as co-lead."""

    noun = "working-group-member"
    contained_in = ("working_group",)
    keeper_from = "working_group"
    classification = classification(Classification.PUBLIC)
    working_group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="members")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="working_groups")
    co_lead = models.BooleanField(default=False)

    objects = SpanQuerySet["WorkingGroupMember"].as_manager()

    class Meta:
        ordering = ["working_group_id", "organisation_id", "id"]
        constraints = [
            *span_constraints("working_group_member"),
            models.UniqueConstraint(
                fields=["working_group", "organisation"], condition=OPEN, name="working_group_member_open_once"
            ),
        ]
