"""Makes a paper for a command: keeps the assessments it needs, reads the record, has the files made apart."""

from typing import TYPE_CHECKING

from waymark.interfaces.cli.folders import data_folder

if TYPE_CHECKING:
    from waymark.papers.apart import Kind
    from waymark.queries.reviews.data import Scope


def paper_files(kind: "Kind", scope: "Scope") -> dict[str, bytes]:
    """The files of a paper by name. The record must be open."""
    from waymark.engines.indicators.keeping import keep
    from waymark.papers.apart import files_apart
    from waymark.queries.reviews.data import days_of, review_data

    datasets, kept = data_folder("datasets"), data_folder("assessments")
    keep(scope.place.code, days_of(scope), datasets=datasets, kept=kept)
    return files_apart(kind, review_data(scope, folder=datasets, kept=kept))
