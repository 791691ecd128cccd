"""One report in words, and what its writer sees beside it: the measure, the period, the last report, the scale."""

from waymark.gcm.lists import EmptyReason, Voice
from waymark.gcm.scales import Scale, scale, scales
from waymark.gcm.wording import label
from waymark.queries.commitments.reading import entered_from
from waymark.queries.nested import titles
from waymark.queries.reports.views import Choice, Former, Proof, ShownReport, Subject
from waymark.queries.wording import in_language, iso, spoken
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.organisations import Organisation, OrganisationName
from waymark.records.people import Post
from waymark.records.reports import Evidence, FormReason, ProgressReport, ReportingPeriod
from waymark.records.states import state_label
from waymark.records.viewers import Viewer


def subject_of(
    commitment: Commitment,
    period: ReportingPeriod,
    organisation: Organisation,
    voice: str,
    *,
    viewer: Viewer,
    language: str,
) -> Subject:
    """What a report is on, with the last report before it of the same body in the same voice and the scale to use."""
    former = _former(commitment, period, organisation, voice, viewer, language)
    used = scale(former.scale) if former else scales()[0]
    return Subject(
        commitment=commitment.code,
        title=in_language(commitment.title, language),
        description=in_language(commitment.description, language),
        metric=in_language(commitment.metric, language),
        baseline=commitment.baseline,
        target=commitment.target,
        due=iso(commitment.due_date),
        period=period.code,
        period_title=in_language(period.title, language),
        first=iso(period.from_date),
        last=iso(period.to_date),
        report_due=iso(period.due_date),
        locked=period.locked,
        released=period.network.reports_released,
        voice=voice,
        voice_label=label(Voice(voice), language),
        classification=commitment.classification,
        languages=tuple(period.network.languages),
        scale=used.code,
        steps=steps_of(used, language),
        reasons=tuple(Choice(one.value, label(one, language)) for one in EmptyReason),
        former=former,
    )


def steps_of(used: Scale, language: str) -> tuple[Choice, ...]:
    """The steps of a scale from most to least done, then what lies outside of it."""
    return tuple(
        Choice(one.code, one.label(language), one.share, one.evidence_required)
        for one in (*reversed(used.steps), *used.outside)
    )


def _former(
    commitment: Commitment,
    period: ReportingPeriod,
    organisation: Organisation,
    voice: str,
    viewer: Viewer,
    language: str,
) -> Former | None:
    rows = ProgressReport.objects.visible_to(viewer).filter(
        commitment=commitment, organisation=organisation, voice=voice, period__to_date__lt=period.from_date
    )
    rows = rows.filter(state__in=("accepted", "submitted")).select_related("period")
    row = rows.order_by("-period__to_date", "-id").first()
    if row is None:
        return None
    step = scale(row.scale).step(row.rating) if row.rating else None
    return Former(
        report=row.code,
        period_title=in_language(row.period.title, language),
        state_label=state_label(row.state).words(language),
        on=iso(row.accepted_on or row.submitted_on),
        scale=row.scale,
        step=row.rating,
        rating=step.label(language) if step else "",
        share=step.share if step else None,
        empty_reason=label(EmptyReason(row.empty_reason), language) if row.empty_reason else "",
        narrative=in_language(row.narrative, language),
        reason=in_language(row.reason, language),
    )


def shown_report(row: ProgressReport, *, viewer: Viewer, language: str) -> ShownReport:
    """A report that the viewer may read, in words; evidence, posts and period as far as the viewer may read those."""
    step = scale(row.scale).step(row.rating) if row.rating else None
    keys = (row.post_id, row.released_by_id, row.returned_by_id, row.accepted_by_id)
    posts = titles(Post, viewer, {key for key in keys if key is not None})
    period = titles(ReportingPeriod, viewer, {row.period_id}).get(row.period_id)
    commitment = titles(Commitment, viewer, {row.commitment_id}).get(row.commitment_id)
    return ShownReport(
        urn=row.urn,
        code=row.code,
        version=row.version,
        commitment=row.commitment.code,
        title=in_language(commitment, language),
        period=row.period.code,
        period_title=in_language(period, language),
        organisation=_name(row.organisation, viewer, language),
        voice=row.voice,
        voice_label=label(Voice(row.voice), language),
        scale=row.scale,
        step=row.rating,
        rating=step.label(language) if step else "",
        share=step.share if step else None,
        empty_step=row.empty_reason,
        empty_reason=label(EmptyReason(row.empty_reason), language) if row.empty_reason else "",
        narrative=in_language(row.narrative, language),
        language=spoken(row.narrative, language),
        reason=in_language(row.reason, language),
        state=row.state,
        state_label=state_label(row.state).words(language),
        written_by=in_language(posts.get(row.post_id or 0), language),
        submitted=iso(row.submitted_on),
        released=iso(row.released_on),
        released_by=in_language(posts.get(row.released_by_id or 0), language),
        returned=iso(row.returned_on) if row.state == "returned" else "",
        returned_by=in_language(posts.get(row.returned_by_id or 0), language),
        return_note=in_language(row.return_note, language) if row.state == "returned" else "",
        return_form=label(FormReason(row.return_form), language) if row.state == "returned" and row.return_form else "",
        accepted=iso(row.accepted_on),
        accepted_by=in_language(posts.get(row.accepted_by_id or 0), language),
        accept_by=iso(row.accept_by) if row.state == "submitted" else "",
        entered_from=entered_from(row.paper_date, row.paper_words, None, language),
        classification=row.classification,
        evidence=_evidence(row, viewer, language),
    )


def form_reasons(row: ProgressReport, language: str) -> tuple[Choice, ...]:
    """Why the form of a report may be returned; nothing but of society, whose content is never returned."""
    if row.voice != Voice.CIVIL_SOCIETY:
        return ()
    return tuple(Choice(one.value, label(one, language)) for one in FormReason)


def _name(body: Organisation, viewer: Viewer, language: str) -> str:
    """The newest name of a body that the viewer may see."""
    rows = OrganisationName.objects.visible_to(viewer).filter(organisation=body)
    row = rows.order_by("-from_date", "-id").first()
    return in_language(row.name, language) if row else ""


def _evidence(row: ProgressReport, viewer: Viewer, language: str) -> tuple[Proof, ...]:
    rows = Evidence.objects.visible_to(viewer).filter(report=row).order_by("id")
    readable = dict(
        Document.objects.visible_to(viewer).filter(pk__in=rows.values("document")).values_list("pk", "title")
    )
    return tuple(
        Proof(
            document=in_language(readable.get(one.document_id), language) if one.document_id else "",
            page=one.page,
            quotation=one.quotation,
            url=one.url,
            text=in_language(one.text, language),
        )
        for one in rows
    )
