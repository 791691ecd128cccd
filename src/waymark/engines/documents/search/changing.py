"""Takes single entries out of the index and puts them in, without building it anew.

Whoever changes the index holds the lock of its folder from before it reads what is to be changed until the change is
described, so that two never overwrite each other's work. `about.json` is written after the index itself: a process that
is killed in between leaves an older state beside newer entries, and the next one does the same change once more.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tantivy import Query as Lookup

from waymark.engines.documents.search.model import Entry
from waymark.engines.documents.search.store import (
    ENTRY,
    ROWS,
    About,
    Documents,
    describe,
    locked,
    opened,
    unpacked,
    written,
)

HEAP = 30_000_000
"""Bytes that the writer of a change gathers before it writes a segment."""


class Change:
    """The current generation, held for one change."""

    def __init__(self, folder: Path) -> None:
        name, self.about, self._index = opened(folder)
        self._generation = folder / name
        self._searcher = self._index.searcher()

    def made_of(self, rows: Iterable[str]) -> list[Entry]:
        """The entries of the index that are made of any of the rows with these URNs."""
        lookup = Lookup.term_set_query(self._index.schema, ROWS, sorted(set(rows)))
        counted: Any = self._searcher.search(lookup, 1, count=True)
        found = self._searcher.search(lookup, max(1, int(counted.count)), count=False)
        return [unpacked(bytes(self._searcher.doc(hit).get_first(ENTRY) or b"")) for _, hit in found.hits]

    def commit(self, gone: Iterable[str], rows: Iterable[Entry], *, state: str) -> About:
        """Take out every entry that is made of a row with one of the URNs `gone`, put in `rows`, keep `state`.

        All of it or nothing. With nothing to take out or put in, only the state is written.
        """
        urns, made, added = sorted(set(gone)), Documents(), 0
        before = after = self._searcher.num_docs
        if urns:
            writer = self._index.writer(heap_size=HEAP, num_threads=1)
            try:
                for urn in urns:
                    writer.delete_documents_by_term(ROWS, urn)
                for entry in rows:
                    writer.add_document(made.document(entry))
                    added += 1
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()
            self._index.reload()
            after = self._index.searcher().num_docs
        languages = tuple(sorted({*self.about.languages, *made.known}))
        changed = self.about.changed + added + (before + added - after)
        self.about = replace(self.about, state=state, entries=after, languages=languages, changed=changed)
        describe(self._generation, self.about)
        return self.about


@contextmanager
def changing(folder: Path, *, wait: float = 0.0) -> Iterator[Change]:
    """Hold the index in `folder` for one change; waits at most `wait` seconds for another process.

    Raises RefusedError when another process has it for longer, NotFoundError when there is none that can be read, and
    OutputError when it cannot be written.
    """
    with written(folder), locked(folder, wait):
        yield Change(folder)
