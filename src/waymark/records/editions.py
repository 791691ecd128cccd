"""What a review ends in: candidates for clearance, who cleared them, the editions they became, and withdrawals."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import Classification
from waymark.records.record import (
    FactRecord,
    FromPaper,
    Record,
    RecordQuerySet,
    classification,
    paper_constraint,
    translated,
)
from waymark.records.reviews import Review
from waymark.records.states import CANDIDATE, choices

AUDIENCES = ("public", "network")
"""For whom a review is rendered."""
STANDING = ("submitted", "cleared")
"""The states of a candidate that waits to be cleared or published."""


def files_hash(files: Iterable[tuple[str, str]]) -> str:
    """What a candidate and its edition are known by: the SHA-256 over the names and hashes of the files, by name."""
    lines = [f"{sha256}  {name}\n" for name, sha256 in sorted(files)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


class Rendered(models.Model):
    """Files made from a review: for whom, as of which day, and under which hash.

    `files` is [{"name", "sha256", "size"}], sorted by name; `hash` is `files_hash` of them. `number` counts the
    editions of a review for one audience in one language.
    """

    number = models.PositiveIntegerField()
    audience = models.CharField(max_length=10)
    language = models.CharField(max_length=20, blank=True, default="en")
    as_of = models.DateField(null=True, blank=True)
    files = models.JSONField(default=list)
    hash = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def listed(self) -> dict[str, str]:
        """Name of each file → its SHA-256."""
        return {str(one["name"]): str(one["sha256"]) for one in self.files}


class Candidate(Rendered, Record):
    """The rendered files of a review, submitted for clearance; what is cleared is what is published.

    `number` and `replaces` are those of the edition that it is to become. `content_hash` is that of the review's own
    content when the files were made, `log_at` how far each log went then, and `datasets` the statistics that were
    held, by their hash. A change of the review's content makes it void, with the reason and who made the change.
    """

    noun = "candidate"
    contained_in = ("review",)
    keeper_from = "review"
    review = models.ForeignKey(Review, models.CASCADE, related_name="candidates")
    replaces = models.ForeignKey("records.Edition", models.PROTECT, null=True, blank=True, related_name="+")
    content_hash = models.CharField(max_length=64)
    log_at = models.JSONField(default=dict, blank=True)
    datasets = models.JSONField(default=dict, blank=True)
    submitted_on = models.DateField()
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=choices(CANDIDATE), default="submitted")
    void_reason = models.CharField(max_length=300, blank=True, default="")
    void_by_post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    void_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["Candidate"].as_manager()

    class Meta:
        ordering = ["review_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="candidate_code"),
            models.UniqueConstraint(
                fields=["review", "audience", "language"],
                condition=Q(state__in=STANDING, withdrawn=False),
                name="candidate_stands_once",
            ),
            models.CheckConstraint(name="candidate_state_known", condition=Q(state__in=list(CANDIDATE))),
            models.CheckConstraint(name="candidate_audience_known", condition=Q(audience__in=AUDIENCES)),
            models.CheckConstraint(name="candidate_has_files", condition=~Q(files=[]) & ~Q(hash="")),
            models.CheckConstraint(
                name="candidate_void_with_reason",
                condition=(Q(state="void") & ~Q(void_reason="")) | (~Q(state="void") & Q(void_reason="")),
            ),
        ]


class Clearance(FromPaper, Record):
    """A person clears a candidate in a post; two persons are needed, neither of whom drafted.

    With a paper the operator entered it from what the person signed.
    """

    noun = "clearance"
    contained_in = ("candidate",)
    keeper_from = "candidate"
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="clearances")
    person = models.ForeignKey("records.Person", models.PROTECT, related_name="clearances")
    post = models.ForeignKey("records.Post", models.PROTECT, related_name="clearances")
    date = models.DateField()

    objects = RecordQuerySet["Clearance"].as_manager()

    class Meta:
        ordering = ["candidate_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "person"], condition=Q(withdrawn=False), name="clearance_by_two_persons"
            ),
            paper_constraint("clearance"),
        ]


class Edition(Rendered, FromPaper, FactRecord):
    """A published state of a review: frozen, numbered, citable by its `hash`.

    It has the files of its `candidate`; an edition without one was published elsewhere before and imported.
    `record_sha256` is the hash of the record of its clearance, which lies beside the files. With a paper the operator
    entered the publication from it.
    """

    noun = "edition"
    contained_in = ("review",)
    keeper_from = "review"
    classification = classification(Classification.PUBLIC)
    review = models.ForeignKey(Review, models.PROTECT, related_name="editions")
    candidate = models.OneToOneField(Candidate, models.PROTECT, null=True, blank=True, related_name="edition")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    published_on = models.DateField()
    published_by = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    published_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    record_sha256 = models.CharField(max_length=64, blank=True, default="")

    objects = RecordQuerySet["Edition"].as_manager()

    class Meta:
        ordering = ["review_id", "audience", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="edition_code"),
            models.UniqueConstraint(fields=["review", "audience", "language", "number"], name="edition_number_once"),
            models.CheckConstraint(name="edition_audience_known", condition=Q(audience__in=AUDIENCES)),
            models.CheckConstraint(name="edition_has_files", condition=~Q(files=[]) & ~Q(hash="")),
            models.CheckConstraint(
                name="edition_cleared_has_record", condition=Q(candidate__isnull=True) | ~Q(record_sha256="")
            ),
            paper_constraint("edition"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new edition; a published one is frozen, by a trigger of the database too."""
        if self.pk is not None:
            raise RefusedError("edition.frozen", edition=self.code)
        super().save(*args, **kwargs)


class EditionWithdrawal(FromPaper, FactRecord):
    """An edition is no longer served, for a reason that stands in its place; its files are kept."""

    noun = "edition-withdrawal"
    contained_in = ("edition",)
    keeper_from = "edition"
    classification = classification(Classification.PUBLIC)
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal")
    reason = translated()
    date = models.DateField()
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["EditionWithdrawal"].as_manager()

    class Meta:
        ordering = ["edition_id"]
        constraints = [
            models.CheckConstraint(name="edition_withdrawal_has_reason", condition=~Q(reason={})),
            paper_constraint("edition_withdrawal"),
        ]
