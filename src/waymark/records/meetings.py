"""Meetings and other dated events of a network: who came, who said what, what was decided.

The timeline of a network is its meetings: a launch, a workshop and a round of consultations are kinds of them. What
happened without a meeting (a strategy adopted, a body founded) is a claim or a field of the record it is about.
"""

from django.db import models
from django.db.models import F, Q

from waymark.records.record import FactRecord, RecordQuerySet, known_choice, translated


class MeetingKind(models.TextChoices):
    """What sort of meeting or event."""

    LAUNCH = "launch", "launch"
    ANNUAL = "annual", "annual meeting"
    MEETING = "meeting", "meeting"
    SITTING = "sitting", "sitting of a government body"
    WORKING_GROUP = "working_group", "meeting of a working group"
    WORKSHOP = "workshop", "workshop"
    WEBINAR = "webinar", "webinar"
    CONSULTATION = "consultation", "round of consultations"
    REVIEW = "review", "review conference or forum"


class DatePrecision(models.TextChoices):
    """How exactly the day of an event is known."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class Meeting(FactRecord):
    """A meeting of a network. `date` is its first day (the first of the month or year when only these are known)."""

    noun = "meeting"
    contained_in = ("network",)
    keeper_from = "network"
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="meetings")
    working_group = models.ForeignKey(
        "records.WorkingGroup", models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    title = translated()
    date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=6, choices=DatePrecision.choices, default=DatePrecision.DAY)
    venue = models.CharField(max_length=300, blank=True, default="")
    agenda = translated()
    summary = translated()
    key_messages = translated()
    papers = models.ManyToManyField("records.Document", related_name="paper_of", blank=True)
    minutes = models.ForeignKey("records.Document", models.SET_NULL, null=True, blank=True, related_name="minutes_of")
    provisions = models.ManyToManyField("records.Provision", related_name="meetings", blank=True)

    objects = RecordQuerySet["Meeting"].as_manager()

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="meeting_code"),
            known_choice("meeting_kind_known", "kind", MeetingKind),
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(end_date__isnull=True) | Q(date__isnull=True) | Q(end_date__gte=F("date")),
            ),
        ]


class Attendance(FactRecord):
    """An organisation was at a meeting, perhaps through a post or a person.

    `capacity` is what the source calls them.
    """

    noun = "attendance"
    contained_in = ("meeting",)
    keeper_from = "meeting"
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="attendances")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="attendances")
    capacity = translated()

    objects = RecordQuerySet["Attendance"].as_manager()

    class Meta:
        ordering = ["meeting_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="attendance_of_somebody",
                condition=Q(organisation__isnull=False) | Q(post__isnull=False) | Q(person__isnull=False),
            )
        ]


class Statement(FactRecord):
    """What a speaker said, summarised; `language` (BCP 47) is the language spoken, "" when not known."""

    noun = "statement"
    contained_in = ("meeting",)
    keeper_from = "meeting"
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="statements")
    position = models.PositiveIntegerField(default=0)
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="statements")
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="statements")
    organisation = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="statements"
    )
    capacity = translated()
    summary = translated()
    language = models.CharField(max_length=20, blank=True, default="")
    provisions = models.ManyToManyField("records.Provision", related_name="statements", blank=True)

    objects = RecordQuerySet["Statement"].as_manager()

    class Meta:
        ordering = ["meeting_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="statement_of_somebody",
                condition=Q(organisation__isnull=False) | Q(post__isnull=False) | Q(person__isnull=False),
            )
        ]


class Decision(FactRecord):
    """What a meeting decided; `commitment` is the follow-up it became."""

    noun = "decision"
    contained_in = ("meeting",)
    keeper_from = "meeting"
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    position = models.PositiveIntegerField(default=0)
    text = translated()
    commitment = models.ForeignKey(
        "records.Commitment", models.SET_NULL, null=True, blank=True, related_name="decisions"
    )

    objects = RecordQuerySet["Decision"].as_manager()

    class Meta:
        ordering = ["meeting_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(commitment__isnull=False, withdrawn=False),
                name="decision_follow_up_once",
            )
        ]
