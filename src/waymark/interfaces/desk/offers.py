"""What may be done with a report now by who asks: the same checks that guard the acts, so no button leads to a no."""

from collections.abc import Callable
from dataclasses import dataclass

from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.permissions import check_accept, check_release, check_report
from waymark.records.reports import ProgressReport
from waymark.records.states import PROGRESS_REPORT, may_follow


@dataclass(frozen=True, slots=True)
class Offers:
    """The controls of a report's page; `release_first` says that a validator comes before it is handed in."""

    write: bool = False
    submit: bool = False
    release: bool = False
    decide: bool = False
    release_first: bool = False


def offers_on(row: ProgressReport, by: Actor) -> Offers:
    """The acts that are possible in the state of the report and that `by` may do."""
    writes = _may(lambda: check_report(by, row, row.organisation, row.voice, entered=row.entered_for))
    asks = row.period.network.reports_released and not row.entered_for
    open_for_writing = row.state in ("draft", "released", "returned") and not row.period.locked
    submits = may_follow(PROGRESS_REPORT, row.state, "submit") and (not asks or row.state == "released")
    return Offers(
        write=writes and open_for_writing,
        submit=writes and submits and not row.period.locked,
        release=asks and may_follow(PROGRESS_REPORT, row.state, "release") and _may(lambda: check_release(by, row)),
        decide=may_follow(PROGRESS_REPORT, row.state, "accept") and _may(lambda: check_accept(by, row)),
        release_first=asks and row.state in ("draft", "returned"),
    )


def _may(check: Callable[[], object]) -> bool:
    try:
        check()
    except RefusedError:
        return False
    return True
