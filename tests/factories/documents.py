from pathlib import Path
from typing import Any

from django.conf import settings

from waymark.actions.documents import Added, DocumentFacts, add_document, register
from waymark.engines.documents.filing import Filing
from waymark.engines.documents.model import Block, Page, ParsedDocument
from waymark.engines.documents.passages import cut
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.words.language import language_of
from waymark.gcm.errors import InputError
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage

REMITTANCES = (
    "The Ministry of Finance compares the prices of remittances each month. Sending two hundred dinars cost six "
    "per cent in December 2023. Migrant workers and their families ask for cheaper transfers, so that more of the "
    "money reaches the household. Banks and post offices publish the fee and the exchange rate of every money transfer."
)
TRAFFICKING = (
    "Victims of trafficking in persons receive a recovery period of thirty days, legal aid and a safe place to stay. "
    "Police and prosecutors are trained to identify victims of trafficking and to investigate traffickers. "
    "Forced labour on farms is inspected together with the unions."
)


def document(code: str = "minutes", **fields: Any) -> Document:
    row = Document.objects.filter(code=code).first()
    return row or register(by=Actor.operator(), code=code, **({"title": f"Document {code}"} | fields))


def filing() -> Filing:
    return Filing(Path(settings.DATA_DIR) / "documents")


def parsed(*blocks: Block, pages: tuple[Page, ...] = ()) -> ParsedDocument:
    return ParsedDocument("text/markdown", blocks, pages, parser="text")


def added(
    path: Path,
    *paragraphs: str,
    by: Actor | None = None,
    tags: bool = True,
    pages: tuple[Page, ...] = (),
    sha256: str = "",
    **facts: Any,
) -> Added:
    """A document of chapters of one paragraph, each on its page (printed number 5 and up), added through the act."""
    blocks = []
    for page, words in enumerate(paragraphs):
        blocks += [Block("heading", f"Chapter {page + 1}", page, 1), Block("paragraph", words, page)]
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    known = pages or tuple(Page(page, str(page + 5)) for page in range(len(paragraphs)))
    read = cut(parsed(*blocks, pages=known), language_of=language_of)
    return add_document(
        by=by or Actor.operator(),
        path=path,
        read=read,
        facts=DocumentFacts(**({"code": path.stem} | facts)),
        filing=filing(),
        tagger=Tagger.load() if tags else None,
        sha256=sha256,
    )


def set_aside(path: Path, **facts: Any) -> Added:
    refusal = InputError(path.name, "it ends too early", expected="a whole file", todo="Ask for it again")
    return add_document(
        by=Actor.operator(), path=path, read=refusal, facts=DocumentFacts(**facts), filing=filing(), tagger=None
    )


def passage(code: str = "minutes") -> Passage:
    """One passage of a registered document, without a file: the shortest record of one."""
    row = document(code)
    found = row.passages.first()
    return found or Passage.objects.create(
        code=f"{code}.1", document=row, position=0, text=REMITTANCES, start=0, end=len(REMITTANCES), language="en"
    )
