"""How a commitment is planned: its results, how they are verified, what they rest on, what they cost.

The words are those of the logical framework (OECD glossary of key terms) and of the IATI standard: a result is an
output, an outcome or an impact; a risk may happen, an assumption must hold; both lie outside the hands of those who
carry the commitment, so they are one noun of two kinds.
"""

from django.db import models
from django.db.models import Q

from waymark.records.commitments import Commitment, OfCommitment
from waymark.records.record import FactRecord, RecordQuerySet, known_choice, one_of, translated


class ResultKind(models.TextChoices):
    """Where in the chain of results something stands."""

    OUTPUT = "output", "output"
    OUTCOME = "outcome", "outcome"
    IMPACT = "impact", "impact"


class Result(OfCommitment, FactRecord):
    """What a commitment brings about: an output, an outcome or an impact, with the indicator in words."""

    noun = "result"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="results")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=ResultKind.choices)
    words = translated()
    indicator = translated()
    baseline = models.TextField(blank=True, default="")
    target = models.TextField(blank=True, default="")

    objects = RecordQuerySet["Result"].as_manager()

    class Meta:
        ordering = ["commitment_id", "position", "id"]
        constraints = [
            known_choice("result_kind_known", "kind", ResultKind),
            models.CheckConstraint(name="result_has_words", condition=~Q(words={})),
        ]


class MeansOfVerification(OfCommitment, FactRecord):
    """How one sees whether a result, or the metric of the commitment, was reached: where the figures come from.

    `provider` is the organisation that gives them; `how_often` is as the plan says it ("each quarter").
    """

    noun = "means-of-verification"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="means")
    result = models.ForeignKey(Result, models.PROTECT, null=True, blank=True, related_name="means")
    position = models.PositiveIntegerField(default=0)
    words = translated()
    provider = models.ForeignKey("records.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    how_often = models.CharField(max_length=120, blank=True, default="")

    objects = RecordQuerySet["MeansOfVerification"].as_manager()

    class Meta:
        ordering = ["commitment_id", "position", "id"]
        constraints = [models.CheckConstraint(name="means_of_verification_has_words", condition=~Q(words={}))]


class RiskKind(models.TextChoices):
    """Whether something may happen, or must hold."""

    RISK = "risk", "risk"
    ASSUMPTION = "assumption", "assumption"


class Degree(models.TextChoices):
    """How likely a risk is, and how much it would change."""

    LOW = "low", "low"
    MEDIUM = "medium", "medium"
    HIGH = "high", "high"


class Risk(OfCommitment, FactRecord):
    """What a commitment depends on and nobody in it decides: a risk that may happen, an assumption that must hold.

    A risk may have a likelihood, an effect, and an answer: what is done about it.
    """

    noun = "risk"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="risks")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=RiskKind.choices)
    words = translated()
    likelihood = models.CharField(max_length=6, choices=Degree.choices, blank=True, default="")
    effect = models.CharField(max_length=6, choices=Degree.choices, blank=True, default="")
    answer = translated()

    objects = RecordQuerySet["Risk"].as_manager()

    class Meta:
        ordering = ["commitment_id", "position", "id"]
        constraints = [
            known_choice("risk_kind_known", "kind", RiskKind),
            known_choice("risk_likelihood_known", "likelihood", Degree, blank=True),
            known_choice("risk_effect_known", "effect", Degree, blank=True),
            models.CheckConstraint(name="risk_has_words", condition=~Q(words={})),
            models.CheckConstraint(
                name="risk_assumption_is_not_weighed", condition=Q(kind="risk") | Q(likelihood="", effect="")
            ),
        ]


class BudgetLine(OfCommitment, FactRecord):
    """Money for a commitment: planned, available and spent, for a year or a reporting period, from a funder.

    Amounts are in `currency` (ISO 4217); one that is not known is empty, never 0.
    """

    noun = "budget-line"
    contained_in = ("commitment",)
    keeper_from = "commitment"
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="budget")
    position = models.PositiveIntegerField(default=0)
    title = translated()
    funder = models.ForeignKey("records.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    period = models.ForeignKey("records.ReportingPeriod", models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3)
    planned = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    available = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)

    objects = RecordQuerySet["BudgetLine"].as_manager()

    class Meta:
        ordering = ["commitment_id", "position", "id"]
        constraints = [
            one_of("budget_line_of_year_or_period", "year", "period", least=0),
            models.CheckConstraint(name="budget_line_has_currency", condition=~Q(currency="")),
            models.CheckConstraint(
                name="budget_line_has_an_amount",
                condition=Q(planned__isnull=False) | Q(available__isnull=False) | Q(spent__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(available__isnull=True) | Q(available__gte=0))
                & (Q(spent__isnull=True) | Q(spent__gte=0)),
            ),
        ]
