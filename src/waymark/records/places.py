"""Countries, regions, areas of the UN commissions, and places inside countries."""

from django.db import models

from waymark.gcm.lists import Classification
from waymark.records.record import FactRecord, RecordQuerySet, classification, known_choice, translated


class PlaceKind(models.TextChoices):
    """What sort of place."""

    COUNTRY = "country", "country"
    AREA = "area", "territory outside ISO 3166"
    REGION = "region", "region (UN M49)"
    SUBREGION = "subregion", "sub-region (UN M49)"
    COMMISSION_AREA = "commission-area", "area of a UN regional commission"
    GROUP = "group", "group of a publisher"
    FICTIONAL = "fictional", "fictional country of a demonstration"
    SUBNATIONAL = "subnational", "place inside a country"


class Place(FactRecord):
    """A place: `code` is ISO 3166 alpha-3, the M49 number of a region, or our own; it may lie in several others."""

    noun = "place"
    classification = classification(Classification.PUBLIC)
    kind = models.CharField(max_length=16, choices=PlaceKind.choices)
    m49 = models.CharField(max_length=3, blank=True, default="")
    iso2 = models.CharField(max_length=2, blank=True, default="")
    name = translated()
    parents = models.ManyToManyField("self", symmetrical=False, related_name="children", blank=True)

    objects = RecordQuerySet["Place"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="place_code"),
            known_choice("place_kind_known", "kind", PlaceKind),
        ]
