"""Adds a file: keeps it, cuts it into passages, has them tagged; a file that cannot be read is set aside."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from django.db import transaction
from django.db.models import Q, QuerySet

from waymark.actions.documents.tagging import frameworks_for, suggest_tags
from waymark.actions.log import log
from waymark.actions.storing import checked_code, free_code, said, store, store_all
from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.filing import Filing
from waymark.engines.documents.model import CutDocument
from waymark.engines.documents.similar import fingerprint, nearest
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage, Reading
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place
from waymark.records.record import Classification

Outcome = Literal["added", "already", "set aside"]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a person says about a file. `about` are the places its text speaks about; none is global guidance.

    `code` and `title` are made from the file when they are "". `former` is the edition that it replaces.
    """

    network: Network | None = None
    about: Sequence[Place] = ()
    code: str = ""
    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    retrieved_on: date | None = None
    url: str = ""
    language: str = ""
    licence: str = ""
    redistributable: bool = False
    classification: str = ""
    """"" is "network" for a new document, and as it is for one on record."""
    former: Document | None = None
    frameworks: Sequence[Framework] = ()
    """Imported frameworks whose provisions are suggested too, besides those of the reviews it may serve."""
    anew: bool = False
    """Read a file again that is on record, as with OCR; only while nobody cited or judged a passage of it."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file.

    `near` is a document whose text is nearly the same; `corrected` says that facts of one on record were taken over.
    """

    document: Document
    outcome: Outcome
    passages: int = 0
    near: Document | None = None
    corrected: bool = False


def add_document(
    *,
    by: Actor,
    path: Path,
    read: CutDocument | InputError,
    facts: DocumentFacts,
    filing: Filing,
    tagger: Tagger | None = None,
    sha256: str = "",
) -> Added:
    """Add one file that was read (engines.documents.reading), all of it or nothing.

    The same file in the same network is recognised by its hash and not added again, unless it was set aside before and
    can be read now. A file that could not be read (`read` is the refusal) is kept and set aside with the reason.
    `tagger` None leaves the passages without suggestions. `sha256` is the hash from before the file was read;
    InputError is raised when it has changed since. Where another command adds the same file at the same time, one of
    them adds it and the other is told so.
    """
    check_verb(by, Verb.KEEP_REGISTER, facts.network)
    _check_former(facts)
    kept = filing.keep(path)
    if sha256 and kept[0] != sha256:
        raise InputError.coded("document.changed_while_read", file=display_name(path))
    text_sha256 = "" if isinstance(read, InputError) else filing.keep_text(read.text)
    try:
        return _add(by, path, kept, read, text_sha256, facts, tagger)
    except RefusedError:
        held = _on_record(kept[0], facts).first()  # another command may have stored the same file meanwhile
        if held is None or not _settled(held, read, facts):
            raise
        return Added(held, "already", held.passages.count())


def _add(
    by: Actor,
    path: Path,
    kept: tuple[str, int],
    read: CutDocument | InputError,
    text_sha256: str,
    facts: DocumentFacts,
    tagger: Tagger | None,
) -> Added:
    with transaction.atomic():
        held = _on_record(kept[0], facts).select_for_update().first()
        if held is not None and _settled(held, read, facts):
            return Added(held, "already", held.passages.count())
        row = held or _new(path, facts, *kept, read)
        if isinstance(read, InputError):
            row.reading, row.reading_note = Reading.QUARANTINED, str(read)
            _store(by, row, facts, "document.set_aside")
            return Added(row, "set aside")
        if held is not None:
            held.passages.all().delete()
            _say_again(held, facts)
        row.former = facts.former or row.former  # a file that cannot be read replaces nothing
        near = _take_over(row, read, text_sha256)
        _store(by, row, facts, "document.read")
        passages = _store_passages(row, read)
        if tagger is not None:
            suggest_tags(
                by=by,
                passages=passages,
                tagger=tagger,
                network=facts.network,
                frameworks=[*frameworks_for(row), *facts.frameworks],
            )
    return Added(row, "added", len(passages), near)


@transaction.atomic
def correct_facts(*, by: Actor, document: Document, facts: DocumentFacts) -> Document:
    """Take over what a person says now of a document on record; what is not said stays. Its passages stay too."""
    check_verb(by, Verb.KEEP_REGISTER, document.network)
    if facts.former is not None and facts.former.pk not in (document.pk, document.former_id):
        _check_former(facts)
        document.former = facts.former
    _say_again(document, facts)
    store(document)
    if facts.about:
        document.about.set(facts.about)
    log(by, "document.corrected", document, document.network)
    return document


def held_already(sha256: str, facts: DocumentFacts) -> Document | None:
    """The document that holds the file of this hash already, so that it need not be read; None when it must be."""
    held = _on_record(sha256, facts).first()
    return held if held is not None and not _readable(held, anew=facts.anew) else None


def _on_record(sha256: str, facts: DocumentFacts) -> QuerySet[Document]:
    return Document.objects.filter(network=facts.network, sha256=sha256)


