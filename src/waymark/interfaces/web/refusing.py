"""Pages that say no: a refusal, a page that is not there, a form that came from elsewhere, a defect of ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from waymark.gcm.errors import InputError, StaleError, WaymarkError


class Refusals:
    """Puts a refusal that no page caught on a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The reply of what stands behind it."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page with the words of a refusal; anything else is a defect and goes on."""
        if not isinstance(exception, WaymarkError):
            return None
        status = 409 if isinstance(exception, StaleError) else 400 if isinstance(exception, InputError) else 403
        words = exception.words(translation.get_language() or "en")
        return said_no(request, _("This was not done"), words, status)


def said_no(request: HttpRequest, title: str, words: str, status: int) -> HttpResponse:
    """A page with a title and one paragraph."""
    return render(request, "web/refused.html", {"title": title, "words": words}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not for who asks; which of both is not said."""
    words = _("The address may be mistyped, or the page is for others. Nothing was changed.")
    return said_no(request, _("There is no page here"), words, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 of Django's own."""
    return said_no(request, _("This is not for you"), _("Sign in with the post that may do it."), 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not made by this session. What was typed stays in the browser, one page back."""
    words = _(
        "The form belongs to another session, or cookies are off. Go back one page, copy what you wrote, load the page "
        "again and send it once more."
    )
    return said_no(request, _("The form was not taken"), words, 403)


def defect(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program."""
    words = _("The program failed. What you sent was not stored. Go back one page; what you typed is still there.")
    return said_no(request, _("A fault of ours"), words, 500)
