"""Documents: the file's hash, its licence and language, and whether it may be passed on."""

from django.db import models
from django.db.models import Q

from waymark.records.record import FactRecord, RecordQuerySet, translated


class Document(FactRecord):
    """A file or a page that records point to.

    `sha256` is "" while only its address is known; `licence` "" when not stated.
    """

    noun = "document"
    network_path = "network__code"
    network = models.ForeignKey("records.Network", models.CASCADE, null=True, blank=True, related_name="documents")
    title = translated()
    publisher = models.CharField(max_length=500, blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    url = models.CharField(max_length=1000, blank=True, default="")
    file_name = models.CharField(max_length=300, blank=True, default="")
    media_type = models.CharField(max_length=120, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    pages = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=20, blank=True, default="")
    licence = models.CharField(max_length=200, blank=True, default="")
    redistributable = models.BooleanField(default=False)
    retrieved_on = models.DateField(null=True, blank=True)
    retention = models.CharField(max_length=200, blank=True, default="")
    """The rule by which it is kept or erased, in words; "" is the network's default."""

    objects = RecordQuerySet["Document"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="document_code"),
            models.UniqueConstraint(
                fields=["network", "sha256"], condition=~Q(sha256=""), name="document_file_once_per_network"
            ),
            models.CheckConstraint(
                name="document_passed_on_only_with_licence", condition=Q(redistributable=False) | ~Q(licence="")
            ),
        ]
