"""How to reach a person or a network: kept apart from them, so that nothing that shows a person shows an address."""

from django.db import models
from django.db.models import Q

from waymark.gcm.lists import Classification
from waymark.records.record import Record, RecordQuerySet, classification, one_of
from waymark.records.viewers import Viewer


class Contact(Record):
    """The address of a person or a network, its telephone, the language to write in, and its time zone.

    Of a person it is read by that person, by their own body, and by the officers of the network that keeps the person;
    of a network by its members. No tie shows it, and no class opens it to more.
    """

    noun = "contact"
    contained_in = ("person", "network")
    classification = classification(Classification.RESTRICTED)
    person = models.ForeignKey("records.Person", models.CASCADE, null=True, blank=True, related_name="contacts")
    network = models.ForeignKey("records.Network", models.CASCADE, null=True, blank=True, related_name="contacts")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")

    objects = RecordQuerySet["Contact"].as_manager()

    def found_keeper(self) -> str:
        """That of the person, or the network itself."""
        if self.network is not None:
            return self.network.code
        return self.person.keeper if self.person is not None else ""

    @classmethod
    def read_only_by(cls, viewer: Viewer) -> Q:
        """The person, the own body, the officers of the keeper; of a network its members."""
        bodies = sorted({organisation for _, organisation in viewer.seats})
        allowed = Q(person__isnull=False, keeper__in=sorted(viewer.officer_of))
        allowed |= Q(person__organisation__code__in=bodies)
        allowed |= Q(network__code__in=sorted(viewer.networks))
        return allowed | Q(person__code=viewer.person) if viewer.person else allowed

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("contact_of_one", "person", "network"),
            models.UniqueConstraint(fields=["person"], condition=Q(withdrawn=False), name="contact_of_person_once"),
            models.UniqueConstraint(fields=["network"], condition=Q(withdrawn=False), name="contact_of_network_once"),
        ]
