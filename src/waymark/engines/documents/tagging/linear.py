"""The trained head: weights of words, pairs of words and concepts, in one file, read and used with numpy alone.

The score of a class is bias + words of the passage + concepts of the passage; the shares of the classes are the softmax
of the scores. Each part of the sum belongs to words of the passage, and these are the reasons.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging.features import CLASSES, CONCEPT_FEATURES, Floats, Vocabulary, Whole
from waymark.gcm.errors import InputError
from waymark.gcm.files import catalogue_path

VERSION = 1
"""Of the file's form; a file of another version is refused."""

HALF = NDArray[np.float16]


def head_path() -> Path:
    """Where the shipped weights lie."""
    return catalogue_path("tagging", "head.npz")


class Share(NamedTuple):
    """What one word or pair of words adds to the score of a class. `words` are stems."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of CLASSES for one passage, and what they are made of."""

    scores: Floats
    places: Whole
    parts: Floats
    """For each word of the passage (rows) what it adds to each class (columns)."""


@dataclass(frozen=True)
class LanguageHead:
    """The words of one language and their weights (f by c)."""

    vocabulary: Vocabulary
    weights: HALF


@dataclass(frozen=True)
class Head:
    """A trained head. `about` says what it was made from: version, hash of the inputs, counts, settings."""

    languages: Mapping[str, LanguageHead]
    concepts: Floats
    """Weights of the concepts, their scale included (CONCEPT_FEATURES by c)."""
    bias: Floats
    about: Mapping[str, Any] = field(default_factory=dict)

    def score(self, tokens: list[str], concepts: Floats, language: str) -> Scores:
        """The scores of a passage; a language without a vocabulary is scored by its concepts alone."""
        scores = self.bias + concepts @ self.concepts
        own = self.languages.get(language)
        if own is None:
            return Scores(scores, np.zeros(0, np.int32), np.zeros((0, len(CLASSES)), np.float32))
        places, values = own.vocabulary.features(tokens)
        parts = own.weights[places].astype(np.float32) * values[:, None]
        return Scores(scores + parts.sum(axis=0), places, parts)

    def shares(self, scores: Scores, column: int, language: str, most: int) -> list[Share]:
        """The words that speak most for a class, at most `most`, the heaviest first."""
        parts = scores.parts[:, column]
        if len(parts) > most:
            best = np.argpartition(-parts, most)[:most]
        else:
            best = np.arange(len(parts))
        best = best[np.argsort(-parts[best], kind="stable")]
        words = self.languages[language].vocabulary.words if len(parts) else ()
        return [Share(words[scores.places[row]], float(parts[row])) for row in best if parts[row] > 0]


def save(head: Head, path: Path) -> None:
    """Write a head; the same head gives the same bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "about": _blob(json.dumps(dict(head.about), sort_keys=True)),
        "concepts": head.concepts.astype(np.float32),
        "bias": head.bias.astype(np.float32),
    }
    for language in sorted(head.languages):
        own = head.languages[language]
        arrays[f"words.{language}"] = _blob("\n".join(own.vocabulary.words))
        arrays[f"idf.{language}"] = own.vocabulary.idf.astype(np.float32)
        arrays[f"weights.{language}"] = own.weights
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, arrays[name], allow_pickle=False)
            # A date of its own would make the bytes differ from one day to the next.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), held.getvalue(), zipfile.ZIP_DEFLATED)
    part.replace(path)


def load(path: Path) -> Head:
    """Read a head. Raises InputError when the file is missing, no head, or of another version."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            about = json.loads(stored["about"].tobytes().decode())
            if about["version"] != VERSION or about["classes"] != list(CLASSES):
                raise KeyError("version")
            languages = {
                name.removeprefix("words."): _language(stored, name.removeprefix("words."))
                for name in sorted(stored.files)
                if name.startswith("words.")
            }
            concepts, bias = stored["concepts"], stored["bias"]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(
            str(path),
            "it cannot be read as the weights of a tagger",
            expected=f"a file that `waymark documents train` or `learn` wrote, of version {VERSION}",
            todo="Train again",
        ) from error
    if concepts.shape != (CONCEPT_FEATURES, len(CLASSES)):
        raise InputError(
            str(path), "its concepts are not those of this version", expected="fresh weights", todo="Train again"
        )
    return Head(languages, concepts, bias, about)


def _language(stored: Mapping[str, NDArray[Any]], language: str) -> LanguageHead:
    words = stored[f"words.{language}"].tobytes().decode().split("\n")
    return LanguageHead(Vocabulary(words, stored[f"idf.{language}"]), stored[f"weights.{language}"])


def _blob(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
