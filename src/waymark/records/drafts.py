"""Working texts that are not yet anything else."""

from django.db import models
from django.db.models import Q

from waymark.records.record import Record, RecordQuerySet, translated
from waymark.records.viewers import Viewer


class Draft(Record):
    """A text being written. It belongs to a post, not to the person who typed it, and passes on with the post.

    Only the holder of the post reads it, whatever its classification.
    """

    noun = "draft"
    contained_in = ("post",)
    keeper_from = "post"
    post = models.ForeignKey("records.Post", models.PROTECT, related_name="drafts")
    subject = models.CharField(max_length=400, blank=True, default="")
    title = translated()
    body = models.JSONField(default=dict, blank=True)
    saved_on = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Draft"].as_manager()

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """A draft is for the holder of its post."""
        return Q(**{f"{prefix}post__code__in": sorted(viewer.posts)})

    class Meta:
        ordering = ["post_id", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="draft_code")]
