"""The file of a trained head: one .npz without pickles; the same head gives the same bytes."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging.features import CLASSES, CONCEPT_FEATURES, PieceTable, Vocabulary
from waymark.engines.documents.tagging.linear import Head, LanguageHead
from waymark.engines.documents.tagging.neighbours import Neighbours
from waymark.gcm.errors import InputError, OutputError
from waymark.gcm.files import catalogue_path

VERSION = 3
"""Of the file's form; a file of another version is refused."""

DAMAGE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, EOFError, NotImplementedError, MemoryError,
    zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip
"""What reading a damaged archive of arrays raises."""


def head_path() -> Path:
    """Where the shipped weights lie."""
    return catalogue_path("tagging", "head.npz")


def save(head: Head, path: Path) -> None:
    """Write a head; nothing half-written is left under the name."""
    arrays: dict[str, NDArray[Any]] = {
        "about": _blob(json.dumps({**head.about, "version": VERSION, "classes": CLASSES}, sort_keys=True)),
        "concepts": head.concepts.astype(np.float32),
        "bias": head.bias.astype(np.float32),
        "pieces": _blob("\n".join(head.table.pieces)),
        "piece_idf": head.table.idf.astype(np.float32),
        "piece_weights": head.pieces,
    }
    for language in sorted(head.languages):
        own = head.languages[language]
        arrays[f"words.{language}"] = _blob("\n".join(own.vocabulary.words))
        arrays[f"idf.{language}"] = np.array([*own.vocabulary.idf, own.vocabulary.unseen], np.float32)
        arrays[f"weights.{language}"] = own.weights
        arrays[f"near_starts.{language}"] = own.near.starts
        arrays[f"near_passages.{language}"] = own.near.passages
        arrays[f"near_values.{language}"] = own.near.values.astype(np.float16)
        arrays[f"near_shares.{language}"] = own.near.shares.astype(np.float16)
    part = path.with_name(path.name + ".part")
    try:
        _write(arrays, part)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: the weights cannot be written ({error.strerror}). Those that were there are as they were. Look "
            "at the disk and its rights, then run the command again."
        ) from error


def _write(arrays: dict[str, NDArray[Any]], part: Path) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, arrays[name], allow_pickle=False)
            # A date of its own would make the bytes differ from one day to the next.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), held.getvalue(), zipfile.ZIP_DEFLATED)


def load(path: Path) -> Head:
    """Read a head. Raises InputError when the file is missing, no head, or of another version."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            about = json.loads(_text(stored["about"]))
            concepts = stored["concepts"]
            if (about["version"], about["classes"]) != (VERSION, list(CLASSES)) or len(concepts) != CONCEPT_FEATURES:
                raise KeyError("version")
            names = [name.removeprefix("words.") for name in sorted(stored.files) if name.startswith("words.")]
            return Head(
                {name: _language(stored, name) for name in names},
                PieceTable(_lines(stored["pieces"]), stored["piece_idf"]),
                stored["piece_weights"],
                concepts,
                stored["bias"],
                about,
            )
    except DAMAGE as error:
        raise InputError(
            str(path),
            "it cannot be read as the weights of a tagger",
            expected=f"a file that `waymark documents train` or `learn` wrote, of version {VERSION}",
            todo="Learn or train again, or remove the file when it is what this installation has learned",
        ) from error


def _language(stored: Mapping[str, NDArray[Any]], language: str) -> LanguageHead:
    idf = stored[f"idf.{language}"]
    words = Vocabulary(_lines(stored[f"words.{language}"]), idf[:-1], float(idf[-1]))
    near = Neighbours(
        stored[f"near_starts.{language}"],
        stored[f"near_passages.{language}"],
        stored[f"near_values.{language}"].astype(np.float32),
        stored[f"near_shares.{language}"].astype(np.float32),
    )
    return LanguageHead(words, stored[f"weights.{language}"], near)


def _blob(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _text(blob: NDArray[np.uint8]) -> str:
    return blob.tobytes().decode()


def _lines(blob: NDArray[np.uint8]) -> list[str]:
    text = _text(blob)
    return text.split("\n") if text else []
