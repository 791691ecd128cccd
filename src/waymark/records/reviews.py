"""Review cycles, and reviews with their sources, findings, citations and recommendations."""

from django.db import models
from django.db.models import F, Q

from waymark.gcm.lists import Classification, FindingKind, Level
from waymark.records.consultations import Contribution
from waymark.records.indicators import NationalValue
from waymark.records.record import FactRecord, RecordQuerySet, classification, known_choice, one_of, translated
from waymark.records.reports import ProgressReport
from waymark.records.states import REVIEW, REVIEW_SOURCE, choices
from waymark.records.viewers import Viewer


class ReviewCycle(FactRecord):
    """A round of review, such as the IMRF of 2026.

    Its level, days and clusters of objectives, and which cycles it feeds.
    """

    noun = "review-cycle"
    classification = classification(Classification.PUBLIC)
    level = models.CharField(max_length=10, choices=Level.choices)
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="cycles")
    title = translated()
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True, default="")
    clusters = models.JSONField(default=list, blank=True)
    """Round tables: [{"code", "title", "objectives": [codes]}], as the catalogue gives them."""
    feeds = models.ManyToManyField("self", symmetrical=False, related_name="fed_by", blank=True)

    objects = RecordQuerySet["ReviewCycle"].as_manager()

    class Meta:
        ordering = ["from_date", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="review_cycle_code"),
            known_choice("review_cycle_level_known", "level", Level),
            models.CheckConstraint(
                name="review_cycle_ends_after_start",
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
            ),
        ]


class Review(FactRecord):
    """One network's review in a cycle, published by a body; assessed against `frameworks`.

    `drafters` are the persons who wrote or changed anything in it: none of them clears it.
    """

    noun = "review"
    contained_in = ("network",)
    keeper_from = "network"
    classification = classification(Classification.PUBLIC)
    cycle = models.ForeignKey(ReviewCycle, models.PROTECT, related_name="reviews")
    network = models.ForeignKey("records.Network", models.PROTECT, related_name="reviews")
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="reviews")
    publishing_body = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    title = translated()
    language = models.CharField(max_length=20, blank=True, default="en")
    frameworks = models.ManyToManyField("records.Framework", related_name="reviews", blank=True)
    state = models.CharField(max_length=12, choices=choices(REVIEW), default="open")
    drafters = models.ManyToManyField("records.Person", related_name="reviews_drafted", blank=True)

    objects = RecordQuerySet["Review"].as_manager()

    class Meta:
        ordering = ["cycle_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="review_code"),
            models.CheckConstraint(name="review_state_known", condition=Q(state__in=list(REVIEW))),
        ]


class SourceKind(models.TextChoices):
    """What a review is made from."""

    LOCAL_EDITION = "local_edition", "edition of this installation"
    RECEIVED_EDITION = "received_edition", "edition received from another installation"
    FILE = "file", "file"


class ReviewSource(FactRecord):
    """One source of a review.

    `hash` and `signature` are as received. A regional review has national ones as sources.
    """

    noun = "review-source"
    contained_in = ("review",)
    keeper_from = "review"
    review = models.ForeignKey(Review, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title = translated()
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.ForeignKey("records.Edition", models.PROTECT, null=True, blank=True, related_name="used_as_source")
    edition_urn = models.CharField(max_length=400, blank=True, default="")
    document = models.ForeignKey(
        "records.Document", models.PROTECT, null=True, blank=True, related_name="review_sources"
    )
    hash = models.CharField(max_length=64, blank=True, default="")
    signature = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=choices(REVIEW_SOURCE), default="received")
    received_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    check_note = translated()

    objects = RecordQuerySet["ReviewSource"].as_manager()

    class Meta:
        ordering = ["review_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="review_source_code"),
            models.CheckConstraint(name="review_source_state_known", condition=Q(state__in=list(REVIEW_SOURCE))),
            models.CheckConstraint(
                name="review_source_is_what_its_kind_says",
                condition=Q(kind="local_edition", edition__isnull=False)
                | (Q(kind="received_edition", edition__isnull=True) & ~Q(edition_urn=""))
                | Q(kind="file", document__isnull=False, edition__isnull=True),
            ),
            models.CheckConstraint(
                name="review_source_checked_has_hash",
                condition=Q(state__in=["received", "rejected"]) | ~Q(hash=""),
            ),
        ]


class Finding(FactRecord):
    """What a review finds about a provision, or about the whole when it names none.

    A person in a post drafts it; the country confirms it or does not. `drafters` are the persons who wrote or changed
    its words or what it rests on: none of them confirms it.
    """

    noun = "finding"
    contained_in = ("review",)
    keeper_from = "review"
    classification = classification(Classification.PUBLIC)
    review = models.ForeignKey(Review, models.CASCADE, related_name="findings")
    provision = models.ForeignKey("records.Provision", models.PROTECT, null=True, blank=True, related_name="findings")
    kind = models.CharField(max_length=16, choices=FindingKind.choices)
    position = models.PositiveIntegerField(default=0)
    text = translated()
    review_source = models.ForeignKey(ReviewSource, models.PROTECT, null=True, blank=True, related_name="findings")
    drafted_by = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    drafted_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    drafted_by_words = models.CharField(max_length=300, blank=True, default="")
    drafters = models.ManyToManyField("records.Person", related_name="findings_drafted", blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["Finding"].as_manager()

    class Meta:
        ordering = ["review_id", "provision_id", "kind", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="finding_code"),
            known_choice("finding_kind_known", "kind", FindingKind),
            models.CheckConstraint(name="finding_has_text", condition=~Q(text={})),
            models.CheckConstraint(
                name="finding_confirmed_by_and_on",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True) | Q(confirmed_on__isnull=False),
            ),
        ]


