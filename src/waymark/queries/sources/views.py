"""One answer to "how do we know?"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceView:
    """One answer to "how do we know?": a dataset's series for one place, typed values, a document, a record."""

    key: str
    kind: str  # "dataset", "document", "record", "catalogue", "national value"
    publisher: str
    title: str
    series: str = ""
    years: str = ""  # years used, such as "2011–2017"
    retrieved: str = ""  # ISO date or "unknown"
    sha256: str = ""
    licence: str = ""
    address: str = ""
    locator: str = ""  # member and rows of the file, page, paragraph
    mark: str = ""
