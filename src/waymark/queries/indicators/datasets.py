"""A dataset as the source of figures: whose it is, under which licence, and through whom its file came."""

from collections.abc import Mapping

from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.place_facts import Figure
from waymark.queries.sources.reading import SourceBook
from waymark.queries.sources.views import SourceView


def dataset_source(figure: Figure, series: str, manifests: Mapping[str, Manifest], sources: SourceBook) -> str:
    """The key of the source of one observation: its dataset and series; the year is noted as shown."""
    manifest = manifests[figure.dataset]
    key = sources.add(
        SourceView(
            key=f"dataset:{figure.dataset}|{series}",
            kind="dataset",
            publisher=manifest.publisher,
            title=manifest.title,
            series=series,
            retrieved=manifest.retrieved,
            sha256=manifest.sha256,
            licence=manifest.licence,
            address=manifest.address,
            uncleared=not manifest.cleared,
            locator="; ".join(filter(None, (f"file {figure.member}" if figure.member else "", obtained(manifest)))),
        )
    )
    sources.use_years(key, {figure.year})
    return key


PACKAGES = {"iom-gdidata": "as in the package gdidata of IOM"}
"""Reader → what is said of figures that were read from somebody's package of tables and not from their publisher."""


def obtained(manifest: Manifest) -> str:
    """Through which mirror a file came, where its manifest says so, and from whose package it was read."""
    mirror = next((note.partition(";")[0].lower() for note in manifest.notes if note.startswith("Obtained ")), "")
    return "; ".join(filter(None, (PACKAGES.get(manifest.reader, ""), mirror)))