def _settled(held: Document, read: CutDocument | InputError, facts: DocumentFacts) -> bool:
    """Whether reading the file brings nothing to the document that holds it."""
    return isinstance(read, InputError) or not _readable(held, anew=facts.anew)


def _readable(held: Document, *, anew: bool) -> bool:
    """Whether a file on record may be read: when it was not yet, or again while nobody points at its words."""
    if held.reading != Reading.READ:
        return True
    used = Q(cited_by__isnull=False) | Q(evidence_of__isnull=False) | Q(tags__by_person=True)
    return anew and not held.passages.filter(used).exists()


def _check_former(facts: DocumentFacts) -> None:
    former = facts.former
    if former is None:
        return
    if former.network_id != (facts.network.pk if facts.network else None):
        raise RefusedError("document.former_elsewhere", document=former.code)
    later = former.later_editions.first()
    if later is not None:
        raise RefusedError("document.replaced_already", document=former.code, later=later.code)


def _new(path: Path, facts: DocumentFacts, sha256: str, size: int, read: CutDocument | InputError) -> Document:
    parsed = None if isinstance(read, InputError) else read.parsed
    title = facts.title or (_own_title(parsed.title) if parsed else "") or _title_of(path)
    language = facts.language or (read.language if isinstance(read, CutDocument) else "")
    return Document(
        code=checked_code(facts.code, "document") if facts.code else free_code(Document, _code_of(path)),
        network=facts.network,
        title=said(title, language or "en"),
        publisher=facts.publisher,
        published_on=facts.published_on,
        retrieved_on=facts.retrieved_on,
        url=facts.url,
        file_name=display_name(path),
        media_type=parsed.media_type if parsed else "",
        size=size,
        sha256=sha256,
        language=language,
        licence=facts.licence,
        redistributable=facts.redistributable,
        classification=facts.classification or Classification.NETWORK,
    )


def _say_again(row: Document, facts: DocumentFacts) -> None:
    """What a person says of a file when it is read again holds; what is not said stays."""
    row.classification = facts.classification or row.classification
    row.redistributable = facts.redistributable or row.redistributable
    row.title = said(facts.title, facts.language or row.language or "en") or row.title
    for name in ("publisher", "published_on", "retrieved_on", "url", "language", "licence"):
        setattr(row, name, getattr(facts, name) or getattr(row, name))


def _take_over(row: Document, read: CutDocument, text_sha256: str) -> Document | None:
    """Fill in what reading found out; returns a document whose text is nearly the same."""
    row.reading, row.reading_note = Reading.READ, " ".join(read.parsed.notes)
    row.parser, row.text_sha256 = read.parsed.parser, text_sha256
    row.media_type = read.parsed.media_type
    row.language = row.language or read.language
    row.pages = len(read.parsed.pages) or None
    row.flags = {str(page.index): [str(flag) for flag in page.flags] for page in read.parsed.pages if page.flags}
    print_of = fingerprint(read.text)
    row.fingerprint = list(print_of)
    read_here = Document.objects.filter(network=row.network, reading=Reading.READ).exclude(pk=row.pk).order_by("id")
    others = {key: tuple(prints) for key, prints in read_here.values_list("pk", "fingerprint")}
    found = nearest(print_of, others)
    row.near = Document.objects.get(pk=found[0]) if found else None
    return row.near


def _store(by: Actor, row: Document, facts: DocumentFacts, verb: str) -> None:
    store(row)
    if facts.about:  # reading again takes nothing away
        row.about.set(facts.about)
    log(by, verb, row, facts.network, sha256=row.sha256)


def _store_passages(row: Document, read: CutDocument) -> list[Passage]:
    return store_all(
        Passage,
        [
            Passage(
                code=f"{row.code}.{passage.position + 1}",
                document=row,
                position=passage.position,
                text=passage.text,
                start=passage.start,
                end=passage.end,
                language=passage.language,
                page=passage.page,
                page_label=passage.page_label[:40],
                locator=passage.locator[:300],
                headings=list(passage.headings),
                flags=[str(flag) for flag in passage.flags],
            )
            for passage in read.passages
        ],
    )


_MADE_BY_PROGRAMS = re.compile(
    r"(?i)^(microsoft (word|powerpoint)|untitled|document\d*|presentation\d*|slide \d+)\b|\.\w{3,4}$"
)


def _own_title(title: str) -> str:
    """A title that the file gives itself, "" when a program made it up."""
    words = " ".join(title.split())
    return "" if len(words.split()) < 3 or _MADE_BY_PROGRAMS.search(words) else words[:500]


def _title_of(path: Path) -> str:
    return " ".join(re.sub(r"[_\s]+", " ", display_name(path).rpartition(".")[0] or display_name(path)).split())


def _code_of(path: Path) -> str:
    """A code from the file's name: its Latin letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", path.stem)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    code = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")[:80].strip("-")
    return f"doc-{code}" if code else "doc"
