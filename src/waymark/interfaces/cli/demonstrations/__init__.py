"""Load the two demonstrations: Georgia from public sources, and the fictional country Orvenia.

Everything is entered through the acts, so that rules hold and events are written. The data lie in
`catalogue/demonstrations/<code>/`, by noun.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from django.db import transaction

from waymark.actions.catalogue import load_catalogue
from waymark.actions.log import log
from waymark.actions.storing import alone
from waymark.gcm.errors import RefusedError
from waymark.interfaces.cli.demonstrations import bodies, figures, reviews, texts, work
from waymark.interfaces.cli.demonstrations.files import content_hash, day, facts, marking
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.queries.named import last_change, network_at, place_named
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb

__all__ = ["LoadReport", "check", "load", "marking"]

LOADED = "demonstration.loaded"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: rows entered per noun, or that it was skipped because the record holds this content already."""

    code: str
    counts: Mapping[str, int]
    skipped: bool


@transaction.atomic
def load(code: Literal["georgia", "orvenia"], *, by: Actor) -> LoadReport:
    """Enter a demonstration into the record, all of it or nothing; a second load of the same content changes nothing.

    The catalogue is loaded first when the record lacks it. Raises RefusedError when `by` may not load, or when the
    record holds another content of this demonstration or a real network of its place, and NotFoundError for an unknown
    code.
    """
    alone(f"demonstration {code}")
    if check(code, by=by):
        return LoadReport(code, MappingProxyType({}), skipped=True)
    if place_named(facts(code)["place"]) is None:
        load_catalogue(by=by)
    loading = Loading.begin(code, by)
    _enter(loading)
    main = next(iter(loading.networks.values()))
    log(by, LOADED, main, content=content_hash(code))
    return LoadReport(code, MappingProxyType(dict(sorted(loading.counts.items()))), skipped=False)


def check(code: str, *, by: Actor) -> bool:
    """Whether the record holds this content of a demonstration already. Raises what `load` raises; writes nothing."""
    check_verb(by, Verb.INSTALL, None)
    held = _held(code)
    if held == content_hash(code):
        return True
    if held is not None:
        raise RefusedError("demonstration.other_version", demonstration=code)
    _refuse_beside_a_real_network(code)
    return False


def _refuse_beside_a_real_network(code: str) -> None:
    """Keep a demonstration out of somebody's record: raises RefusedError when a network of its place is not one."""
    real = network_at(facts(code)["place"], OPERATOR_VIEWER, demonstration=False)
    if real is not None:
        raise RefusedError(
            "demonstration.beside_real", network=real.code, place=facts(code)["place"], demonstration=code
        )


def _held(code: str) -> str | None:
    """The hash of the content that the record holds, "" when the log does not say it, None when it holds none."""
    network = network_at(facts(code)["place"], OPERATOR_VIEWER, demonstration=True)
    if network is None:
        return None
    return last_change(LOADED, network.urn, "content") or ""


def _enter(loading: Loading) -> None:
    """Every noun in the order in which one needs the other; a merger lies between what ended before and after it."""
    merger = min((day(row["date"]) or date.max for row in loading.rows("names")), default=date.max)
    bodies.load_organisations(loading)
    bodies.load_networks(loading, str(facts(loading.code)["marking"]))
    bodies.load_people(loading)
    bodies.load_persons(loading)
    texts.load_pages(loading)
    texts.load_documents(loading)
    texts.load_frameworks(loading)
    texts.load_strategy(loading)
    reviews.load_reviews(loading, published=True)
    reviews.load_outside_recommendations(loading)
    texts.load_positions(loading)
    reviews.load_answers(loading)
    work.load_meetings(loading)
    work.load_commitments(loading)
    work.end_commitments(loading, before=merger, since=None)
    bodies.load_changes_of_names(loading)
    work.end_commitments(loading, before=None, since=merger)
    work.load_reports(loading)
    reviews.publish_reviews(loading)
    figures.load_figures(loading)
    texts.load_claims(loading)
    reviews.load_reviews(loading, published=False)
    reviews.load_consultations(loading)
    reviews.load_drafts(loading)
