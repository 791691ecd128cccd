"""One answer to "how do we know?"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceView:
    """One answer to "how do we know?": a dataset's series for one place, typed values, a document, a record.

    A document has one entry and one number, however often and for whatever it is cited; `page` names all its pages that
    are. `publisher`, `date` and `sha256` of a document are "" when the record does not have them.
    """

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
    locator: str = ""  # member and rows of the file
    mark: str = ""
    date: str = ""  # ISO day on which a document was published
    page: str = ""  # pages, paragraphs or other places of a document that are cited
    uncleared: bool = False  # of a dataset: whether no licence is known under which its figures may be passed on

    @property
    def family(self) -> tuple[str, ...]:
        """What sources share that stand together in a list: kind and publisher; of a dataset title and licence too."""
        dataset = (self.title, self.licence) if self.kind == "dataset" else ()
        return (self.kind, self.publisher, *dataset)
