"""My tasks: what is returned, due, waits for release or acceptance, each with its clock."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waymark.interfaces.web.asking import POST, Asked, members, who_asks
from waymark.interfaces.web.refusing import said_no
from waymark.queries.tasks.reading import tasks_of


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """To the tasks of the post acted in; who holds none is told so."""
    asked = who_asks(request)
    if asked is None:
        words = _("You are signed in, and hold no post in office today. The secretariat of your network appoints.")
        return said_no(request, _("No post"), words, 403)
    return redirect("desk_tasks", network=asked.network.code)


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own posts; one that is not held changes nothing."""
    asked = who_asks(request)
    wanted = request.POST.get("post", "")
    if asked is not None and any(seat.code == wanted for seat in asked.seats):
        request.session[POST] = wanted
    return redirect("desk")


@members
def tasks(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """The list of what waits."""
    found = tasks_of(asked.holding, viewer=asked.viewer, day=asked.today, language=asked.language)
    return render(request, "desk/tasks.html", {"tasks": found})
