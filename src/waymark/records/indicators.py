"""National indicators and national values: what people of a network add to the statistics of the catalogue."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from waymark.gcm.indicators import NATIONAL
from waymark.gcm.lists import BoundSign, Classification, EmptyReason, WantedDirection
from waymark.records.record import (
    FactRecord,
    FromPaper,
    RecordQuerySet,
    classification,
    known_choice,
    paper_constraint,
    translated,
)
from waymark.records.states import NATIONAL_VALUE, choices
from waymark.records.viewers import Viewer


class NationalIndicator(FactRecord):
    """An indicator that a network defines for its place, with the fields of the catalogue's definitions.

    It stands under the objectives of the `provisions` that it serves. `source`, `locator` and `mark` say where the
    definition is from; the target has a source of its own. `producer` is the body that makes the figures.
    """

    noun = "national-indicator"
    contained_in = ("network",)
    keeper_from = "network"
    classification = classification(Classification.PUBLIC)
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="indicators")
    place = models.ForeignKey("records.Place", models.PROTECT, related_name="indicators")
    producer = models.ForeignKey("records.Organisation", models.PROTECT, related_name="indicators_produced")
    provisions = models.ManyToManyField("records.Provision", related_name="national_indicators")
    title = translated()
    meaning = translated()
    unit = models.CharField(max_length=60)
    unit_label = translated()
    direction = models.CharField(max_length=8, choices=WantedDirection.choices)
    target = models.FloatField(null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target_source = models.TextField(blank=True, default="")
    baseline_year = models.PositiveSmallIntegerField(default=2015)
    valid_min = models.FloatField(null=True, blank=True)
    valid_max = models.FloatField(null=True, blank=True)
    natural_limit = models.FloatField(null=True, blank=True)
    traits = models.JSONField(default=list, blank=True)
    disaggregations = models.JSONField(default=list, blank=True)
    caveats = translated()
    outside_compact = models.BooleanField(default=False)

    objects = RecordQuerySet["NationalIndicator"].as_manager()

    @property
    def series(self) -> str:
        """The name of its series among the observations."""
        return f"{NATIONAL}{self.code}"

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="national_indicator_code"),
            known_choice("national_indicator_direction_known", "direction", WantedDirection),
            models.CheckConstraint(name="national_indicator_has_title", condition=~Q(title={})),
            models.CheckConstraint(name="national_indicator_has_meaning", condition=~Q(meaning={})),
            models.CheckConstraint(
                name="national_indicator_target_has_source",
                condition=Q(target__isnull=True, target_year__isnull=True, target_source="")
                | (Q(target__isnull=False, target_year__isnull=False) & ~Q(target_source="")),
            ),
        ]


class NationalValueQuerySet(RecordQuerySet["NationalValue"]):
    """National values."""

    def accepted(self) -> Self:
        """Values that join the statistics."""
        return self.filter(state="accepted")


def _person() -> Any:
    return models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")


def _post() -> Any:
    return models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")


SAYS_ONE_THING = (
    Q(value__isnull=False, qualifier="", bound__isnull=True, empty_reason="")
    | (Q(value__isnull=True, bound__isnull=False, empty_reason="") & ~Q(qualifier=""))
    | (Q(value__isnull=True, qualifier="", bound__isnull=True) & ~Q(empty_reason=""))
)
"""A value, a bound with its sign, or why there is none."""


class NationalValue(FromPaper, FactRecord):
    """What an organisation says an indicator is in a place and period: a value, a bound, or why there is none.

    The indicator is a national one, or one of the catalogue by its code. The source is the organisation, with the
    `document` and page or the `address` where it published the value, and the paper from which it was entered for it.
    A value that `corrects` another takes its place when it is accepted. `writers` are the persons whose words it says.
    """

    noun = "national-value"
    contained_in = ("network", "indicator", "document")
    rests_on = ("document",)
    keeper_from = "network"
    classification = classification(Classification.PUBLIC)
    network = models.ForeignKey("records.Network", models.CASCADE, related_name="national_values")
    indicator = models.ForeignKey(NationalIndicator, models.CASCADE, null=True, blank=True, related_name="values")
    catalogue_code = models.CharField(max_length=80, blank=True, default="")
    place = models.ForeignKey("records.Place", models.PROTECT, related_name="national_values")
    organisation = models.ForeignKey("records.Organisation", models.PROTECT, related_name="national_values")
    period = models.CharField(max_length=20)
    disaggregation = models.CharField(max_length=300, blank=True, default="")
    unit = models.CharField(max_length=60)
    value = models.FloatField(null=True, blank=True)
    qualifier = models.CharField(max_length=1, choices=BoundSign.choices, blank=True, default="")
    bound = models.FloatField(null=True, blank=True)
    empty_reason = models.CharField(max_length=20, choices=EmptyReason.choices, blank=True, default="")
    break_before = models.BooleanField(default=False)
    document = models.ForeignKey(
        "records.Document", models.PROTECT, null=True, blank=True, related_name="national_values"
    )
    page = models.CharField(max_length=40, blank=True, default="")
    address = models.CharField(max_length=1000, blank=True, default="")
    state = models.CharField(max_length=10, choices=choices(NATIONAL_VALUE), default="draft")
    submitted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    return_note = translated()
    accepted_on = models.DateField(null=True, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    correction_reason = translated()
    corrected_on = models.DateField(null=True, blank=True)
    post = _post()
    writers = models.ManyToManyField("records.Person", related_name="values_written", blank=True)
    returned_by = _post()
    returned_by_person = _person()
    accepted_by = _post()
    accepted_by_person = _person()

    objects = NationalValueQuerySet.as_manager()

    @property
    def measured(self) -> str:
        """The code of the indicator, national or of the catalogue."""
        return self.indicator.code if self.indicator is not None else self.catalogue_code

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """Accepted values leave their network; a draft is its organisation's own there.

        What was corrected is read by the members of the network: others read the value that took its place.
        """
        shown = Q(**{f"{prefix}state": "accepted"})
        if viewer.networks:
            sent = ("submitted", "returned", "corrected")
            shown |= Q(**{f"{prefix}state__in": sent, f"{prefix}keeper__in": sorted(viewer.networks)})
        for network, organisation in sorted(viewer.seats):
            shown |= Q(**{f"{prefix}keeper": network, f"{prefix}organisation__code": organisation})
        return shown

    class Meta:
        ordering = ["indicator_id", "catalogue_code", "period", "disaggregation", "organisation_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period", "disaggregation"],
                condition=Q(indicator__isnull=False, corrects__isnull=True, withdrawn=False),
                name="national_value_once",
            ),
            models.UniqueConstraint(
                fields=["network", "catalogue_code", "organisation", "period", "disaggregation"],
                condition=Q(indicator__isnull=True, corrects__isnull=True, withdrawn=False),
                name="national_value_of_catalogue_once",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False, withdrawn=False),
                name="national_value_corrected_once",
            ),
            models.CheckConstraint(name="national_value_state_known", condition=Q(state__in=list(NATIONAL_VALUE))),
            known_choice("national_value_qualifier_known", "qualifier", BoundSign, blank=True),
            known_choice("national_value_empty_reason_known", "empty_reason", EmptyReason, blank=True),
            models.CheckConstraint(
                name="national_value_of_one_indicator",
                condition=Q(indicator__isnull=False, catalogue_code="")
                | (Q(indicator__isnull=True) & ~Q(catalogue_code="")),
            ),
            models.CheckConstraint(name="national_value_says_one_thing", condition=SAYS_ONE_THING),
            models.CheckConstraint(
                name="national_value_submitted_has_day",
                condition=Q(state="draft") | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="national_value_accepted_has_day",
                condition=Q(state__in=["accepted", "corrected"], accepted_on__isnull=False)
                | (~Q(state__in=["accepted", "corrected"]) & Q(accepted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="national_value_corrected_has_day",
                condition=Q(state="corrected", corrected_on__isnull=False)
                | (~Q(state="corrected") & Q(corrected_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="national_value_correction_has_reason",
                condition=Q(corrects__isnull=True) | ~Q(correction_reason={}),
            ),
            models.CheckConstraint(
                name="national_value_returned_has_note", condition=~Q(state="returned") | ~Q(return_note={})
            ),
            paper_constraint("national_value"),
        ]
