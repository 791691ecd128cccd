"""The index on disk: each rebuild is a new generation beside the old one, made current by one rename.

    search/current             name of the generation that is read
    search/generation-000007/  the index and `about.json`: version, state of the record, entries, changes, languages
    search/.lock               held while a generation is built or changed

A reader holds its generation as it was when it opened it, until it reopens. A rebuild that is stopped leaves the
current generation as it was; what it leaves behind is removed by the next one. Single entries are taken out and put in
by `changing.py`.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy

from waymark.engines.documents.search.model import FACETS, Entry, Said
from waymark.engines.documents.search.names import keys
from waymark.engines.documents.words.tokens import CACHED, LONGEST, WORDS, memory, tokens
from waymark.gcm.errors import NotFoundError, OutputError, RefusedError

VERSION = 2
"""Of the fields and tokens. An index of another version is rebuilt."""

HEAP = 128_000_000
"""Bytes that the writer gathers before it writes a segment."""

LOOKS = 10
"""Times that a reader looks for the current generation, which a rebuild may replace between two looks."""

STEP = 0.02
"""Seconds between two looks at a lock that another process holds."""

CURRENT, ABOUT, LOCK = "current", "about.json", ".lock"
GENERATION, UNFINISHED = "generation-", ".part"

BODY, TITLE, EXACT, MORE, GATE, ROWS, ENTRY = "body", "title", "exact", "more", "gate", "rows", "entry"
"""Fields: stems of title and text; stems of the title; folded words; keys of names; who may see it; URNs of the rows
that it is made of, its own first; the entry."""

BREAK = " ¶ "
"""Stands between two pieces of text, so that no phrase runs from one into the other."""


@dataclass(frozen=True, slots=True)
class About:
    """What a generation is: `state` is what the caller named the state of its record.

    `changed` counts the entries that were put in or taken out since it was built.
    """

    version: int
    state: str
    entries: int
    languages: tuple[str, ...]
    changed: int = 0


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(BODY, tokenizer_name=TOKENS, index_option="position")
    builder.add_text_field(TITLE, tokenizer_name=TOKENS, index_option="freq")
    builder.add_text_field(EXACT, tokenizer_name=TOKENS, index_option="position")
    builder.add_text_field(MORE, tokenizer_name=TOKENS, index_option="basic")
    builder.add_text_field(GATE, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(ROWS, tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field(ENTRY, stored=True)
    return builder.build()


TOKENS = "tokens"


def register(index: tantivy.Index) -> None:
    """Tell the index that our tokens are what stands between spaces."""
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def build(rows: Iterable[Entry], folder: Path, *, state: str = "") -> About:
    """Write a new generation of the index in `folder` from `rows` and make it current; `state` is kept beside it.

    Raises RefusedError while another process builds it, OutputError when it cannot be written.
    """
    with written(folder), locked(folder):
        return _build(rows, folder, state)


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Say in words when the disk refuses what is written in this block. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) or "IO" in str(error) or "lock" in str(error).lower():
            raise OutputError(
                f"The search index in {folder}: it could not be written ({error}). The index that was there is as it "
                "was. Free some space or choose another data folder, then run again."
            ) from error
        raise


def _build(rows: Iterable[Entry], folder: Path, state: str) -> About:
    former = current(folder)
    name = f"{GENERATION}{_number(former) + 1:06}"
    for path in folder.glob(f"{GENERATION}*"):
        if path.name != former:  # whoever reads an older one holds its files open
            shutil.rmtree(path, ignore_errors=True)
    shutil.rmtree(folder / name, ignore_errors=True)
    part = folder / f"{name}{UNFINISHED}"
    part.mkdir()
    try:
        about = _write(rows, part, state)
        part.rename(folder / name)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _put(folder / CURRENT, name)
    return about


def _put(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    part = path.with_name(f"{path.name}{UNFINISHED}")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def describe(generation: Path, about: About) -> None:
    """Write what a generation is beside its index."""
    _put(generation / ABOUT, json.dumps(asdict(about), indent=1))


def _write(rows: Iterable[Entry], part: Path, state: str) -> About:
    index = tantivy.Index(schema(), path=str(part))
    register(index)
    writer = index.writer(heap_size=HEAP, num_threads=1)  # one thread keeps the entries in their order
    count, made = 0, Documents()
    try:
        for entry in rows:
            writer.add_document(made.document(entry))
            count += 1
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()  # nothing is written any more when the folder is moved or removed
    about = About(VERSION, state, count, tuple(sorted(made.known)))
    describe(part, about)
    return about


class _Chunks(dict[str, tuple[str, str, str]]):
    """Written chunk → its stems, its folded words and its keys, each joined by spaces: one look-up for all three."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.stems = memory(language)

    def __missing__(self, chunk: str) -> tuple[str, str, str]:
        found = (" ".join(self.stems[chunk]), " ".join(WORDS[chunk]), " ".join(keys(chunk)))
        if len(chunk) <= LONGEST:
            if len(self) >= CACHED:
                self.clear()
            self[chunk] = found
        return found


