"""Frameworks of provisions, what links them, and what somebody thinks of them."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q

from waymark.gcm.errors import NotFoundError
from waymark.gcm.lists import Classification, Stance
from waymark.records.record import (
    FactRecord,
    FromPaper,
    RecordQuerySet,
    classification,
    known_choice,
    one_of,
    paper_constraint,
    translated,
)
from waymark.records.ties import assessing
from waymark.records.viewers import Viewer


def unknown_framework(code: str, known: Sequence[str]) -> NotFoundError:
    """The refusal of a code that none of the frameworks has that are `known` to who asks."""
    if not known:
        return NotFoundError.coded("framework.none_known", framework=code)
    return NotFoundError.coded("framework.unknown", framework=code, known=tuple(known))


class Framework(FactRecord):
    """A text that is followed up.

    The Global Compact, the 2030 Agenda, a national strategy, the recommendations of a review.
    """

    noun = "framework"
    classification = classification(Classification.PUBLIC)
    title = translated()
    short_title = translated()
    issuer = models.CharField(max_length=500, blank=True, default="")
    edition = models.CharField(max_length=300, blank=True, default="")
    date = models.DateField(null=True, blank=True)

    objects = RecordQuerySet["Framework"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """What a review of the viewer's network is assessed against."""
        return Q(pk__in=assessing(viewer))

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="framework_code")]


class Provision(FactRecord):
    """A part of a framework that can be cited: principle, objective, action, goal, target, paragraph, recommendation …

    `code` is unique within the framework. `label` is a short name in our own words; `text` the official words, when
    they were imported, and `text_source` by language where they are from. `position` orders siblings.
    """

    noun = "provision"
    contained_in = ("framework",)
    keeper_from = "framework"
    classification = classification(Classification.PUBLIC)
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    paragraph = models.CharField(max_length=80, blank=True, default="")
    title = translated()
    label = translated()
    text = translated()
    text_source = translated()

    objects = RecordQuerySet["Provision"].as_manager()

    @classmethod
    def tied_to(cls, viewer: Viewer) -> Q:
        """The provisions of a framework that is shown."""
        return Q(framework__in=assessing(viewer))

    class Meta:
        ordering = ["framework_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="provision_code_in_framework"),
            models.CheckConstraint(
                name="provision_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
        ]

    def urn_code(self) -> str:
        """Framework and code: a provision's code is unique only within its framework."""
        return f"{self.framework.code}:{self.code}"


class Crosswalk(FactRecord):
    """A link between provisions of two frameworks (or within one): `relation` says which."""

    noun = "crosswalk"
    contained_in = ("from_provision", "to_provision")
    classification = classification(Classification.PUBLIC)
    from_provision = models.ForeignKey(Provision, models.CASCADE, related_name="links_out")
    to_provision = models.ForeignKey(Provision, models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=40)

    objects = RecordQuerySet["Crosswalk"].as_manager()

    def found_keeper(self) -> str:
        """Who keeps the framework that the link starts from, else the one that it leads to."""
        return self.from_provision.keeper or self.to_provision.keeper

    class Meta:
        ordering = ["from_provision_id", "to_provision_id", "relation"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_provision", "to_provision", "relation"],
                condition=Q(withdrawn=False),
                name="crosswalk_once",
            ),
            models.CheckConstraint(name="crosswalk_not_to_itself", condition=~Q(from_provision=F("to_provision"))),
        ]


class Position(FromPaper, FactRecord):
    """The stance of a place or an organisation on a framework or one provision, on a day.

    Taken by the holder of a post of the organisation, or entered for it, or for the place, from a paper.
    """

    noun = "position"
    contained_in = ("provision", "framework")
    classification = classification(Classification.PUBLIC)
    place = models.ForeignKey("records.Place", models.PROTECT, null=True, blank=True, related_name="positions")
    organisation = models.ForeignKey(
        "records.Organisation", models.PROTECT, null=True, blank=True, related_name="positions"
    )
    framework = models.ForeignKey(Framework, models.CASCADE, null=True, blank=True, related_name="positions")
    provision = models.ForeignKey(Provision, models.CASCADE, null=True, blank=True, related_name="positions")
    stance = models.CharField(max_length=20, choices=Stance.choices)
    date = models.DateField(null=True, blank=True)
    post = models.ForeignKey("records.Post", models.SET_NULL, null=True, blank=True, related_name="positions")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    text = translated()

    objects = RecordQuerySet["Position"].as_manager()

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            one_of("position_of_place_or_organisation", "place", "organisation"),
            one_of("position_on_framework_or_provision", "framework", "provision"),
            known_choice("position_stance_known", "stance", Stance),
            paper_constraint("position"),
            models.CheckConstraint(
                name="position_of_place_from_paper", condition=Q(place__isnull=True) | Q(paper_date__isnull=False)
            ),
        ]
