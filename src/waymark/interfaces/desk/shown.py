"""A report's page, whichever act or address leads to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from waymark.interfaces.desk.offers import offers_on
from waymark.interfaces.web.asking import Asked
from waymark.queries.named import report_named
from waymark.queries.reports.showing import form_reasons, shown_report
from waymark.records.reports import ProgressReport


def report_here(code: str, asked: Asked) -> ProgressReport:
    """The report of this code that the network of the page keeps and its reader may see. Raises Http404."""
    row = report_named(code, asked.viewer)
    if row is None or row.keeper != asked.network.code:
        raise Http404
    return row


def page(
    request: HttpRequest, row: ProgressReport, asked: Asked, template: str, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """A report in words with the controls that its reader has now; a refusal stands above what was typed."""
    known = {
        "shown": shown_report(row, viewer=asked.viewer, language=asked.language),
        "offers": offers_on(row, asked.actor),
        "form_reasons": form_reasons(row, asked.language),
        "refusal": refusal,
        "typed": request.POST.get("note", ""),
        "form": request.POST.get("form", ""),
    }
    return render(request, template, known, status=status)
