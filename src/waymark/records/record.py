"""What every row of the record has: a code, a global id, a classification, and where its fact comes from."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from waymark.gcm.lists import Classification, Mark
from waymark.records.viewers import Viewer
from waymark.records.visibility import settle, visible_condition

M = TypeVar("M", bound="Record", covariant=True)


def urn(noun: str, code: str) -> str:
    """The global id of a record of this installation: `urn:waymark:<instance>:<noun>:<code>`."""
    return f"urn:waymark:{settings.INSTANCE}:{noun}:{code}"


class WordsField(models.JSONField):
    """Words in several languages: {"en": "…", "ka": "…"}; empty when nothing is known."""

    def deconstruct(self) -> Any:
        """For migrations it is a field of JSON."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


def translated() -> Any:
    """A field for words in several languages: {"en": "…", "ka": "…"}; empty when nothing is known."""
    return WordsField(default=dict, blank=True)


def is_translated(field: object) -> bool:
    """Whether a field holds words by language."""
    return isinstance(field, WordsField)


def classification(default: Classification = Classification.NETWORK) -> Any:
    """The classification field with the default of its noun."""
    return models.CharField(max_length=24, choices=Classification.choices, default=default)


class RecordQuerySet(models.QuerySet[M]):
    """Rows of the record; every reader goes through `visible_to`."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Only the rows that `viewer` may read, each also within what contains it."""
        return self.filter(visible_condition(self.model, viewer))

    def standing(self) -> Self:
        """Only the rows that were not withdrawn, nor what they lie in."""
        return self.filter(shown=True)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, after giving every row its URN."""
        rows = list(objs)
        for row in rows:
            row.name_itself()
            settle(row)
            row.stamp(timezone.now())
        return super().bulk_create(rows, *args, **kwargs)


class Record(models.Model):
    """A row of the record. Subclasses say their `noun`, what they are `contained_in` and who keeps them.

    `contained_in` lists foreign keys to the records it lies in: what hides the one hides the other. Of these,
    `rests_on` are those that it cites: none of them is withdrawn while the row stands. `keeper_from` is
    the foreign key to the network or record whose keeper it shares; "" for what is given one when it is entered, such
    as a person. `keeper` is the code of the network that keeps the row, "" for the installation. `effective` is the
    strictest classification of the row and all that it lies in; `sealed_by` the URN of the strictly confidential
    record, itself or what it lies in, whose named readers may read it. `shown` is False once the row, or what it lies
    in, was withdrawn: it leaves every list and stays in the history.
    """

    noun: ClassVar[str] = ""
    contained_in: ClassVar[tuple[str, ...]] = ()
    rests_on: ClassVar[tuple[str, ...]] = ()
    keeper_from: ClassVar[str] = ""

    code = models.CharField(max_length=300)
    urn = models.CharField(max_length=400, unique=True)
    classification = classification()
    keeper = models.CharField(max_length=300, blank=True, default="", editable=False)
    effective = models.CharField(
        max_length=24, choices=Classification.choices, default=Classification.STRICTLY_CONFIDENTIAL, editable=False
    )
    sealed_by = models.CharField(max_length=400, blank=True, default="", editable=False)
    withdrawn = models.BooleanField(default=False)
    shown = models.BooleanField(default=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.urn

    def urn_code(self) -> str:
        """The code in the URN; nouns whose code is unique only within another add that one's code."""
        return self.code

    @classmethod
    def shown_in_state(cls, viewer: Viewer, prefix: str = "") -> Q:
        """A further condition of visibility that depends on the row's state; `prefix` is the path to it. None here."""
        return Q()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q | None:
        """The condition of rows of another keeper that a tie shows to the members of a network; None when nothing does.

        A tie is a membership, a holding or a citation in a network of the viewer. It shows what is for networks, never
        what is restricted.
        """
        return None

    @classmethod
    def read_only_by(cls, viewer: Viewer) -> Q | None:
        """The condition of the readers of a noun that no class opens to anybody else; None for all other nouns."""
        return None

    def found_keeper(self) -> str:
        """The code of the network that keeps the row; what has no key to one has the one it was given."""
        if not self.keeper_from:
            return self.keeper
        other = getattr(self, self.keeper_from)
        return other.keeper if other is not None else ""

    def name_itself(self) -> None:
        """Give the row its URN, once."""
        if not self.urn:
            self.urn = urn(self.noun, self.urn_code())

    def stamp(self, now: datetime) -> None:
        """Note when the row was made and last changed; `version` counts its changes, the first included."""
        self.created_at = self.created_at or now
        self.changed_at = now

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row under its URN."""
        self.name_itself()
        settle(self)
        self.stamp(timezone.now())
        super().save(*args, **kwargs)


class FactRecord(Record):
    """A record that carries a fact.

    `source` names where it is from, `locator` the place in it, `mark` how well it is known.
    """

    source = models.TextField(blank=True, default="")
    locator = models.CharField(max_length=300, blank=True, default="")
    mark = models.CharField(max_length=12, choices=Mark.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        abstract = True


class SpanQuerySet(RecordQuerySet[M]):
    """Rows that hold from a day to a day."""

    def on(self, day: date) -> Self:
        """Rows that hold on `day`: an unknown start counts as before, an end on an unknown day as over."""
        return self.filter(
            Q(from_date__isnull=True) | Q(from_date__lte=day),
            Q(to_date__isnull=True) | Q(to_date__gte=day),
            end_unknown=False,
            shown=True,
        )

    def lasting(self, day: date) -> Self:
        """Rows that go on after `day`: without an end, or with a later one."""
        return self.filter(Q(to_date__isnull=True) | Q(to_date__gt=day), end_unknown=False, shown=True)

    def open(self) -> Self:
        """Rows without an end."""
        return self.filter(OPEN, shown=True)


OPEN = Q(to_date__isnull=True, end_unknown=False, withdrawn=False)
"""Condition of a span that has no end on record and was not withdrawn."""


class Span(models.Model):
    """From a first day to a last day, both included.

    No `from_date`: the start is not known. No `to_date`: no end is on record, or, with `end_unknown`, it ended on a day
    that is not known.
    """

    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    end_unknown = models.BooleanField(default=False)

    class Meta:
        abstract = True


class FromPaper(models.Model):
    """What a body said or did elsewhere and somebody entered for it: from which paper, of which day.

    `paper` is the document on record, `paper_words` names a paper that is not ("letter 12/4 of the Ministry"),
    `paper_date` its day. All three empty: the body said it here itself, by the holder of its post.
    """

    paper = models.ForeignKey("records.Document", models.PROTECT, null=True, blank=True, related_name="+")
    paper_words = models.CharField(max_length=500, blank=True, default="")
    paper_date = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def entered_for(self) -> bool:
        """Whether it was entered for the body that it is of."""
        return self.paper_date is not None


def paper_constraint(name: str) -> models.CheckConstraint:
    """The database rule of what is entered from a paper: the paper and its day are named together, or neither."""
    named = Q(paper__isnull=False) | ~Q(paper_words="")
    return models.CheckConstraint(
        name=f"{name}_paper_has_day",
        condition=(named & Q(paper_date__isnull=False))
        | Q(paper__isnull=True, paper_words="", paper_date__isnull=True),
    )


def span_constraints(name: str) -> list[models.CheckConstraint]:
    """The database rules of a span: it does not end before it starts, and an unknown end has no day."""
    return [
        models.CheckConstraint(
            name=f"{name}_ends_after_start",
            condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=models.F("from_date")),
        ),
        models.CheckConstraint(
            name=f"{name}_end_known_or_not", condition=Q(to_date__isnull=True) | Q(end_unknown=False)
        ),
    ]


def one_of(name: str, *fields: str, least: int = 1) -> models.CheckConstraint:
    """The database rule that exactly one of `fields` is filled (at most one when `least` is 0)."""
    allowed = Q()
    for chosen in fields:
        allowed |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    if least == 0:
        allowed |= Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(name=name, condition=allowed)


def known_choice(
    name: str, field: str, choices: type[models.TextChoices] | type[StrEnum], *, blank: bool = False
) -> models.CheckConstraint:
    """The database rule that `field` holds one of `choices` (or nothing, when `blank`)."""
    values = [choice.value for choice in choices]
    values += [""] if blank else []
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": values}))
