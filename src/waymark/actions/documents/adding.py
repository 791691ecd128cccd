"""Writes a file that was read into the record: the file, its passages and their tags, or why it was set aside."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from django.db import transaction
from django.db.models import Q, QuerySet

from waymark.actions.acts import act
from waymark.actions.documents.correcting import (
    Changes,
    DocumentFacts,
    check_former,
    reinstated,
    replace_former,
    say_again,
)
from waymark.actions.documents.tagging import Suggested, frameworks_serving, store_suggestions, suggested
from waymark.actions.log import log, log_all
from waymark.actions.storing import by_language, checked_code, free_code, fresh, relate, store, store_all
from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.filing import Filing
from waymark.engines.documents.model import CutDocument
from waymark.engines.documents.similar import fingerprint, nearest
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.lists import Classification
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage, Reading
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb

Outcome = Literal["held", "corrected", "read again", "added", "set aside"]
"""It was on record and nothing differs; facts of it were taken over; its file was read again, or for the first time
after it had been set aside; it is new; it cannot be read and is kept with the reason."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file, with how many passages it has and how many tags were suggested now.

    `near` is a document whose text is nearly the same; `changes` are the facts that were taken over.
    """

    document: Document
    outcome: Outcome
    passages: int = 0
    tags: int = 0
    near: Document | None = None
    changes: Changes = field(default_factory=dict)


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
    """Write one file that was read (engines.documents.reading) into the record, all of it or nothing.

    For `file_in`, which reads it. The same file in the same network is recognised by its hash and not added again,
    unless it was set aside before and can be read now. A file that could not be read (`read` is the refusal) is kept
    and set aside with the reason. `tagger` None leaves the passages without suggestions. `sha256` is the hash from
    before the file was read; InputError is raised when it has changed since. Where another command adds the same file
    at the same time, one of them adds it and the other is told so.
    """
    check_verb(by, Verb.KEEP_REGISTER, facts.network)
    with transaction.atomic():
        check_former(facts)  # before the work; once more when it is written
    kept = filing.keep(path)
    if sha256 and kept[0] != sha256:
        raise InputError.coded("document.changed_while_read", file=display_name(path))
    work = _Work(path, *kept, read)
    if not isinstance(read, InputError):
        held = _on_record(kept[0], facts).first()
        if held is None or not _settled(held, read, facts):
            work.text_sha256 = filing.keep_text(read.text)
            work.tags = _suggested(read, facts, held, tagger) if tagger is not None else None
    try:
        return _write(by, work, facts)
    except RefusedError:
        if not _on_record(kept[0], facts).exists():
            raise
        return _write(by, work, facts)  # another command stored the same file meanwhile


@dataclass(slots=True)
class _Work:
    """All that is known of a file before it is written into the record."""

    path: Path
    sha256: str
    size: int
    read: CutDocument | InputError
    text_sha256: str = ""
    tags: Suggested | None = None


def _suggested(read: CutDocument, facts: DocumentFacts, held: Document | None, tagger: Tagger) -> Suggested:
    about = list(facts.about) or (list(held.about.all()) if held else [])
    return suggested(read.passages, tagger, [*frameworks_serving(facts.network, about), *facts.frameworks])


@act
def _write(by: Actor, work: _Work, facts: DocumentFacts) -> Added:
    check_verb(by, Verb.KEEP_REGISTER, facts.network)
    found = _on_record(work.sha256, facts).first()
    held = fresh(found) if found else None
    read = work.read
    if held is not None and (_settled(held, read, facts) or not (isinstance(read, InputError) or work.text_sha256)):
        return Added(held, "held", held.passages.count())
    check_former(facts)
    row = held or _new(facts, work)
    if isinstance(read, InputError):
        row.reading, row.reading_note = Reading.QUARANTINED, str(read)
        _store(by, row, facts, "document.set_aside")
        return Added(row, "set aside")
    changes: Changes = {}
    if held is not None:
        held.passages.all().delete()  # with their tags: they come again from the file
        changes = say_again(held, facts)
    changes |= replace_former(row, facts.former)  # a file that cannot be read replaces nothing
    near = _take_over(row, read, work.text_sha256)
    _store(by, row, facts, "document.read", changes)
    log_all(by, reinstated(row, changes))
    passages = _store_passages(row, read)
    tags = store_suggestions(by, passages, work.tags, [row], facts.network) if work.tags is not None else 0
    return Added(row, "added" if held is None else "read again", len(passages), tags, near, changes)


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


def _new(facts: DocumentFacts, work: _Work) -> Document:
    path, read = work.path, work.read
    parsed = None if isinstance(read, InputError) else read.parsed
    title = facts.title or (_own_title(parsed.title) if parsed else "") or _title_of(path)
    language = facts.language or (read.language if isinstance(read, CutDocument) else "")
    return Document(
        code=checked_code(facts.code, "document") if facts.code else free_code(Document, _code_of(path)),
        network=facts.network,
        title=by_language(title, language or "en"),
        publisher=facts.publisher,
        published_on=facts.published_on,
        retrieved_on=facts.retrieved_on,
        url=facts.url,
        file_name=display_name(path),
        media_type=parsed.media_type if parsed else "",
        size=work.size,
        sha256=work.sha256,
        language=language,
        licence=facts.licence,
        redistributable=facts.redistributable,
        classification=facts.classification
        or (facts.former.classification if facts.former else Classification.NETWORK),
    )


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


def _store(by: Actor, row: Document, facts: DocumentFacts, verb: str, changes: Changes | None = None) -> None:
    store(row)
    if facts.about:  # reading again takes nothing away
        relate(row, "about", facts.about)
    log(by, verb, row, sha256=row.sha256, **(changes or {}))


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
        noting=False,
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
