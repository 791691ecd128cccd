"""Rights of a post that its holder lends to somebody else for some days."""

from datetime import date

from django.db import models
from django.db.models import Q

from waymark.records.people import Person, PostHolding
from waymark.records.record import Record, RecordQuerySet, translated


class Delegation(Record):
    """The holder of a post lets another person of the network do what the post may do, from a day to a day.

    `verbs` are the rights lent, by the names of `roles.Verb`; empty: all that the post has. `ended_on` is the day
    from which it gives nothing any more, when it was ended early.
    """

    noun = "delegation"
    contained_in = ("holding",)
    keeper_from = "holding"
    holding = models.ForeignKey(PostHolding, models.CASCADE, related_name="delegations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="delegations")
    verbs = models.JSONField(default=list, blank=True)
    from_date = models.DateField()
    to_date = models.DateField()
    reason = translated()
    ended_on = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Delegation"].as_manager()

    def lasts(self, today: date) -> bool:
        """Whether it covers a day: begun, not over, neither ended early nor withdrawn."""
        ended = self.ended_on is not None and self.ended_on <= today
        return self.shown and self.from_date <= today <= self.to_date and not ended

    class Meta:
        ordering = ["holding_id", "from_date", "id"]
        constraints = [
            models.CheckConstraint(name="delegation_ends_after_start", condition=Q(to_date__gte=models.F("from_date"))),
            models.CheckConstraint(name="delegation_has_reason", condition=~Q(reason={})),
        ]
