"""The log of all acts: digests that stay, and the words beside them that can be erased."""

from collections.abc import Mapping
from typing import Any, NoReturn

from django.db import models

from waymark.gcm.errors import RefusedError
from waymark.records.record import urn


class AppendOnlyQuerySet(models.QuerySet["Event"]):
    """Events are added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: the log is only added to."""
        raise RefusedError("event.never_changes")

    def delete(self) -> NoReturn:
        """Refused: the log is only added to."""
        raise RefusedError("event.never_changes")


ERASED = "event.words.erased"
"""The verb of an erasure; its subject is the event whose words are gone."""


def event_urn(network: str, number: int) -> str:
    """The global id of an event."""
    return urn("event", f"{network}:{number}")


class Event(models.Model):
    """One act: `verb` as in `commitment.progress.reported`, the digest of its salted detail, and when it was written.

    `network` and `subject` are texts, so that nothing that may be deleted is pointed to. `number` counts within the
    network. A trigger of the database refuses changes too.
    """

    network = models.CharField(max_length=300, blank=True, default="")
    number = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=400, blank=True, default="")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject"], name="event_by_subject")]
        constraints = [models.UniqueConstraint(fields=["network", "number"], name="event_number_in_network")]

    def __str__(self) -> str:
        return f"{self.network or 'installation'} {self.number}: {self.verb}"

    @property
    def urn(self) -> str:
        """Its global id, under which its erasure is logged."""
        return event_urn(self.network, self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new event; an old one is refused."""
        if self.pk is not None:
            raise RefusedError("event.never_changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the log is only added to."""
        raise RefusedError("event.never_changes")


class LogHead(models.Model):
    """The number of the last event of a network.

    Locked while one is added, so that numbers have no gap and no double.
    """

    network = models.CharField(max_length=300, blank=True, default="", unique=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["network"]

    def __str__(self) -> str:
        return f"{self.network or 'installation'}: {self.last} events"


class EventDetail(models.Model):
    """The words of an event.

    Who, for whom, what changed. Erasing empties `words` and `salt`, and says when and by which rule.
    """

    event = models.OneToOneField(Event, models.PROTECT, related_name="detail")
    salt = models.CharField(max_length=64, blank=True)
    words = models.JSONField(default=dict, blank=True)
    erased_on = models.DateField(null=True, blank=True)
    erased_rule = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["event_id"]
        constraints = [
            models.CheckConstraint(
                name="event_detail_erased_or_kept",
                condition=models.Q(erased_on__isnull=True, erased_rule="")
                | (models.Q(erased_on__isnull=False, salt="", words={}) & ~models.Q(erased_rule="")),
            )
        ]

    def __str__(self) -> str:
        return f"detail of {self.event_id}"


class EventRow(models.Model):
    """A row that the words of an event tell of, besides its subject: by it the history of the row finds the event.

    It says nothing that the words do not say, and is erased with them.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="rows")
    urn = models.CharField(max_length=400, db_index=True)

    class Meta:
        ordering = ["event_id", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "urn"], name="event_row_once")]

    def __str__(self) -> str:
        return f"{self.event_id} tells of {self.urn}"


def rows_told(subject: str, words: Mapping[str, Any]) -> list[str]:
    """The rows that the words of an event about `subject` tell of besides it, in their order."""
    return [row["urn"] for row in words.get("rows", ()) if row["urn"] != subject]


class Seal(models.Model):
    """The Merkle root over a network's events of one day, published so that no change goes unseen.

    It covers the numbers `first` to `last`.
    """

    network = models.CharField(max_length=300, blank=True, default="")
    day = models.DateField()
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)

    class Meta:
        ordering = ["network", "day"]
        constraints = [
            models.UniqueConstraint(fields=["network", "day"], name="seal_once_per_day"),
            models.CheckConstraint(name="seal_covers_events", condition=models.Q(last__gte=models.F("first"))),
        ]

    def __str__(self) -> str:
        return f"{self.network or 'installation'} {self.day}: {self.root}"
