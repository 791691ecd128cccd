"""A link that signs in once. Opening it shows a page with a button: what scans mails opens links, and presses none."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.interfaces.web.links import DEMONSTRATION, on_this_machine
from waymark.interfaces.web.refusing import said_no
from waymark.queries.people.accounts import account_called
from waymark.queries.people.holding import standing_of
from waymark.records.accounts import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def once(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """GET shows who is signed in by the button; POST uses the link up."""
    if not on_this_machine(request):
        words = _("This link is for the machine that the demonstration runs on, at localhost or 127.0.0.1.")
        return said_no(request, _("The link is not taken here"), words, 403)
    user = account_called(code)
    if user is None or not user.is_active or not DEMONSTRATION.check_token(user, token):
        words = _("It was used, or it is too old, or a part of it is missing. Start `make serve` again for new links.")
        return said_no(request, _("This link no longer works"), words, 410)
    if request.method != "POST":
        return render(request, "account/link.html", {"seats": _seats(user), "bare": True})
    login(request, user, backend=BACKEND)
    return redirect("desk")


def _seats(user: User) -> tuple[object, ...]:
    if user.person is None:
        return ()
    return standing_of(user.person, timezone.now()).seats(translation.get_language() or "en")
