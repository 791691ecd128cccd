"""Reading ahead: one thread reads and parses while the caller checks what was read before."""

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

DEPTH = 8
"""How many items may wait; each is a batch of rows, so memory stays bounded."""


def ahead(items: Iterable[Item], depth: int = DEPTH) -> Iterator[Item]:
    """The same items in the same order, taken from their source by a thread of its own.

    What the source raises is raised here, at its place in the order. When the caller stops early, the thread has ended
    before this returns, so that the source may be closed.
    """
    waiting: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(depth)
    stopped = threading.Event()

    def put(item: Item | None, error: BaseException | None) -> bool:
        while not stopped.is_set():
            try:
                waiting.put((item, error), timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            for item in items:
                if not put(item, None):
                    return
            put(None, StopIteration())
        except BaseException as error:  # handed to the caller, who raises it
            put(None, error)

    thread = threading.Thread(target=work, name="waymark-reading", daemon=True)
    thread.start()
    try:
        while True:
            item, error = waiting.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]  # an item without an error is one of the source's
    finally:
        stopped.set()
        thread.join()
