"""Registers a document: a file here with its hash, or only its address."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import by_language, checked_code, fact, relate, store
from waymark.gcm.errors import InputError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.networks import Network
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.roles import Verb

Words = str | dict[str, str]


def file_hash(path: Path) -> tuple[str, int]:
    """The SHA-256 (hexadecimal) and size in bytes of a file. Raises InputError when it cannot be read."""
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest(), path.stat().st_size
    except OSError as error:
        raise InputError(
            str(path),
            f"the file cannot be read ({error.strerror})",
            expected="a readable file",
            todo="Check the path and the rights of the file.",
        ) from error


@act
def register(
    *,
    by: Actor,
    code: str,
    title: Words,
    network: Network | None = None,
    file: Path | None = None,
    publisher: str = "",
    published_on: date | None = None,
    retrieved_on: date | None = None,
    url: str = "",
    media_type: str = "",
    pages: int | None = None,
    language: str = "",
    licence: str = "",
    redistributable: bool = False,
    retention: str = "",
    classification: str = "network",
    about: Sequence[Place] = (),
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Document:
    """Register a document.

    A file here (its hash is taken), or only its address. `about` are the places its text speaks about.
    Nothing is passed on without a licence.
    """
    check_verb(by, Verb.KEEP_REGISTER, network)
    sha256, size = file_hash(file) if file else ("", None)
    row = Document(
        code=checked_code(code, "document"),
        network=network,
        title=by_language(title),
        publisher=publisher,
        published_on=published_on,
        retrieved_on=retrieved_on,
        url=url,
        file_name=file.name if file else "",
        media_type=media_type,
        size=size,
        sha256=sha256,
        pages=pages,
        language=language,
        licence=licence,
        redistributable=redistributable,
        retention=retention,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    relate(row, "about", about)
    log(by, "document.registered", row, sha256=sha256)
    return row
