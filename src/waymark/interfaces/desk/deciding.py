"""What is done with a report that is written: hand in, release, accept, return. Each is one act, after a button."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waymark.actions.reports import deciding, writing
from waymark.gcm.errors import InputError, RefusedError
from waymark.interfaces.desk.shown import page, report_here
from waymark.interfaces.web.asking import Asked, members
from waymark.records.reports import ProgressReport

Doing = Callable[[Asked, ProgressReport, HttpRequest], object]


def _done(
    request: HttpRequest, code: str, asked: Asked, doing: Doing, already: tuple[str, ...], said: str
) -> HttpResponse:
    """Do one act on a report as its reader saw it, and say so; a second press of the button changes nothing.

    `already` are the states that the act leads to. A refusal stands on the report's page, above what was typed.
    """
    row = report_here(code, asked)
    if row.state in already:
        messages.info(request, _("This was received already. Nothing was changed."))
        return redirect("desk_report", network=asked.network.code, code=code)
    seen = request.POST.get("version", "")
    if seen.isdecimal() and len(seen) < 10:
        row.version = int(seen)
    try:
        doing(asked, row, request)
    except (RefusedError, InputError) as error:
        now, refusal = report_here(code, asked), error.words(asked.language)
        return page(request, now, asked, "desk/report.html", refusal=refusal, status=409)
    messages.success(request, said)
    return redirect("desk_report", network=asked.network.code, code=code)


@members
@require_POST
def submitted(request: HttpRequest, code: str, *, asked: Asked) -> HttpResponse:
    """Hand a report in."""
    return _done(
        request, code, asked, lambda who, row, _: writing.submit(by=who.actor, row=row), ("submitted", "accepted"),
        _("The report is handed in. The secretariat answers."),
    )  # fmt: skip


@members
@require_POST
def released(request: HttpRequest, code: str, *, asked: Asked) -> HttpResponse:
    """Release a report of the own body."""
    return _done(
        request, code, asked, lambda who, row, _: writing.release(by=who.actor, row=row), ("released",),
        _("The report is released. Its writer hands it in."),
    )  # fmt: skip


@members
@require_POST
def accepted(request: HttpRequest, code: str, *, asked: Asked) -> HttpResponse:
    """Accept a report."""
    return _done(
        request, code, asked, lambda who, row, _: deciding.accept(by=who.actor, row=row), ("accepted",),
        _("The report is accepted. It counts from today."),
    )  # fmt: skip


@members
@require_POST
def returned(request: HttpRequest, code: str, *, asked: Asked) -> HttpResponse:
    """Return a report with what is asked of its writer."""
    note = request.POST.get("note", "").strip()
    form = request.POST.get("form", "")
    words = {asked.language: note} if note else ""
    return _done(
        request, code, asked,
        lambda who, row, _: deciding.send_back(by=who.actor, row=row, note=words, form=form), ("returned",),
        _("The report is returned. Its writer reads your question."),
    )  # fmt: skip
