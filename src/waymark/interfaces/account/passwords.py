"""The page on which one sets a password; and the page that says that nobody signs up alone."""

from typing import cast

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waymark.interfaces.web.refusing import said_no
from waymark.records.accounts import User


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Set a password; other sessions of the account end."""
    user = cast(User, request.user)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, user)
        return redirect("desk")
    return render(request, "account/password.html", {"form": form})


def closed(request: HttpRequest) -> HttpResponse:
    """Accounts are opened by the secretariat of a network."""
    words = _("The secretariat of your network opens an account for you and sends you a link. Ask there.")
    return said_no(request, _("Accounts are opened by your network"), words, 404)
