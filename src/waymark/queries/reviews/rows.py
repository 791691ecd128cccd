"""What is read once of the record and judged by the day of a cycle and by that of the cycle before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from waymark.queries.commitments.reading import commitments_of
from waymark.queries.commitments.rows import CommitmentRows, commitments_read
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.organisations.reading import (
    OrganisationBook,
    OrganisationRow,
    organisations_on,
    organisations_read,
)
from waymark.queries.reviews.record import findings_read, reviews_of
from waymark.records.reviews import Finding, Review
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Rows:
    """What the record holds on a place, its reviews of some cycles and their findings."""

    place: str
    viewer: Viewer
    bodies: tuple[OrganisationRow, ...]
    commitments: CommitmentRows
    reviews: dict[str, Review]
    findings: dict[int, list[Finding]]

    def organisations(self, day: date, language: str) -> OrganisationBook:
        """The organisations under their names of a day."""
        return organisations_on(day, self.viewer, language, self.bodies)

    def commitments_on(self, day: date, language: str) -> tuple[CommitmentView, ...]:
        """The commitments as they stood on a day."""
        organisations = self.organisations(day, language)
        return commitments_of(
            self.place, viewer=self.viewer, day=day, language=language, organisations=organisations,
            rows=self.commitments,
        )  # fmt: skip


def rows_of(place: str, cycles: Collection[str], viewer: Viewer, chosen: str = "") -> Rows:
    """Read what the reviews of these cycles are judged by; `chosen` is the code of the one that is rendered."""
    reviews = reviews_of(place, cycles, viewer, chosen)
    return Rows(
        place,
        viewer,
        organisations_read(viewer, place),
        commitments_read(place, viewer),
        reviews,
        findings_read(list(reviews.values()), viewer),
    )
