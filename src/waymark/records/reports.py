"""Reporting periods with who owes a report when, and progress reports in three voices with their evidence."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import EmptyReason, Voice
from waymark.records.delegations import Delegation
from waymark.records.record import (
    FactRecord,
    FromPaper,
    RecordQuerySet,
    known_choice,
    paper_constraint,
    translated,
)
from waymark.records.states import PROGRESS_REPORT, choices
from waymark.records.ties import followed
from waymark.records.viewers import Viewer


class Schedule(models.TextChoices):
    """How often a network reports."""

    HALF_YEAR = "half_year", "each half-year"
    QUARTER = "quarter", "each quarter"
    YEAR = "year", "each year"
    IRREGULAR = "irregular", "on days of its own"


class FormReason(models.TextChoices):
    """Why the form of a report is returned; what it says is its writer's."""

    OTHER_PLACE = "other_place", "another commitment or period is meant"
    INCOMPLETE = "incomplete", "a part of the form is empty"
    UNREADABLE = "unreadable", "a file or an address of the evidence cannot be opened"
    LANGUAGE = "language", "it is in none of the network's languages"
    NOT_ENTITLED = "not_entitled", "who sent it does not speak for the organisation"
    PERSONAL_DATA = "personal_data", "it holds personal data that may not be kept"


class ReportingPeriod(FactRecord):
    """A period on which a network reports; reports are due on `due_date`; a locked period takes no more of them.

    `schedule` is that from which it was made, "" when it was opened by itself.
    """

    noun = "reporting-period"
    contained_in = ("network",)
    keeper_from = "network"
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="periods")
    title = translated()
    from_date = models.DateField()
    to_date = models.DateField()
    due_date = models.DateField(null=True, blank=True)
    schedule = models.CharField(max_length=10, choices=Schedule.choices, blank=True, default="")
    locked = models.BooleanField(default=False)

    objects = RecordQuerySet["ReportingPeriod"].as_manager()

    class Meta:
        ordering = ["network_id", "from_date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="reporting_period_code"),
            known_choice("reporting_period_schedule_known", "schedule", Schedule, blank=True),
            models.CheckConstraint(name="reporting_period_ends_after_start", condition=Q(to_date__gte=F("from_date"))),
        ]


class DueDate(FactRecord):
    """The day by which an organisation reports on a period, because a commitment that it carries runs then.

    Made and brought up to date by acts. `own_day` says that this organisation was given another day than the period's.
    """

    noun = "due-date"
    contained_in = ("period",)
    keeper_from = "period"
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="due_dates")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="due_dates")
    due_date = models.DateField()
    own_day = models.BooleanField(default=False)

    objects = RecordQuerySet["DueDate"].as_manager()

    class Meta:
        ordering = ["period_id", "organisation_id"]
        constraints = [models.UniqueConstraint(fields=["period", "organisation"], name="due_date_once")]


class Excuse(FactRecord):
    """An organisation need not report on a period, for a reason; its reports are then never missing."""

    noun = "excuse"
    contained_in = ("period",)
    keeper_from = "period"
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="excuses")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="excuses")
    reason = translated()
    date = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["Excuse"].as_manager()

    class Meta:
        ordering = ["period_id", "organisation_id", "id"]
        constraints = [
            models.CheckConstraint(name="excuse_has_reason", condition=~Q(reason={})),
            models.UniqueConstraint(
                fields=["period", "organisation"], condition=Q(withdrawn=False), name="excuse_once"
            ),
        ]


class ProgressReportQuerySet(RecordQuerySet["ProgressReport"]):
    """Progress reports."""

    def accepted(self) -> Self:
        """Reports that count."""
        return self.filter(state="accepted")


def _person() -> Any:
    return models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")


def _post() -> Any:
    return models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")


