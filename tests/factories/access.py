"""Every act by every duty: when a test first gets an act done, everybody else tries the same, and all of it is undone.

For each duty of a post: a holder for the organisation that is acted for, one for another organisation, one in another
network, and one whose holding ended yesterday; also the operator and somebody without a name. Who is let in is compared
with the table that was written by hand, `tests/actions/access.csv`.
"""

import csv
import inspect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from waymark.actions.acts import acting
from waymark.actions.storing import named_row
from waymark.gcm.errors import RefusedError, WaymarkError
from waymark.records.actors import ANONYMOUS, Actor
from waymark.records.appointing import FIRST, holders_of
from waymark.records.commitments import Commitment
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import Duty, Person, Post, PostHolding
from waymark.records.permissions import officers_in_office
from waymark.records.proposals import ChangeProposal
from waymark.records.record import Record
from waymark.records.reports import ReportingPeriod

Given = dict[str, Any]
"""The arguments of an act by name."""

TODAY = date(2026, 6, 1)
TABLE = Path(__file__).parents[1] / "actions" / "access.csv"
COLUMNS = (*Duty.values, "operator", "anonymous")
RELATIONS = ("own", "other organisation", "other network", "ended")

ENDS = {"ended": TODAY - timedelta(days=1)}
"""Relation → the last day of the holding."""

LETS_IN = {
    "own": {"any", "own", "own everywhere", "everywhere"},
    "other organisation": {"any", "others", "everywhere"},
    "other network": {"own everywhere", "everywhere"},
    "ended": set(),
    "": {"any"},
}
"""Relation of who acts to what is acted on → the cells that let him in; "" is for who holds no post."""

JUDGES = ("reports.deciding.accept", "reports.deciding.send_back")
"""What a co-chair decides on where all officers in office wrote the report."""

SAID = ("contribution", "national-value", "position", "progress-report")
"""The nouns that say what a body said; who corrects them is another one when they were entered from a paper."""

POSTS = ("appointments.appoint", "appointments.end_holding", "people.close_post")
"""Where it depends on what the post gives."""

ANEW = ("indicators.values.correct_value", "reports.writing.correct")
"""What is written anew: where the former came from does not matter."""

CELLS = {"", *(cell for cells in LETS_IN.values() for cell in cells)}

WHO = (
    "permission.",
    "appointment.confirmed_by_persons",
    "appointment.ended_without_paper",
    "appointment.not_by_operator",
    "appointment.not_corrected_by_operator",
    "appointment.not_the_first",
    "appointment.without_paper",
    "candidate.cleared_by_persons",
    "contribution.from_paper",
    "contribution.words_of_a_person",
    "delegation.by_holders",
    "delegation.ended_by_its_persons",
    "delegation.of_nothing",
    "delegation.stays",
    "delegation.to_an_outsider",
    "account.of_another",
    "draft.not_the_holder",
    "edition.operator_without_paper",
    "edition.paper_not_needed",
    "position.of_place_without_paper",
    "report.revised_or_corrected",
)
"""How the codes of refusals begin that say who may, not when."""

WHAT = "permission.out_of_reach"
"""The one among them that says what may be named, whoever does it."""


TRIED: set[str] = set()
"""The rows of the table that were tried in this process."""


class UndoneError(Exception):
    """Ends a trial."""


@cache
def table() -> dict[str, dict[str, str]]:
    """Act → who may, for each duty, the operator and the anonymous.

    "any" is any organisation in the network, "own" the one that is acted for, "others" any but that one, "everywhere"
    any in any network, "own everywhere" that one in any network, "" nobody. Where the right depends on what is acted
    on, it is named: `amend[commitment]`; what is entered from a paper has a row of its own, `agree+paper`, and so may
    have what the installation keeps, `accept_change[post]@installation`.
    """
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["act"]: row for row in csv.DictReader(lines)}


def bound(act: Callable[..., Any], args: tuple[Any, ...], kwargs: Given) -> Given:
    """The arguments of a call, each by its name."""
    return dict(inspect.signature(act).bind(*args, **kwargs).arguments) if args else kwargs


def name_of(act: str, given: Given) -> str:
    """What the row of the table is called that holds for an act with these arguments."""
    name = act.removeprefix("waymark.actions.")
    about, row = _about(name, given), _row(given)
    entered = row is not None and getattr(row, "entered_for", False)
    entered = entered and (getattr(row, "noun", "") in SAID or not name.startswith("amending.")) and name not in ANEW
    name += f"[{about}]" if about else ""
    name += "+paper" if given.get("paper") is not None or entered else ""
    apart = f"{name}@installation"
    return apart if apart in table() and not keeper(given) else name


def _about(name: str, given: Given) -> str:
    """On what the right to an act depends besides: the noun or class of a row, a voice, for whom something is said."""
    row = _row(given)
    if name == "amending.propose_change":
        return str(row.effective) if row else ""
    said = next((given[one] for one in ("row", "report") if hasattr(given.get(one), "voice")), row)
    said = given["filed"][0].report if given.get("filed") else said
    voice, of = getattr(said, "voice", ""), given.get("of")
    if name in POSTS:
        return _about_post(name, given.get("post") or given["holding"].post)
    if name in JUDGES and officers_in_office(keeper(given), TODAY) <= given["row"].writers:
        return f"{voice} of the only officer"
    if voice:
        return f"{row.noun} of {voice}" if row and name.startswith("amending.") else str(voice)
    if isinstance(of, Record):
        return of.noun
    if name == "positions.take_position":
        whose = "organisation" if given.get("organisation") else "place"
        return f"{whose} in a network" if given.get("keeper") else whose
    if name == "consultations.contribute":
        return "organisation" if given["facts"].organisation else "person"
    return _about_row(row, given) if row else ""


