"""A report: write it, check the answers, read it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waymark.actions.reports import writing
from waymark.actions.reports.rows import Report
from waymark.gcm.errors import InputError, RefusedError, StaleError
from waymark.interfaces.desk.forms import PROOFS, ReportForm, initial_of
from waymark.interfaces.desk.shown import page, report_here
from waymark.interfaces.web.asking import Asked, members
from waymark.queries.named import commitment_named, period_named, report_begun, report_named
from waymark.queries.reports.showing import shown_report, subject_of
from waymark.queries.reports.views import ShownReport, Subject
from waymark.records.permissions import may_verb
from waymark.records.reports import ProgressReport
from waymark.records.roles import VERB_OF_VOICE


@dataclass(frozen=True, slots=True)
class Desk:
    """What a report is on, the report as it stands, and its words."""

    subject: Subject
    row: ProgressReport | None
    shown: ShownReport | None


@members
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, commitment: str, period: str, voice: str, *, asked: Asked) -> HttpResponse:
    """The form of the own body's report on a measure for a period; saved as a draft before it is checked."""
    on, within = commitment_named(commitment, asked.viewer), period_named(period, asked.viewer)
    if on is None or within is None or within.network_id != asked.network.pk or voice not in VERB_OF_VOICE:
        raise Http404
    if not may_verb(asked.actor, VERB_OF_VOICE[voice], within):
        raise Http404
    body = asked.holding.post.organisation
    row = report_begun(on, within, body, voice, asked.viewer)
    if row is not None and row.state not in ("draft", "released", "returned"):
        return redirect("desk_report", network=asked.network.code, code=row.code)
    subject = subject_of(on, within, body, voice, viewer=asked.viewer, language=asked.language)
    shown = shown_report(row, viewer=asked.viewer, language=asked.language) if row else None
    whole = "check" in request.POST
    form = ReportForm(subject, request.POST or None, initial=initial_of(shown, subject), whole=whole)
    if request.method == "POST":
        if "take" in request.POST and subject.former is not None:
            form = ReportForm(subject, _taken_over(request, subject))
        elif form.is_valid():
            given = form.answers()
            report = Report(on, within, body, voice, subject.scale, given.rating, given.empty_reason,
                            given.narrative, given.reason, given.evidence)  # fmt: skip
            try:
                stored = _stored(asked, row, report, form.cleaned_data["version"])
            except StaleError as error:
                return _differing(request, form, Desk(subject, row, shown), error, asked)
            except (RefusedError, InputError) as error:
                form.add_error(None, error.words(asked.language))
            else:
                after = "desk_check" if whole else "desk_report"
                return redirect(after, network=asked.network.code, code=stored.code)
    return _form(request, form, Desk(subject, row, shown))


def _form(
    request: HttpRequest, form: ReportForm, desk: Desk, status: int = 200, theirs: ShownReport | None = None
) -> HttpResponse:
    known = {"form": form, "subject": desk.subject, "shown": desk.shown, "proofs": _proofs(form), "theirs": theirs}
    return render(request, "desk/write.html", known, status=422 if form.errors and status == 200 else status)


def _proofs(form: ReportForm) -> list[dict[str, object]]:
    """The fields of each piece of evidence; those that are filled are shown open, and one more."""
    rows = [{"number": n, "url": form[f"url{n}"], "where": form[f"where{n}"]} for n in range(1, PROOFS + 1)]
    filled = [bool(form[f"url{n}"].value() or form[f"where{n}"].value()) for n in range(1, PROOFS + 1)]
    last = max((n for n, full in enumerate(filled) if full), default=-1) + 1
    return [{**row, "open": number <= last} for number, row in enumerate(rows)]


def _stored(asked: Asked, row: ProgressReport | None, report: Report, seen: int | None) -> ProgressReport:
    """The report, written down: a new draft, or the one that is there as its writer saw it."""
    if row is None:
        return writing.draft(by=asked.actor, report=report)
    if seen is not None and seen > 0:
        row.version = seen
    return writing.revise(by=asked.actor, row=row, report=report)


def _taken_over(request: HttpRequest, subject: Subject) -> dict[str, object]:
    """What was typed, with one answer of the last report in its place."""
    given = request.POST.dict()
    former = subject.former
    if former is not None and request.POST["take"] in ("how_far", "all"):
        given["how_far"] = former.step if former.scale == subject.scale else ""
    if former is not None and request.POST["take"] in ("narrative", "all"):
        given["narrative"] = former.narrative
    return dict(given)


def _differing(request: HttpRequest, form: ReportForm, desk: Desk, error: StaleError, asked: Asked) -> HttpResponse:
    """Somebody saved the report since it was opened: both versions side by side, and nothing is lost."""
    row = report_named(desk.row.code, asked.viewer) if desk.row else None
    now = shown_report(row, viewer=asked.viewer, language=asked.language) if row else None
    held = {**form.data.dict(), "version": str(now.version if now else 0)}  # type: ignore[attr-defined]
    mine = ReportForm(desk.subject, held)
    mine.add_error(None, _("Somebody saved this report after you opened it. Their words stand beside yours. What you "
                           "save now takes the place of theirs."))  # fmt: skip
    return _form(request, mine, Desk(desk.subject, row, now), status=409, theirs=now)


@members
@require_safe
def show(request: HttpRequest, code: str, *, asked: Asked) -> HttpResponse:
    """A report with what its reader may do with it now."""
    return page(request, report_here(code, asked), asked, "desk/report.html")


@members
@require_safe
def check(request: HttpRequest, code: str, *, asked: Asked) -> HttpResponse:
    """The answers once more, before they are handed in."""
    return page(request, report_here(code, asked), asked, "desk/check.html")