class ProgressReport(FromPaper, FactRecord):
    """How far a commitment is, said by one organisation in one voice for one period.

    It is kept by the network of its period: that of the commitment, or one that follows it. `rating` is a step of
    `scale` (codes of gcm.scales); without one, `empty_reason` says why. `reason` explains a delay or a difference from
    another voice's rating; `return_note` is what is asked when it is returned, `return_form` why its form is.
    `accept_by` is the last day of the days that the secretariat has; `untouched` says that they passed without an
    answer. A report that `corrects` another takes its place when it is accepted.
    """

    noun = "progress-report"
    contained_in = ("commitment",)
    keeper_from = "period"
    commitment = models.ForeignKey("records.Commitment", models.CASCADE, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="reports")
    voice = models.CharField(max_length=16, choices=Voice.choices)
    scale = models.CharField(max_length=60)
    rating = models.CharField(max_length=60, blank=True, default="")
    empty_reason = models.CharField(max_length=20, choices=EmptyReason.choices, blank=True, default="")
    narrative = translated()
    reason = translated()
    state = models.CharField(max_length=10, choices=choices(PROGRESS_REPORT), default="draft")
    submitted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    accept_by = models.DateField(null=True, blank=True)
    untouched = models.BooleanField(default=False)
    return_note = translated()
    return_form = models.CharField(max_length=16, choices=FormReason.choices, blank=True, default="")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    correction_reason = translated()
    corrected_on = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="reports")
    person = _person()
    revised_by_person = _person()
    released_on = models.DateField(null=True, blank=True)
    released_by = _post()
    released_by_person = _person()
    submitted_by_person = _person()
    returned_by = _post()
    returned_by_person = _person()
    accepted_by = _post()
    accepted_by_person = _person()

    objects = ProgressReportQuerySet.as_manager()

    @property
    def writers(self) -> frozenset[int]:
        """Keys of the persons who wrote, revised or submitted it, and of those for whom they did as delegates."""
        keys = {self.person_id, self.revised_by_person_id, self.submitted_by_person_id} - {None}
        lent = Delegation.objects.filter(person__in=keys, holding__post__organisation=self.organisation_id)
        return frozenset({*keys, *lent.order_by().values_list("holding__person", flat=True)})  # type: ignore[arg-type]

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """Accepted reports leave their network, and those that its secretariat left without an answer.

        A draft is its organisation's own there. What was corrected is read by whoever reads the correction.
        """
        shown = Q(**{f"{prefix}state__in": ("accepted", "corrected")})
        shown |= Q(**{f"{prefix}state": "submitted", f"{prefix}untouched": True})
        if viewer.networks:
            sent = ("submitted", "returned")
            shown |= Q(**{f"{prefix}state__in": sent, f"{prefix}keeper__in": sorted(viewer.networks)})
        for network, organisation in sorted(viewer.seats):
            shown |= Q(**{f"{prefix}keeper": network, f"{prefix}organisation__code": organisation})
        return shown

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What was accepted at home on a commitment that a network of the viewer follows."""
        return Q(commitment__in=followed(viewer), keeper=F("commitment__keeper"))

    class Meta:
        ordering = ["commitment_id", "period_id", "voice", "organisation_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "period", "organisation", "voice"],
                condition=Q(corrects__isnull=True, withdrawn=False),
                name="progress_report_once_per_voice",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False, withdrawn=False),
                name="progress_report_corrected_once",
            ),
            known_choice("progress_report_voice_known", "voice", Voice),
            known_choice("progress_report_empty_reason_known", "empty_reason", EmptyReason, blank=True),
            known_choice("progress_report_form_known", "return_form", FormReason, blank=True),
            models.CheckConstraint(name="progress_report_state_known", condition=Q(state__in=list(PROGRESS_REPORT))),
            models.CheckConstraint(
                name="progress_report_rated_or_reason",
                condition=Q(state__in=["draft", "returned"])
                | (~Q(rating="") & Q(empty_reason=""))
                | (Q(rating="") & ~Q(empty_reason="")),
            ),
            models.CheckConstraint(
                name="progress_report_submitted_has_day",
                condition=Q(state__in=["draft", "released"]) | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="progress_report_accepted_has_day",
                condition=Q(state__in=["accepted", "corrected"], accepted_on__isnull=False)
                | (~Q(state__in=["accepted", "corrected"]) & Q(accepted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="progress_report_corrected_has_day",
                condition=Q(state="corrected", corrected_on__isnull=False)
                | (~Q(state="corrected") & Q(corrected_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="progress_report_correction_has_reason",
                condition=Q(corrects__isnull=True) | ~Q(correction_reason={}),
            ),
            models.CheckConstraint(
                name="progress_report_returned_has_note",
                condition=~Q(state="returned") | ~Q(return_note={}) | ~Q(return_form=""),
            ),
            models.CheckConstraint(
                name="progress_report_of_society_returned_for_form",
                condition=~Q(state="returned", voice="civil_society") | ~Q(return_form=""),
            ),
            paper_constraint("progress_report"),
        ]


class Evidence(FactRecord):
    """What shows that a report is true: a document with page, an address, or a description of where it lies."""

    noun = "evidence"
    contained_in = ("report", "document")
    rests_on = ("document",)
    keeper_from = "report"
    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="evidence")
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, blank=True, related_name="evidence_of")
    page = models.CharField(max_length=40, blank=True, default="")
    passage = models.ForeignKey("records.Passage", models.PROTECT, null=True, blank=True, related_name="evidence_of")
    quotation = models.TextField(blank=True, default="")
    """Words of the passage, at most 40, in the document's language."""
    url = models.CharField(max_length=1000, blank=True, default="")
    text = translated()

    objects = RecordQuerySet["Evidence"].as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """Evidence is read by whoever reads its report."""
        return ProgressReport.shown_in_state(viewer, f"{prefix}report__")

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """The evidence of what was accepted at home on a commitment that a network of the viewer follows."""
        return Q(report__commitment__in=followed(viewer), keeper=F("report__commitment__keeper"))

    class Meta:
        ordering = ["report_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="evidence_of_something",
                condition=Q(document__isnull=False) | ~Q(url="") | ~Q(text={}),
            ),
            models.CheckConstraint(
                name="evidence_of_passage_names_document",
                condition=Q(passage__isnull=True) | Q(document__isnull=False),
            ),
        ]
