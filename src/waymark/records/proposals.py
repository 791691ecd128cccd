"""What somebody who does not keep a row would change in it, and what its keeper said to that."""

from django.db import models
from django.db.models import Q

from waymark.records.record import Record, RecordQuerySet, translated
from waymark.records.states import PROPOSAL, choices
from waymark.records.viewers import Viewer


class ChangeProposal(Record):
    """A change of a row that waits for the row's keeper: `changes` is field → value as plain data, with the reason.

    `subject` is the row's URN, `seen` the version that was read when the change was proposed. The keeper of the
    proposal is that of its row; `proposed_for` the network whose post proposed it, "" for the operator.
    """

    noun = "change-proposal"
    subject = models.CharField(max_length=400)
    seen = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    reason = translated()
    state = models.CharField(max_length=12, choices=choices(PROPOSAL), default="waiting")
    proposed_for = models.CharField(max_length=300, blank=True, default="")
    post = models.ForeignKey("records.Post", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    answer = translated()

    objects = RecordQuerySet["ChangeProposal"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What was proposed for the viewer's network."""
        return Q(proposed_for__in=sorted(viewer.networks))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="change_proposal_code"),
            models.CheckConstraint(name="change_proposal_state_known", condition=Q(state__in=list(PROPOSAL))),
            models.CheckConstraint(name="change_proposal_has_reason", condition=~Q(reason={})),
            models.CheckConstraint(
                name="change_proposal_declined_with_answer", condition=~Q(state="declined") | ~Q(answer={})
            ),
        ]
