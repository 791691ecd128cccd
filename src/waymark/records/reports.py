"""Reporting periods and progress reports in three voices, with their evidence."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import EmptyReason
from waymark.records.record import FactRecord, RecordQuerySet, known_choice, translated
from waymark.records.states import PROGRESS_REPORT, choices
from waymark.records.viewers import Viewer


class Voice(models.TextChoices):
    """Who speaks in a progress report; nobody reports in another voice."""

    IMPLEMENTER = "implementer", "implementer"
    SECRETARIAT = "secretariat", "secretariat"
    CIVIL_SOCIETY = "civil_society", "civil society"


class ReportingPeriod(FactRecord):
    """A period on which a network reports; reports are due on `due_date`; a locked period takes no more of them."""

    noun = "reporting-period"
    contained_in = ("network",)
    keeper_from = "network"
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="periods")
    title = translated()
    from_date = models.DateField()
    to_date = models.DateField()
    due_date = models.DateField(null=True, blank=True)
    locked = models.BooleanField(default=False)

    objects = RecordQuerySet["ReportingPeriod"].as_manager()

    class Meta:
        ordering = ["network_id", "from_date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="reporting_period_code"),
            models.CheckConstraint(name="reporting_period_ends_after_start", condition=Q(to_date__gte=F("from_date"))),
        ]


class ProgressReportQuerySet(RecordQuerySet["ProgressReport"]):
    """Progress reports."""

    def accepted(self) -> Self:
        """Reports that count."""
        return self.filter(state="accepted")


class ProgressReport(FactRecord):
    """How far a commitment is, said by one organisation in one voice for one period.

    `rating` is a step of `scale` (codes of gcm.scales); without one, `empty_reason` says why. `reason` explains a
    delay or a difference from another voice's rating; `return_note` is what the secretariat asks when it returns the
    report.
    """

    noun = "progress-report"
    contained_in = ("commitment",)
    keeper_from = "commitment"
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
    return_note = translated()
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="reports")
    accepted_by = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ProgressReportQuerySet.as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """Only accepted reports leave their network; a draft is its organisation's own there."""
        shown = Q(**{f"{prefix}state": "accepted"})
        if viewer.networks:
            shown |= ~Q(**{f"{prefix}state": "draft"}) & Q(**{f"{prefix}keeper__in": sorted(viewer.networks)})
        for network, organisation in sorted(viewer.seats):
            shown |= Q(**{f"{prefix}keeper": network, f"{prefix}organisation__code": organisation})
        return shown

    class Meta:
        ordering = ["commitment_id", "period_id", "voice", "organisation_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "period", "organisation", "voice"], name="progress_report_once_per_voice"
            ),
            known_choice("progress_report_voice_known", "voice", Voice),
            known_choice("progress_report_empty_reason_known", "empty_reason", EmptyReason, blank=True),
            models.CheckConstraint(name="progress_report_state_known", condition=Q(state__in=list(PROGRESS_REPORT))),
            models.CheckConstraint(
                name="progress_report_rated_or_reason",
                condition=Q(state__in=["draft", "returned"])
                | (~Q(rating="") & Q(empty_reason=""))
                | (Q(rating="") & ~Q(empty_reason="")),
            ),
            models.CheckConstraint(
                name="progress_report_submitted_has_day",
                condition=Q(state="draft") | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="progress_report_accepted_has_day",
                condition=Q(state="accepted", accepted_on__isnull=False)
                | (~Q(state="accepted") & Q(accepted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="progress_report_returned_has_note", condition=~Q(state="returned") | ~Q(return_note={})
            ),
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
