"""What many tests find in the record, made once: each test takes back what it changes, the last one all of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

T = TypeVar("T")


@contextmanager
def standing(blocker: Any, make: Callable[[], T]) -> Iterator[T]:
    """Within it the record holds what `make` made. `blocker` is pytest-django's, which lets no fixture in by itself."""
    whole = transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
        try:
            made = make()
        except BaseException:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            raise
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
