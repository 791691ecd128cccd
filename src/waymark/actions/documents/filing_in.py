"""The one act by which a file comes into the record: held already, corrected, read again, or added.

Commands, demonstrations and pages call it. The file is hashed, read behind the wall and tagged before anything is
written; one short transaction then looks again whether it is on record, and writes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from waymark.actions.documents.adding import Added, add_document, held_already
from waymark.actions.documents.correcting import DocumentFacts, correct_facts
from waymark.actions.documents.registering import file_hash
from waymark.engines.documents.filing import Filing
from waymark.engines.documents.model import CutDocument
from waymark.engines.documents.reading import read_file
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.words.language import language_of
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb


def file_in(
    *, by: Actor, path: Path, facts: DocumentFacts, filing: Filing, tagger: Tagger | None = None, ocr: bool = False
) -> Added:
    """File one document in and say what came of it.

    A file that the network holds already is recognised by its hash and not read again; what `facts` say otherwise than
    the record is taken over. A file that cannot be read is kept and set aside with the reason. `ocr` reads pages that
    are pictures; `tagger` None leaves passages without suggestions. Raises InputError when there is no such file, it
    changed while it was read, or what is said of it cannot be; RefusedError when `by` may not, or the version that it
    is to replace was replaced already.
    """
    check_verb(by, Verb.KEEP_REGISTER, facts.network)
    sha256 = file_hash(path)[0] if path.is_file() else ""
    held = held_already(sha256, facts) if sha256 else None
    if held is None:
        added = add_document(
            by=by, path=path, read=_read(path, ocr=ocr), facts=facts, filing=filing, tagger=tagger, sha256=sha256
        )
    else:
        added = Added(held, "held", held.passages.count())
    if added.outcome != "held":
        return added
    document, changes = correct_facts(by=by, document=added.document, facts=facts)
    return replace(added, document=document, outcome="corrected" if changes else "held", changes=changes)


def file_in_all(
    *,
    by: Actor,
    files: Iterable[tuple[Path, InputError | None]],
    facts: DocumentFacts,
    filing: Filing,
    tagger: Tagger | None = None,
    ocr: bool = False,
) -> Iterator[tuple[Path, Added | InputError | RefusedError]]:
    """File in one after the other and say what came of each; a refusal of one does not end the list.

    `files` come with the reason why one may not be opened, as `engines.documents.reading.walk` gives them. Raises
    RefusedError when `by` may file in nothing here, and OutputError when the disk cannot be written.
    """
    check_verb(by, Verb.KEEP_REGISTER, facts.network)
    for path, barred in files:
        if barred is not None:
            yield path, barred
            continue
        try:
            yield path, file_in(by=by, path=path, facts=facts, filing=filing, tagger=tagger, ocr=ocr)
        except (InputError, RefusedError) as refusal:
            yield path, refusal


def _read(path: Path, *, ocr: bool) -> CutDocument | InputError:
    try:
        return read_file(path, language_of=language_of, ocr=ocr)
    except InputError as refusal:
        return refusal