class Documents:
    """Makes the index's documents from entries; remembers chunks as long as one index is built."""

    def __init__(self) -> None:
        self.known: dict[str, _Chunks] = {}

    def document(self, entry: Entry) -> tantivy.Document:
        """The document of one entry."""
        document = tantivy.Document()
        body, exact, more = self.fields(entry)
        document.add_text(BODY, BREAK.join(body))
        document.add_text(EXACT, BREAK.join(exact))
        document.add_text(MORE, " ".join(more))
        if entry.titles or entry.above:
            above = [token for language, text in entry.above for token in tokens(text, language)]
            document.add_text(TITLE, " ".join([*body[: len(entry.titles)], *above]))
        document.add_text(GATE, entry.gate)
        for row in (entry.urn, *entry.made_of):
            document.add_text(ROWS, row)
        for facet, values in entry.facets():
            for value in values:
                document.add_text(facet, value)
        document.add_bytes(ENTRY, packed(entry))
        return document

    def fields(self, entry: Entry) -> tuple[list[str], list[str], list[str]]:
        """Stems and folded words of each text of an entry, and the keys of all."""
        body: list[str] = []
        exact: list[str] = []
        more: list[str] = []
        for language, text in (*entry.titles, *entry.texts):
            known = self.known.get(language)
            if known is None:
                known = self.known[language] = _Chunks(language)
            chunks = [known[chunk] for chunk in text.split()]
            body.append(" ".join([stems for stems, _, _ in chunks]))
            exact.append(" ".join([folded for _, folded, _ in chunks]))
            more += [key for _, _, key in chunks if key]
        return body, exact, more


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(entry: Entry) -> bytes:
    """The entry as it is stored."""
    fields = [
        entry.urn, entry.noun, entry.gate, entry.kind, entry.titles, entry.texts, entry.objectives, entry.places,
        entry.year, entry.publisher, entry.above,
    ]  # fmt: skip
    return _encode(fields).encode("utf-8", "surrogatepass")


def unpacked(stored: bytes) -> Entry:
    """The entry of `packed`."""
    urn, noun, gate, kind, titles, texts, objectives, places, year, publisher, above = json.loads(
        stored.decode("utf-8", "surrogatepass")
    )
    return Entry(
        urn, noun, gate, kind, tuple(Said(*said) for said in titles), tuple(Said(*said) for said in texts),
        tuple(objectives), tuple(places), year, publisher, tuple(Said(*said) for said in above),
    )  # fmt: skip


def about(folder: Path) -> About | None:
    """What the current generation in `folder` is; None when there is none of this version that can be read."""
    name = current(folder)
    return _about(folder / name) if name else None


def _about(generation: Path) -> About | None:
    try:
        fields = json.loads((generation / ABOUT).read_text(encoding="utf-8"))
        if fields["version"] != VERSION:
            return None
        languages = tuple(map(str, fields["languages"]))
        return About(VERSION, str(fields["state"]), int(fields["entries"]), languages, int(fields["changed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def opened(folder: Path) -> tuple[str, About, tantivy.Index]:
    """Name, description and index of the current generation. Raises NotFoundError when there is none to read."""
    for _ in range(LOOKS):
        name = current(folder)
        found = _about(folder / name) if name else None
        if found is None:
            continue
        try:
            index = tantivy.Index.open(str(folder / name))
            register(index)
            index.config_reader("manual", 0)
            index.searcher()
        except (OSError, ValueError):
            continue
        except BaseException as error:  # the library panics on some damaged files, outside Python's exceptions
            if type(error).__name__ != "PanicException":
                raise
            continue
        return name, found, index
    raise NotFoundError(
        f"The search index in {folder}",
        "there is none of this version that can be read",
        expected="an index built from the record",
        todo="Run `waymark search --rebuild`.",
    )


def stamp(folder: Path, name: str) -> tuple[int, ...]:
    """What changes with every change of a generation, () when it is not there: cheap to look at before a question."""
    try:
        found = (folder / name / ABOUT).stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def current(folder: Path) -> str:
    """The name of the current generation, "" when there is none."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name.startswith(GENERATION) and name.removeprefix(GENERATION).isdigit() else ""


def _number(name: str) -> int:
    digits = name.removeprefix(GENERATION).removesuffix(UNFINISHED)
    return int(digits) if digits.isdigit() else 0


@contextmanager
def locked(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the folder alone; waits at most `wait` seconds for whoever holds it. Raises RefusedError after that."""
    lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    end = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise RefusedError("index.being_rebuilt", folder=str(folder)) from None
            time.sleep(STEP)
        yield
    finally:
        os.close(lock)
