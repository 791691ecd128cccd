"""The page on which one sets a password; and the page that says that nobody signs up alone."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waymark.actions.accounts import set_password
from waymark.interfaces.web.asking import who_asks
from waymark.interfaces.web.refusing import said_no


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Set a password; other sessions of the account end."""
    asked = who_asks(request)
    if asked is None:
        return said_no(request, _("No post"), _("A password is set by who holds a post in office."), 403)
    form = SetPasswordForm(asked.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = set_password(by=asked.actor, user=asked.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        return redirect("desk")
    return render(request, "account/password.html", {"form": form})


def closed(request: HttpRequest) -> HttpResponse:
    """Accounts are opened by the secretariat of a network."""
    words = _("The secretariat of your network opens an account for you and sends you a link. Ask there.")
    return said_no(request, _("Accounts are opened by your network"), words, 404)
