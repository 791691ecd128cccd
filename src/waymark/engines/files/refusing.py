"""Refusals of a file that speak of it as the person gave it.

What reads bytes knows no name, so it speaks of "the file"; the reader that was given a path puts the name in.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from waymark.gcm.errors import InputError

THE_FILE = "the file"


@contextmanager
def named(given: str, place: str = "", also: str = "") -> Iterator[None]:
    """Raises the refusals of "the file" inside again with its name; `also` is a sentence to add to what to do."""
    try:
        yield
    except InputError as error:
        if error.given != THE_FILE:
            raise
        where = ", ".join(filter(None, (place, error.place)))
        todo = f"{error.todo.rstrip('.')}. {also}" if also else error.todo
        raise type(error)(given, error.problem, expected=error.expected, todo=todo, place=where) from None