CITED = ("progress_report", "commitment", "statement", "contribution", "document", "claim", "national_value")
"""The records that a citation may name, one of them."""
NOTHING_CITED = Q(**{f"{name}__isnull": True for name in CITED})


class Citation(FactRecord):
    """What a finding rests on.

    An observation (by dataset hash, series, place, period, dimensions), or one record: a report, a commitment, a
    statement, a published contribution, a page of a document, a claim, an accepted national value.
    """

    noun = "citation"
    contained_in = ("finding", *CITED)
    rests_on = CITED
    keeper_from = "finding"
    classification = classification(Classification.PUBLIC)
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="citations")
    dataset_hash = models.CharField(max_length=64, blank=True, default="")
    series = models.CharField(max_length=120, blank=True, default="")
    place_code = models.CharField(max_length=40, blank=True, default="")
    period = models.CharField(max_length=40, blank=True, default="")
    dimensions = models.CharField(max_length=300, blank=True, default="")
    progress_report = models.ForeignKey(
        "records.ProgressReport", models.PROTECT, null=True, blank=True, related_name="cited_by"
    )
    commitment = models.ForeignKey("records.Commitment", models.PROTECT, null=True, blank=True, related_name="cited_by")
    statement = models.ForeignKey("records.Statement", models.PROTECT, null=True, blank=True, related_name="cited_by")
    contribution = models.ForeignKey(
        "records.Contribution", models.PROTECT, null=True, blank=True, related_name="cited_by"
    )
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, blank=True, related_name="cited_by")
    page = models.CharField(max_length=40, blank=True, default="")
    passage = models.ForeignKey("records.Passage", models.PROTECT, null=True, blank=True, related_name="cited_by")
    quotation = models.TextField(blank=True, default="")
    """Words of the passage, at most 40, in the document's language."""
    claim = models.ForeignKey("records.Claim", models.PROTECT, null=True, blank=True, related_name="cited_by")
    national_value = models.ForeignKey(
        "records.NationalValue", models.PROTECT, null=True, blank=True, related_name="cited_by"
    )
    drafted_by = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    drafted_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["Citation"].as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """A citation of a report, contribution or national value is read by whoever reads that."""
        report = ProgressReport.shown_in_state(viewer, f"{prefix}progress_report__")
        contribution = Contribution.shown_in_state(viewer, f"{prefix}contribution__")
        value = NationalValue.shown_in_state(viewer, f"{prefix}national_value__")
        return (
            (Q(**{f"{prefix}progress_report__isnull": True}) | report)
            & (Q(**{f"{prefix}contribution__isnull": True}) | contribution)
            & (Q(**{f"{prefix}national_value__isnull": True}) | value)
        )

    class Meta:
        ordering = ["finding_id", "id"]
        constraints = [
            one_of("citation_of_one_record", *CITED, least=0),
            models.CheckConstraint(
                name="citation_of_passage_names_document",
                condition=Q(passage__isnull=True) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="citation_of_one_thing",
                condition=(Q(series="", dataset_hash="") & ~NOTHING_CITED)
                | (~Q(series="") & ~Q(dataset_hash="") & ~Q(place_code="") & ~Q(period="") & NOTHING_CITED),
            ),
        ]


class Recommendation(FactRecord):
    """A provision issued by a review's edition, or by an outside body (`issuer`).

    `edition` is empty until the review is published. `addressee` is the organisation asked to act, empty for the
    whole country. Which objectives it concerns are crosswalks of relation "concerns" from its provision; answers to
    it are positions and ties.
    """

    noun = "recommendation"
    contained_in = ("provision", "review")
    keeper_from = "provision"
    classification = classification(Classification.PUBLIC)
    provision = models.OneToOneField("records.Provision", models.CASCADE, related_name="recommendation")
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="recommendations")
    edition = models.ForeignKey(
        "records.Edition", models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    issuer = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="recommendations_issued"
    )
    addressee = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="recommendations_received"
    )
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="recommendations")
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, blank=True, related_name="recommendations")
    issued_on = models.DateField(null=True, blank=True)
    drafted_by = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    drafted_by_person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet["Recommendation"].as_manager()

    class Meta:
        ordering = ["review_id", "id"]
        constraints = [
            one_of("recommendation_of_review_or_outside_body", "review", "issuer"),
            models.CheckConstraint(
                name="recommendation_edition_is_of_review", condition=Q(edition__isnull=True) | Q(review__isnull=False)
            ),
        ]
