"""Failures of the database in words, the same for every command: what is wrong with the record, and what to do.

They are told by the codes that SQLite and PostgreSQL give, never by our own guesses; only a server that does not let
us in gives no code, and is told by its words.
"""

from typing import NamedTuple


class Failure(NamedTuple):
    """What is wrong and what to do about it."""

    problem: str
    todo: str


_RESTORE = (
    "Bring it back from a backup with `waymark restore`, or set WAYMARK_DATA or DATABASE_URL to where the record is"
)
_AGAIN = "Nothing was left half-written. Run the command again when the other one is done"
_SETUP = "Run `waymark setup` once; if that does not help, bring the record back with `waymark restore`"
_SERVER = "Nothing was left half-written. Start the server or correct DATABASE_URL, then run the command again"
_SPACE = "Nothing was left half-written. Free some space, then run the command again"
_RIGHTS = "Give the user who runs the command the right to write there, or set WAYMARK_DATA to another folder"

SQLITE: dict[str, Failure] = {
    "SQLITE_NOTADB": Failure("the file is damaged or holds something else: it is no database of SQLite", _RESTORE),
    "SQLITE_CORRUPT": Failure("the file is damaged", _RESTORE),
    "SQLITE_READONLY": Failure("it can only be read, and this command writes", _RIGHTS),
    "SQLITE_FULL": Failure("the disk is full", _SPACE),
    "SQLITE_BUSY": Failure("another command has been writing for too long", _AGAIN),
    "SQLITE_LOCKED": Failure("another command has been writing for too long", _AGAIN),
    "SQLITE_CANTOPEN": Failure("the file cannot be opened, or its folder cannot be written", _RIGHTS),
    "SQLITE_IOERR": Failure("the disk could not be read or written", _SPACE),
    "SQLITE_PERM": Failure("the file may not be opened", _RIGHTS),
    "SQLITE_AUTH": Failure("the file may not be opened", _RIGHTS),
    "SQLITE_PROTOCOL": Failure("another command has been writing for too long", _AGAIN),
    "SQLITE_SCHEMA": Failure("its tables were changed meanwhile", _AGAIN),
    "SQLITE_ERROR": Failure("its tables are not those of this version of Waymark", _SETUP),
}
"""By the beginning of SQLite's name of the error, its parts being joined by `_`."""

POSTGRESQL: dict[str, Failure] = {
    "53100": Failure("the disk of the server is full", _SPACE),
    "53200": Failure("the server has no memory left", _AGAIN),
    "53300": Failure("the server has too many connections", _AGAIN),
    "25006": Failure("it can only be read, and this command writes", "Set DATABASE_URL to the server that is written"),
    "57014": Failure("the server stopped the work because it took too long", _AGAIN),
    "57P": Failure("the server was shut down or is starting", _SERVER),
    "55P03": Failure("another command has been writing for too long", _AGAIN),
    "40": Failure("another command was writing the same rows", _AGAIN),
    "42501": Failure(
        "the user of DATABASE_URL may not do this there", "Give it the right, or name another user in DATABASE_URL"
    ),
    "42": Failure("its tables are not those of this version of Waymark", _SETUP),
    "XX": Failure("the database is damaged", _RESTORE),
    "58": Failure("the disk of the server could not be read or written", _SPACE),
    "28": Failure("the server does not let this user in", "Correct user and password in DATABASE_URL"),
    "3D": Failure("the server has no such database", "Create it, or correct the name in DATABASE_URL"),
    "08": Failure("the server does not answer", _SERVER),
}
"""By the beginning of the code of five signs."""

CONNECTING: dict[str, Failure] = {
    "authentication failed": POSTGRESQL["28"],
    "no password supplied": POSTGRESQL["28"],
    "does not exist": POSTGRESQL["3D"],
    "too many connections": POSTGRESQL["53300"],
    "too many clients": POSTGRESQL["53300"],
    "starting up": POSTGRESQL["57P"],
    "shutting down": POSTGRESQL["57P"],
    "No space left": POSTGRESQL["53100"],
    "could not write": POSTGRESQL["58"],
    "could not read": POSTGRESQL["58"],
    "could not open": POSTGRESQL["58"],
    "FATAL": Failure(
        "the server lets nobody in", "Look at the log and the disk of the server, then run the command again"
    ),
}
"""By words of a server that gave no code because it let nobody in; the first that fits."""

UNKNOWN = Failure("the database refused", "Look at the disk and the database, then run the command again")


def is_of_database(error: BaseException) -> bool:
    """Whether the database raised it; told by name, so that commands without a record need not load Django."""
    return any(kind.__module__.startswith("django.db") and kind.__name__ == "Error" for kind in type(error).__mro__)


def failure_of(error: BaseException) -> Failure:
    """What is wrong with the database, by the code of the error beneath `error`."""
    cause = error.__cause__ or error
    name = getattr(cause, "sqlite_errorname", None)
    if name:
        return _longest(SQLITE, str(name))
    if getattr(cause, "sqlstate", None):
        return _longest(POSTGRESQL, str(cause.sqlstate))  # type: ignore[attr-defined]  # psycopg's
    if type(cause).__name__ == "OperationalError":
        words = str(cause)
        return next((failure for part, failure in CONNECTING.items() if part in words), POSTGRESQL["08"])
    return UNKNOWN


def _longest(known: dict[str, Failure], code: str) -> Failure:
    return max(
        ((len(start), failure) for start, failure in known.items() if code.startswith(start)),
        key=lambda pair: pair[0],
        default=(0, UNKNOWN),
    )[1]


def database_words(error: BaseException, place: str) -> str:
    """One paragraph: where the record is, what is wrong, in the database's own words too, and what to do."""
    problem, todo = failure_of(error)
    said = " ".join(str(error.__cause__ or error).split())
    return f"The record in {place} cannot be used: {problem} ({said}). {todo}."
