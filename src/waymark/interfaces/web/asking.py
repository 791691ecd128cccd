"""Who asks for a page: the account, the person, the post acted in, and the day of that post's network."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from waymark import __version__
from waymark.queries.people.holding import Seat, Standing, acting_in, standing_of
from waymark.queries.wording import in_language
from waymark.records.accounts import User
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.people import PostHolding
from waymark.records.viewers import Viewer

POST = "post"
"""The key of a session that holds the code of the post acted in."""

DOOR = "desk"
"""What the log calls the pages of members."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One who asks and holds a post in office: all that a page of the desk needs to know of its reader."""

    user: User
    standing: Standing
    holding: PostHolding
    today: date
    viewer: Viewer
    language: str

    @property
    def network(self) -> Network:
        """The network of the post acted in."""
        return cast(Network, self.holding.post.network)

    @property
    def actor(self) -> Actor:
        """As whom acts are done."""
        return acting_in(self.holding, self.today, DOOR)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """All posts of the person, in words."""
        return self.standing.seats(self.language)

    @property
    def seat(self) -> Seat:
        """The post acted in, in words."""
        return next(one for one in self.seats if one.code == self.holding.post.code)


def who_asks(request: HttpRequest) -> Asked | None:
    """Who asks, read once a request; None for an account without a post in office, or without a person."""
    if not hasattr(request, "_asked"):
        request._asked = _found(request)  # type: ignore[attr-defined]  # kept with the request
    return request._asked  # type: ignore[attr-defined, no-any-return]


def _found(request: HttpRequest) -> Asked | None:
    user = request.user
    if not isinstance(user, User) or user.person is None:
        return None
    standing = standing_of(user.person, timezone.now())
    chosen = standing.chosen(request.session.get(POST, ""))
    if chosen is None:
        return None
    holding, today = chosen
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Asked(user, standing, holding, today, standing.viewer(), language)


Page = Callable[..., HttpResponse]


def members(page: Page) -> Page:
    """Only for those who hold a post in office in the network that the address names; the page gets `asked`.

    Who is not signed in is asked to sign in. Of a network in which somebody holds no post the page does not exist.
    Who holds posts in several networks acts here in one of this network.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, network: str, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        asked = who_asks(request)
        if asked is None:
            raise Http404
        if asked.network.code != network:
            here = next((seat for seat in asked.seats if seat.network == network), None)
            if here is None:
                raise Http404
            request.session[POST] = here.code
            del request._asked  # type: ignore[attr-defined]
            asked = cast(Asked, who_asks(request))
        return page(request, *args, asked=asked, **kwargs)

    return guarded


def page(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: the version, who asks, and the sentence that marks a demonstration."""
    asked = who_asks(request) if hasattr(request, "user") and hasattr(request, "session") else None
    marked = in_language(asked.network.demonstration, asked.language) if asked else ""
    return {"version": __version__, "asked": asked, "marked": marked}
