"""The rules of progress reports: who has which voice, which period takes a report, what may be submitted."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import EmptyReason, MemberRole, OrganisationKind, Voice
from waymark.gcm.scales import scale as scale_called
from waymark.gcm.vocabulary import terms
from waymark.records.commitments import Commitment, Participation
from waymark.records.networks import Membership
from waymark.records.organisations import Organisation
from waymark.records.reports import ProgressReport, ReportingPeriod

SOCIETY = {OrganisationKind.HUMAN_RIGHTS_INSTITUTION.value} | {
    word.code for word in terms("organisation-kinds") if word.group == "whole-of-society"
}
"""Kinds of organisations that may speak in the voice of civil society."""


class Placed(Protocol):
    """A report, given or on record: on what it is, for which period, of whom and in which voice."""

    @property
    def commitment(self) -> Commitment:
        """The commitment that it is on."""
        ...

    @property
    def period(self) -> ReportingPeriod:
        """The period that it is for."""
        ...

    @property
    def organisation(self) -> Organisation:
        """Whose it is."""
        ...

    @property
    def voice(self) -> str:
        """In which voice."""
        ...


class Voices:
    """Who takes part in which commitment and who is a network's secretariat, read once for many reports."""

    def __init__(self, reports: Iterable[Placed]) -> None:
        self.partners: dict[int, set[int]] = defaultdict(set)
        self.secretariats: dict[int, set[int]] = defaultdict(set)
        rows = list(reports)
        parts = Participation.objects.standing().filter(commitment__in={row.commitment.pk for row in rows})
        for commitment, organisation in parts.values_list("commitment_id", "organisation_id"):
            self.partners[commitment].add(organisation)
        networks = {row.period.network_id for row in rows if row.voice == Voice.SECRETARIAT}
        if networks:
            seats = Membership.objects.standing().filter(network__in=networks, role=MemberRole.SECRETARIAT)
            for network, organisation in seats.values_list("network_id", "organisation_id"):
                self.secretariats[network].add(organisation)

    def check(self, report: Placed) -> None:
        """Refuse a voice the organisation does not have: a participant is an implementer and nothing else."""
        commitment, period, organisation, voice = report.commitment, report.period, report.organisation, report.voice
        takes_part = organisation.pk in self.partners[commitment.pk]
        if voice == Voice.IMPLEMENTER:
            fits, refusal = takes_part, "report.not_an_implementer"
        elif voice == Voice.SECRETARIAT:
            fits = not takes_part and organisation.pk in self.secretariats[period.network_id]
            refusal = "report.not_the_secretariat"
        else:
            fits = not takes_part and organisation.kind in SOCIETY
            refusal = "report.not_of_society"
        if not fits:
            raise RefusedError(refusal, organisation=organisation.code, commitment=commitment.code, voice=Voice(voice))


def check_period(period: ReportingPeriod, commitment: Commitment, voice: str) -> None:
    """Refuse a period that is locked, or of a network that neither keeps nor follows the commitment.

    Who carries a commitment reports once, at home: those who follow it read that report.
    """
    check_unlocked(period)
    check_place(period, commitment, voice)


def check_unlocked(period: ReportingPeriod) -> None:
    """Refuse a locked period."""
    if period.locked:
        raise RefusedError("report.period_locked", period=period.code)


def check_place(period: ReportingPeriod, commitment: Commitment, voice: str) -> None:
    """Refuse a period of a network in which nobody reports on the commitment in this voice."""
    if period.network_id == commitment.network_id:
        return
    follows = commitment.followings.standing().filter(network_id=period.network_id, state="agreed")
    if not follows.exists():
        raise RefusedError("report.period_elsewhere", period=period.code, commitment=commitment.code)
    if voice == Voice.IMPLEMENTER:
        raise RefusedError("report.implementer_at_home", commitment=commitment.code, network=commitment.keeper)


def check_scale(scale: str, rating: str) -> None:
    """Raises NotFoundError for a scale, or a step of it, that there is not."""
    steps = scale_called(scale)
    if rating:
        steps.step(rating)


def check_content(row: ProgressReport, *, proofs: int) -> None:
    """Refuse a report that may not be submitted.

    No rating and no reason, both, or no evidence where the scale asks for it.
    """
    names = {
        "organisation": row.organisation.code,
        "commitment": row.commitment.code,
        "period": row.period.code,
        "scale": row.scale,
    }
    if bool(row.rating) == bool(row.empty_reason):
        raise RefusedError("report.rating_or_reason", **names, reasons=tuple(EmptyReason))
    if row.rating and scale_called(row.scale).step(row.rating).evidence_required and proofs == 0:
        raise RefusedError("report.without_evidence", **names, rating=row.rating)
