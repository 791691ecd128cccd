"""What a tie in a network of the viewer shows of rows that another network keeps, or the installation.

A holding shows the person who holds, a membership the organisation, a citation or a piece of evidence the document, a
citation the claim, a review the framework it is assessed against. Models are asked by name: theirs import this file.
"""

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from waymark.records.viewers import Viewer


def _rows(model: str, viewer: Viewer) -> QuerySet[Any]:
    """The rows of a model that the viewer's networks keep and that are not kept to fewer than all members."""
    found: Any = apps.get_model("records", model)
    rows: QuerySet[Any] = found.objects.filter(keeper__in=sorted(viewer.networks), effective__in=("public", "network"))
    return rows.order_by()


def holders(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the persons who hold or held a post there."""
    return _rows("PostHolding", viewer).values("person")


def members(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the organisations that are or were a member there."""
    return _rows("Membership", viewer).values("organisation")


def cited_documents(viewer: Viewer) -> Q:
    """The documents that a finding or a report there points to."""
    cited = _rows("Citation", viewer).filter(document__isnull=False).values("document")
    shown = _rows("Evidence", viewer).filter(document__isnull=False).values("document")
    return Q(pk__in=cited) | Q(pk__in=shown)


def cited_claims(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the claims that a finding there points to."""
    return _rows("Citation", viewer).filter(claim__isnull=False).values("claim")


def assessing(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the frameworks that a review there is assessed against."""
    return _rows("Review", viewer).filter(frameworks__isnull=False).values("frameworks")


def followed(viewer: Viewer) -> RawSQL:
    """Keys of the commitments that a network of the viewer follows, by agreement of both sides."""
    return _followed(viewer.networks)


@lru_cache(maxsize=1000)
def _followed(networks: frozenset[str]) -> RawSQL:
    found: Any = apps.get_model("records", "Following")
    rows: QuerySet[Any] = found.objects.filter(network__code__in=sorted(networks), state="agreed", shown=True)
    return ready(rows.order_by().values("commitment"))


def ready(keys: QuerySet[Any]) -> RawSQL:
    """Keys as a finished piece of SQL: a page asks for them in every condition, and Django would take each apart."""
    return RawSQL(*keys.query.sql_with_params())
