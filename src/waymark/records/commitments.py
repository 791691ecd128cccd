"""Pledges, measures, activities and follow-ups: what somebody said they would do, and with whom."""

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import CommitmentKind, Level, PledgeWay
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
from waymark.records.states import COMMITMENT, FOLLOWING, choices
from waymark.records.ties import followed
from waymark.records.viewers import Viewer


class Commitment(FactRecord):
    """What somebody said they would do. Its states are in `states.py`; each change is a `CommitmentChange`.

    `metric` says how it is measured; `baseline` and `target` are texts as stated, "" when not stated.
    `since` is the day of the present state, null when not known.
    """

    noun = "commitment"
    contained_in = ("network", "work_area")
    keeper_from = "network"
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="commitments")
    work_area = models.ForeignKey("records.WorkArea", models.PROTECT, null=True, blank=True, related_name="commitments")
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="commitments")
    kind = models.CharField(max_length=12, choices=CommitmentKind.choices)
    way = models.CharField(max_length=12, choices=PledgeWay.choices, blank=True, default="")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.NATIONAL)
    title = translated()
    description = translated()
    metric = translated()
    baseline = models.TextField(blank=True, default="")
    target = models.TextField(blank=True, default="")
    start_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=choices(COMMITMENT), default="proposed")
    since = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    matches = models.ManyToManyField("self", symmetrical=False, related_name="matched_by", blank=True)

    objects = RecordQuerySet["Commitment"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What a network of the viewer follows."""
        return Q(pk__in=followed(viewer))

    class Meta:
        ordering = ["network_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="commitment_code"),
            known_choice("commitment_kind_known", "kind", CommitmentKind),
            known_choice("commitment_way_known", "way", PledgeWay, blank=True),
            models.CheckConstraint(name="commitment_state_known", condition=Q(state__in=list(COMMITMENT))),
            models.CheckConstraint(
                name="commitment_due_after_start",
                condition=Q(start_date__isnull=True) | Q(due_date__isnull=True) | Q(due_date__gte=F("start_date")),
            ),
            models.CheckConstraint(
                name="commitment_superseded_names_successor",
                condition=Q(state="superseded", superseded_by__isnull=False)
                | (~Q(state="superseded") & Q(superseded_by__isnull=True)),
            ),
            models.CheckConstraint(name="commitment_way_of_pledge", condition=Q(kind="pledge") | Q(way="")),
        ]


class OfCommitment(models.Model):
    """What lies in a commitment and goes with it to a network that follows it."""

    class Meta:
        abstract = True

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What lies in a commitment that a network of the viewer follows."""
        return Q(commitment__in=followed(viewer))


class CommitmentChange(OfCommitment, FromPaper, FactRecord):
    """One change of a commitment's state: from which to which, why, when, by whom, from which paper."""

    noun = "commitment-change"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="changes")
    from_state = models.CharField(max_length=12, blank=True, default="")
    to_state = models.CharField(max_length=12)
    reason = translated()
    date = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["CommitmentChange"].as_manager()

    class Meta:
        ordering = ["commitment_id", "id"]
        constraints = [
            models.CheckConstraint(name="commitment_change_state_known", condition=Q(to_state__in=list(COMMITMENT))),
            models.CheckConstraint(
                name="commitment_end_has_reason",
                condition=~Q(to_state__in=["dropped", "superseded"]) | ~Q(reason={}),
            ),
            paper_constraint("commitment_change"),
        ]


class ParticipationRole(models.TextChoices):
    """What an organisation does in a commitment."""

    PLEDGER = "pledger", "pledger"
    LEAD = "lead", "lead"
    CONTRIBUTOR = "contributor", "contributor"
    MATCHER = "matcher", "matcher"


CARRYING = (ParticipationRole.LEAD.value, ParticipationRole.PLEDGER.value)
"""The roles of those who carry a commitment and report on it."""


class Participation(OfCommitment, Span, FactRecord):
    """An organisation takes part in a commitment.

    `share` is percent of the whole, `amount` money in `currency` (ISO 4217).
    """

    noun = "participation"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="participations")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="participations")
    role = models.CharField(max_length=12, choices=ParticipationRole.choices)
    share = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")

    objects = SpanQuerySet["Participation"].as_manager()

    class Meta:
        ordering = ["commitment_id", "role", "organisation_id", "id"]
        constraints = [
            *span_constraints("participation"),
            known_choice("participation_role_known", "role", ParticipationRole),
            models.UniqueConstraint(
                fields=["commitment", "organisation", "role"], condition=OPEN, name="participation_open_once"
            ),
            models.CheckConstraint(
                name="participation_share_percent",
                condition=Q(share__isnull=True) | (Q(share__gt=0) & Q(share__lte=100)),
            ),
            models.CheckConstraint(
                name="participation_amount_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="participation_amount_has_currency",
                condition=Q(amount__isnull=True, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
            ),
        ]


class Milestone(OfCommitment, FactRecord):
    """A step of a commitment; `done_on` is empty until it is reached."""

    noun = "milestone"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="milestones")
    position = models.PositiveIntegerField(default=0)
    title = translated()
    due_date = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Milestone"].as_manager()

    class Meta:
        ordering = ["commitment_id", "position", "id"]


class TiePurpose(models.TextChoices):
    """Why a commitment is tied to a provision."""

    ADVANCES = "advances", "advances"
    ANSWERS = "answers", "answers a recommendation"
    REPORTED_UNDER = "reported_under", "is reported under"


class Tie(OfCommitment, FactRecord):
    """A commitment serves a provision; one commitment may serve provisions of many frameworks."""

    noun = "tie"
    contained_in = ("commitment", "provision")
    rests_on = ("provision",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="ties")
    provision = models.ForeignKey("records.Provision", models.PROTECT, related_name="ties")
    purpose = models.CharField(max_length=16, choices=TiePurpose.choices, default=TiePurpose.ADVANCES)

    objects = RecordQuerySet["Tie"].as_manager()

    class Meta:
        ordering = ["commitment_id", "provision_id", "purpose"]
        constraints = [
            known_choice("tie_purpose_known", "purpose", TiePurpose),
            models.UniqueConstraint(
                fields=["commitment", "provision", "purpose"], condition=Q(withdrawn=False), name="tie_once"
            ),
        ]


class Following(Span, FactRecord):
    """Another network follows a commitment: its members read it, its secretariat and society report on it there.

    One side proposes it (`proposed_by_network` is the code of that network), the other agrees. Only the home network
    changes the commitment.
    """

    noun = "following"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="followings")
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="followings")
    state = models.CharField(max_length=10, choices=choices(FOLLOWING), default="proposed")
    reason = translated()
    proposed_by_network = models.CharField(max_length=300)
    proposed_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    answered_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SpanQuerySet["Following"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What the viewer's own networks follow, or are to follow."""
        return Q(network__code__in=sorted(viewer.networks))

    class Meta:
        ordering = ["commitment_id", "network_id", "id"]
        constraints = [
            *span_constraints("following"),
            models.CheckConstraint(name="following_state_known", condition=Q(state__in=list(FOLLOWING))),
            models.UniqueConstraint(
                fields=["commitment", "network"],
                condition=Q(state__in=["proposed", "agreed"], withdrawn=False),
                name="following_open_once",
            ),
            models.CheckConstraint(
                name="following_end_has_reason", condition=~Q(state__in=["declined", "ended"]) | ~Q(reason={})
            ),
        ]
