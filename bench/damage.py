"""Damages each store of an installation in each way and asks commands that read it: a paragraph, never a traceback."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import databases
from bench.trials import Server, Trial
from bench.writing import PLACE, REVIEW_OF_PLACE, WRITINGS, Place
from waymark.gcm.files import catalogue_path

DATASET = "figures"
"""The dataset that `data add` makes of the figures of `bench.writing`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A store: the files of it that are damaged, as a pattern below the data folder, and a command that reads them."""

    name: str
    files: str
    reader: Callable[[Place], Sequence[str | Path]]


STORES: tuple[Kept, ...] = (
    Kept("record", "waymark.sqlite3", lambda at: ["frameworks", "list"]),
    Kept("marker", "installation.json", lambda at: ["frameworks", "list"]),
    Kept("observations", f"datasets/{DATASET}/observations.parquet", lambda at: ["data", "coverage", "QOR"]),
    Kept("rejected rows", f"datasets/{DATASET}/rejects.parquet", lambda at: ["data", "check", DATASET]),
    Kept("manifest", f"datasets/{DATASET}/manifest.json", lambda at: ["data", "list"]),
    Kept("documents", "documents/files/*/*", lambda at: ["verify"]),
    Kept("texts", "documents/texts/*/*", lambda at: ["documents", "show", "qor-doc-website-audit", "--passages"]),
    Kept("index", "search/generation-*/*", lambda at: ["search", "remittances"]),
    Kept("pointer of the index", "search/current", lambda at: ["search", "remittances"]),
    Kept("heads", "heads/heads.jsonl", lambda at: ["seal", "--as-of", "2026-01-01"]),
    Kept("leaves", "heads/leaves/*", lambda at: ["verify"]),
    Kept("weights", "tagging/learned.npz", lambda at: ["documents", "tag", at.inputs / "texts" / "text-0.txt"]),
    Kept(
        "assessments", "assessments/**/*",
        lambda at: ["paper", PLACE, "--framework", "sdg", "--out", at.out / "paper"],
    ),
)  # fmt: skip

READERS: dict[str, Callable[[Place], Sequence[str | Path]]] = {
    "frameworks list": lambda at: ["frameworks", "list"],
    "data coverage": lambda at: ["data", "coverage", "QOR"],
    "data check of a dataset": lambda at: ["data", "check", DATASET],
    "data check of all": lambda at: ["data", "check"],
    "data list": lambda at: ["data", "list"],
    "verify": lambda at: ["verify"],
    "documents list": lambda at: ["documents", "list"],
    "documents passages": lambda at: ["documents", "passages", "--objective", "20"],
    "documents show": lambda at: ["documents", "show", "qor-doc-website-audit", "--passages"],
    "documents tag": lambda at: ["documents", "tag", at.inputs / "texts" / "text-0.txt"],
    "frameworks gaps": lambda at: ["frameworks", "gaps", "plan"],
    "history": lambda at: ["history", f"review:{REVIEW_OF_PLACE}"],
    "reviews show": lambda at: ["reviews", "show", REVIEW_OF_PLACE],
    **{writing.name: writing.words for writing in WRITINGS if not writing.slow and not writing.fresh},
}
"""Every command by its name, for the long run."""


def _newer(path: Path) -> None:
    """What a later version might write; other bytes where that cannot be said in JSON."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**facts, "format": 99, "version": 99, "more": []}))
    except (ValueError, TypeError):
        path.write_bytes(b"WAYMARK 99\n" + path.read_bytes())


def _other(path: Path) -> None:
    path.write_bytes(random.Random(path.name).randbytes(max(16, path.stat().st_size)))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS: dict[str, Callable[[Path], None]] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b"") and None,
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]) and None,
    "other bytes": _other,
    "a folder": _folder,
    "newer": _newer,
}


def furnish(place: Place, server: Server) -> None:
    """Let every store hold something. Raises RuntimeError."""
    (place.data / "tagging").mkdir()
    shutil.copy(catalogue_path("tagging", "head.npz"), place.data / "tagging" / "learned.npz")
    for words in (["data", "add", place.inputs / "figures.csv"], ["search", "remittances"], STORES[-1].reader(place)):
        ended = server.run(Trial([str(word) for word in words], place.environment(), str(place.root)))
        if ended.status:
            raise RuntimeError(ended.err)
    shutil.rmtree(place.out)
    place.out.mkdir()


def damaged(place: Place, kept: Kept, way: str) -> None:
    """Damage every file of a store, or the database. Raises RuntimeError when there is none."""
    if kept is STORES[0] and place.server:
        databases.DAMAGES[way](place.url)
        return
    paths = [path for path in sorted(place.data.glob(kept.files)) if path.is_file()]
    if not paths:
        raise RuntimeError(f"there is no {kept.files}")
    for path in paths:
        WAYS[way](path)


def opened(place: Place, words: Sequence[str | Path], server: Server) -> set[str]:
    """The names of the stores of which a command opens a file; all of them where the disk keeps no times of access.

    A disk tells of the first look at a file since it was written (`relatime`), so each is made to look older than that.
    """
    files = {path: kept.name for kept in STORES for path in place.data.glob(kept.files) if path.is_file()}
    probe = place.root / "probe"
    probe.write_bytes(b"x")
    for path in (probe, *files):
        os.utime(path, ns=(0, path.stat().st_mtime_ns))
    probe.read_bytes()
    if not probe.stat().st_atime_ns:
        return set(files.values())
    server.run(Trial([str(word) for word in words], place.environment(), str(place.root)))
    return {name for path, name in files.items() if not path.exists() or path.stat().st_atime_ns}


def asked(place: Place, words: Sequence[str | Path], server: Server) -> Iterator[str]:
    """What is wrong with how a command told of a damage."""
    ended = server.run(Trial([str(word) for word in words], place.environment(), str(place.root)))
    said = " ".join(map(str, words))
    if ended.status not in (0, 1, 2, 3, 4):
        yield f"{said}: status {ended.status}: {ended.err}"
    if "Traceback" in ended.err + ended.out:
        yield f"{said}: {ended.err}"
    if ended.status > 1 and ended.err.strip().splitlines()[-1].startswith("waymark ") is False:
        yield f"{said}: no paragraph: {ended.err}"