def _about_post(name: str, post: Post) -> str:
    """Whether a post gives rights, and is the first that does; of one that is closed, whether somebody holds it."""
    rights = post.duty != Duty.OTHER and post.network is not None
    if name == "people.close_post":
        return "a post that is held" if rights and post.holdings.lasting(TODAY).exists() else ""
    if name == "appointments.appoint" and post.duty in FIRST and not holders_of(post.duty, post.keeper, TODAY):
        return "the first of its duty"
    return "" if rights else "a post without rights"


def _about_row(row: Record, given: Given) -> str:
    """The noun of a row, and what of it decides who may correct it."""
    if row.noun in ("contribution", "position"):
        return f"{row.noun} of {'organisation' if getattr(row, 'organisation', None) else 'another'}"
    if isinstance(row, PostHolding) and row.post.duty == Duty.OTHER:
        return f"{row.noun} of a post without rights"
    if isinstance(row, ReportingPeriod) and "facts" in given and given["facts"].due_date != row.due_date:
        return f"{row.noun} to another day"
    if row.noun == "contact":
        return f"contact of {'network' if getattr(row, 'network', None) else 'person'}"
    return row.noun


def _row(given: Given) -> Record | None:
    """The row of whatever noun that is acted on, also by an answer to a proposal."""
    proposal, row = given.get("proposal"), given.get("row")
    found = named_row(proposal.subject) if isinstance(proposal, ChangeProposal) else row
    return found if isinstance(found, Record) else None


def keeper(given: Given) -> str:
    """The network in which it is tried, "" for the installation."""
    post = given["by"].post
    rows = [value for value in given.values() if isinstance(value, Record) and value.keeper]
    if post is not None:
        return str(post.keeper)
    return rows[0].urn_code() if rows and isinstance(rows[0], Network) else rows[0].keeper if rows else ""


def own(given: Given) -> Organisation | None:
    """The organisation that is acted for: the one named, one that carries the commitment, or that of who acts."""
    filed = given["filed"][0].report if given.get("filed") else None
    for said in (given.get("partner"), _row(given), given.get("report"), given.get("facts"), filed):
        named = getattr(said, "organisation", None)
        if isinstance(named, Organisation):
            return named
    by: Actor = given["by"]
    for value in (*given.values(), _row(given)):
        commitment = value if isinstance(value, Commitment) else getattr(value, "commitment", None)
        if isinstance(commitment, Commitment):
            carrying = [part.organisation for part in commitment.participations.open()]
            return by.organisation if by.organisation in carrying else next(iter(carrying), None)
    named = next((value for value in given.values() if isinstance(value, Organisation)), None)
    return by.organisation or named


def others(given: Given) -> Iterator[tuple[str, str, Actor]]:
    """Everybody who tries: column, relation, actor. Their posts are made where the act is to be done."""
    network, body = Network.objects.filter(code=keeper(given)).first(), own(given)
    yield "operator", "", Actor.operator(today=TODAY)
    yield "anonymous", "", ANONYMOUS
    far = _stored(Network(code="far-network", kind="un_network", level="national", name={"en": "Far"}))
    elsewhere = _stored(Organisation(code="elsewhere", kind="government"))
    for duty in Duty.values:
        seats: dict[str, Post] = {}
        for relation in RELATIONS:
            if relation != "other network" and (network is None or (body is None and relation != "other organisation")):
                continue  # what the installation keeps; or nobody knows whose it is
            seat = Post(
                code=f"try-{duty}-{relation}", duty=duty, network=far if relation == "other network" else network
            )
            seat.organisation = elsewhere if relation == "other organisation" else body or elsewhere
            seats[relation] = seat
        persons = _all_stored([Person(code=seat.code) for seat in seats.values()])
        posts = _all_stored(list(seats.values()))
        filled = zip(seats, posts, persons, strict=True)
        holdings = [
            PostHolding(code=post.code, post=post, person=person, state="made", to_date=ENDS.get(relation))
            for relation, post, person in filled
        ]
        for relation, holding in zip(seats, _all_stored(holdings), strict=True):
            yield duty, relation, Actor.holder(holding, TODAY)


def _stored(row: Any) -> Any:
    row.save()
    return row


def _all_stored(rows: list[Any]) -> list[Any]:
    return list(type(rows[0])._default_manager.bulk_create(rows))


def tried(name: str, act: Callable[..., Any], given: Given) -> None:
    """Do an act and undo it. Raises what it raises."""
    try:
        with transaction.atomic(), acting(name):
            act(**given)
            raise UndoneError
    except UndoneError:
        return


def let_in(name: str, act: Callable[..., Any], given: Given, actor: Actor) -> tuple[bool, str]:
    """Whether the act lets the actor go on, and the refusal."""
    try:
        tried(name, act, given | {"by": actor})
    except RefusedError as refusal:
        return refusal.code == WHAT or not refusal.code.startswith(WHO), refusal.code
    except WaymarkError as refusal:
        return True, str(refusal)
    return True, ""


def wrongs(name: str, act: Callable[..., Any], copies: Callable[[], Given]) -> list[str]:
    """Who is let in by an act against the table, or refused against it."""
    named = name_of(name, copies())
    found, row = [], table().get(named)
    TRIED.add(named)
    if row is None:
        return ["has no row in tests/actions/access.csv"]
    with transaction.atomic():
        for column, relation, actor in others(copies()):
            entered, said = let_in(name, act, copies(), actor)
            if entered is not (row[column] in LETS_IN[relation]):
                words = f"is let in{f' ({said})' if said else ''}" if entered else f"is refused ({said})"
                found.append(f"{column} {relation}".strip() + f" {words}")
        transaction.set_rollback(True)
    return found
