"""Which posts a person acts in on a day, and as whom the person reads."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from waymark.queries.wording import in_language
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.people import Person, PostHolding
from waymark.records.permissions import in_office, viewer_of
from waymark.records.viewers import PUBLIC, Viewer


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in office, in words."""

    code: str
    title: str
    network: str
    network_name: str
    acting: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person holds now: each holding in office on the day of its own network, by network and post."""

    holdings: tuple[PostHolding, ...]
    days: tuple[date, ...]

    def seats(self, language: str) -> tuple[Seat, ...]:
        """The posts in words."""
        return tuple(
            Seat(
                code=one.post.code,
                title=in_language(one.post.title, language),
                network=one.post.network.code,
                network_name=in_language(one.post.network.name, language),
                acting=one.acting,
            )
            for one in self.holdings
            if one.post.network is not None
        )

    def chosen(self, post: str) -> tuple[PostHolding, date] | None:
        """The holding of the post of this code, or the first one; None when the person holds none."""
        pairs = list(zip(self.holdings, self.days, strict=True))
        return next((pair for pair in pairs if pair[0].post.code == post), pairs[0] if pairs else None)

    def viewer(self) -> Viewer:
        """As whom the person reads: with all posts that are in office."""
        read = [viewer_of([holding], day) for holding, day in zip(self.holdings, self.days, strict=True)]
        if not read:
            return PUBLIC
        return Viewer(
            networks=frozenset().union(*(one.networks for one in read)),
            restricted=frozenset().union(*(one.restricted for one in read)),
            seats=frozenset().union(*(one.seats for one in read)),
            person=self.holdings[0].person.code,
            posts=frozenset().union(*(one.posts for one in read)),
            officer_of=frozenset().union(*(one.officer_of for one in read)),
        )


def standing_of(person: Person, now: datetime) -> Standing:
    """The posts of networks that a person holds at a moment: each network counts the days in its own zone."""
    rows = PostHolding.objects.filter(person=person, shown=True, post__network__isnull=False)
    rows = rows.select_related("post__network", "post__organisation", "person")
    held = []
    for row in rows.order_by("post__network__code", "post__code", "id"):
        today = day_in(row.post.network, now)
        if in_office(row, today):
            held.append((row, today))
    return Standing(tuple(row for row, _ in held), tuple(day for _, day in held))


def day_in(network: Network | None, now: datetime) -> date:
    """The day of a network at a moment, in its time zone; in UTC where none is known."""
    zone = ZoneInfo(network.time_zone) if network is not None and network.time_zone else ZoneInfo("UTC")
    return now.astimezone(zone).date()


def acting_in(holding: PostHolding, today: date, door: str) -> Actor:
    """The holder of a post, acting in it through a door."""
    return Actor.holder(holding, today, door)
