"""Documents: the file's hash, its licence and language, and whether it may be passed on; their passages and tags."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import Classification, Verdict
from waymark.records.record import FactRecord, Record, RecordQuerySet, classification, known_choice, translated
from waymark.records.ties import cited_documents
from waymark.records.viewers import Viewer


class Reading(models.TextChoices):
    """Whether a document's file was read into passages."""

    NOT_READ = "not_read", "not read: no file is kept here"
    READ = "read", "read"
    QUARANTINED = "quarantined", "set aside: the file could not be read"


class Document(FactRecord):
    """A file or a page that records point to.

    `sha256` is "" while only its address is known; `licence` "" when not stated. `about` are the places that the text
    speaks about; without any it is about none in particular (global guidance) or nobody said. `former` is the version
    that this one replaces: what cites it goes on pointing at its text. `near` is a document whose text is nearly the
    same. The file and the stored text lie in the data folder under the file's hash; `text_sha256` is that of the
    stored text. `flags` holds, by index of page, what may be wrong with its text (engines.documents.model.Flag).
    """

    noun = "document"
    keeper_from = "network"
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
    about = models.ManyToManyField("records.Place", related_name="documents_about", blank=True)
    former = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later_versions")
    near = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    reading = models.CharField(max_length=12, choices=Reading.choices, default=Reading.NOT_READ)
    reading_note = models.TextField(blank=True, default="")
    """Why the file was set aside, or what its reader noted."""
    parser = models.CharField(max_length=60, blank=True, default="")
    text_sha256 = models.CharField(max_length=64, blank=True, default="")
    flags = models.JSONField(default=dict, blank=True)
    fingerprint = models.JSONField(default=list, blank=True)

    objects = RecordQuerySet["Document"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What is cited in the viewer's network."""
        return cited_documents(viewer)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="document_code"),
            models.UniqueConstraint(
                fields=["network", "sha256"], condition=~Q(sha256=""), name="document_file_once_per_network"
            ),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(network__isnull=True) & ~Q(sha256=""),
                name="document_file_once_without_network",
            ),
            models.CheckConstraint(
                name="document_passed_on_only_with_licence", condition=Q(redistributable=False) | ~Q(licence="")
            ),
            known_choice("document_reading_known", "reading", Reading),
            models.CheckConstraint(
                name="document_read_has_text", condition=~Q(reading="read") | (~Q(sha256="") & ~Q(text_sha256=""))
            ),
            models.CheckConstraint(
                name="document_set_aside_has_reason", condition=~Q(reading="quarantined") | ~Q(reading_note="")
            ),
            models.CheckConstraint(
                name="document_not_its_own_former", condition=Q(former__isnull=True) | ~Q(former=F("id"))
            ),
        ]


class Passage(Record):
    """A piece of a document's stored text that can be cited: characters `start` to `end`.

    It is seen by whoever sees its document, whose classification rules; its own stays "public". `page` is the index of
    the page where it starts, -1 without pages; `page_label` the label printed there; `locator` its place in formats
    without pages. `headings` is the path of headings above it, the outermost first. Passages never change: a new
    version is a new document.
    """

    noun = "passage"
    contained_in = ("document",)
    keeper_from = "document"
    classification = classification(Classification.PUBLIC)
    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    language = models.CharField(max_length=20, blank=True, default="")
    page = models.IntegerField(default=-1)
    page_label = models.CharField(max_length=40, blank=True, default="")
    locator = models.CharField(max_length=300, blank=True, default="")
    headings = models.JSONField(default=list, blank=True)
    flags = models.JSONField(default=list, blank=True)

    objects = RecordQuerySet["Passage"].as_manager()

    class Meta:
        ordering = ["document_id", "position"]
        indexes = [models.Index(fields=["classification", "document"], name="passage_by_classification")]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="passage_once_per_position"),
            models.CheckConstraint(name="passage_has_text", condition=~Q(text="") & Q(end__gt=F("start"))),
        ]

    @property
    def where(self) -> str:
        """The page as a reader finds it: the printed label, else the number of the page, else the place in the file."""
        if self.page_label:
            return self.page_label
        return str(self.page + 1) if self.page >= 0 else self.locator


class TagQuerySet(RecordQuerySet["Tag"]):
    """Tags."""

    def by_persons(self) -> Self:
        """Tags that a person set, or confirmed or rejected."""
        return self.filter(by_person=True)

    def by_model(self) -> Self:
        """Suggestions of the tagger."""
        return self.filter(by_person=False)


class Tag(Record):
    """That a passage speaks to a provision, said by a model (a suggestion with score and reasons) or by a person.

    A model's tag names the `model` that made it and is replaced by a later run; a person's belongs to a `post` and is
    never changed by a run. Without a `provision` a person says that the passage speaks to none of the objectives.
    """

    noun = "tag"
    contained_in = ("passage", "provision")
    keeper_from = "passage"
    classification = classification(Classification.PUBLIC)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="tags")
    provision = models.ForeignKey(
        "records.Provision", models.CASCADE, null=True, blank=True, related_name="tags", db_index=False
    )
    by_person = models.BooleanField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.SPEAKS)
    score = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    model = models.CharField(max_length=80, blank=True, default="")
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="tags")
    date = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["passage_id", "-score", "id"]
        indexes = [
            models.Index(  # holds all that a ranking reads, so that a review need not look up 50,000 rows
                fields=["provision", "by_person", "-score", "passage", "classification"], name="tag_by_provision"
            )
        ]
        constraints = [
            known_choice("tag_verdict_known", "verdict", Verdict),
            models.UniqueConstraint(
                fields=["passage", "provision"], condition=Q(by_person=False), name="tag_of_model_once"
            ),
            models.UniqueConstraint(
                fields=["passage", "provision", "post"], condition=Q(by_person=True), name="tag_once_per_post"
            ),
            models.UniqueConstraint(
                fields=["passage", "post"], condition=Q(verdict="none"), name="tag_none_once_per_post"
            ),
            models.CheckConstraint(
                name="tag_of_model_has_score",
                condition=Q(by_person=True, score__isnull=True, model="")
                | (Q(by_person=False, score__isnull=False, provision__isnull=False, verdict="speaks") & ~Q(model="")),
            ),
            models.CheckConstraint(
                name="tag_none_has_no_provision",
                condition=Q(verdict="none", provision__isnull=True) | (~Q(verdict="none") & Q(provision__isnull=False)),
            ),
        ]
