"""Each way of tampering with the log by raw SQL, as somebody with the database's password can."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

NETWORK = "qor-network"


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_triggers() -> None:
    """Take away what keeps the log from being changed."""
    if connection.vendor == "sqlite":
        run("DROP TRIGGER event_never_update", "DROP TRIGGER event_never_delete")
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE", "DROP TRIGGER event_never_changes ON records_event")


def of(number: int) -> str:
    return f"(SELECT id FROM records_event WHERE network = '{NETWORK}' AND number = {number})"


def delete(*numbers: int) -> None:
    for number in numbers:
        run(f"DELETE FROM records_eventdetail WHERE event_id = {of(number)}")
        run(f"DELETE FROM records_event WHERE network = '{NETWORK}' AND number = {number}")


def renumber(before: int, after: int) -> None:
    run(f"UPDATE records_event SET number = {after} WHERE network = '{NETWORK}' AND number = {before}")


def set_event(number: int, change: str) -> None:
    run(f"UPDATE records_event SET {change} WHERE network = '{NETWORK}' AND number = {number}")


def set_words(number: int, change: str) -> None:
    run(f"UPDATE records_eventdetail SET {change} WHERE event_id = {of(number)}")


def count_to(last: int) -> None:
    run(f"UPDATE records_loghead SET last = {last} WHERE network = '{NETWORK}'")


def delete_and_close_up() -> None:
    delete(3)
    for number in range(4, 9):
        renumber(number, number - 1)
    count_to(7)


def swap() -> None:
    renumber(3, 999)
    renumber(5, 3)
    renumber(999, 5)


def put_in() -> None:
    for number in range(8, 3, -1):
        renumber(number, number + 1)
    run(
        "INSERT INTO records_event (network, number, verb, subject, at, digest) "
        f"SELECT network, 4, verb, subject, at, digest FROM records_event WHERE network = '{NETWORK}' AND number = 3"
    )
    run(
        "INSERT INTO records_eventdetail (event_id, salt, words, erased_rule) "
        f"SELECT {of(4)}, salt, words, '' FROM records_eventdetail WHERE event_id = {of(3)}"
    )
    count_to(9)


def cut_off() -> None:
    delete(7, 8)
    count_to(6)


def forged_erasure() -> None:
    """The words are emptied and an entry says that they were erased; the register does not know."""
    set_words(3, "salt = '', words = '{}', erased_on = '2026-01-01', erased_rule = 'R5'")
    run(
        "INSERT INTO records_event (network, number, verb, subject, at, digest) "
        f"SELECT network, 9, 'event.words.erased', 'urn:waymark:local:event:{NETWORK}:3', at, digest "
        f"FROM records_event WHERE network = '{NETWORK}' AND number = 8"
    )
    run(
        "INSERT INTO records_eventdetail (event_id, salt, words, erased_rule) "
        f"SELECT {of(9)}, salt, words, '' FROM records_eventdetail WHERE event_id = {of(8)}"
    )
    count_to(9)


def everything() -> None:
    delete(*range(1, 9))
    run(
        f"DELETE FROM records_loghead WHERE network = '{NETWORK}'",
        f"DELETE FROM records_seal WHERE network = '{NETWORK}'",
    )


def sql(change: Callable[[int, str], None], number: int, words: str) -> Callable[[], None]:
    return lambda: change(number, words)


@dataclass(frozen=True, slots=True)
class Tampering:
    """What is done to a sealed log of eight entries, and the entry and kind of fault that must be named first."""

    act: Callable[[], None]
    kind: str
    entry: int = 0
    area: str = "log"


TAMPERINGS = {
    "verb": Tampering(sql(set_event, 3, "verb = 'commitment.dropped'"), "changed", 3),
    "subject": Tampering(sql(set_event, 8, "subject = 'urn:x'"), "changed", 8),
    "time": Tampering(sql(set_event, 1, "at = '2020-01-01 00:00:00+00:00'"), "changed", 1),
    "digest": Tampering(sql(set_event, 5, f"digest = '{'0' * 64}'"), "changed", 5),
    "words": Tampering(sql(set_words, 4, """words = '{"by": {}, "changes": {}}'"""), "words altered", 4),
    "salt": Tampering(sql(set_words, 4, "salt = 'x'"), "words altered", 4),
    "words gone": Tampering(
        lambda: run(f"DELETE FROM records_eventdetail WHERE event_id = {of(6)}"), "words removed", 6
    ),
    "deleted": Tampering(lambda: delete(3), "deleted", 3),
    "deleted, closed up": Tampering(delete_and_close_up, "deleted", 3),
    "reordered": Tampering(swap, "reordered", 3),
    "put in": Tampering(put_in, "reordered", 4),
    "cut off": Tampering(cut_off, "cut off", 7),
    "cut off with its seal": Tampering(
        lambda: (cut_off(), run(f"DELETE FROM records_seal WHERE network = '{NETWORK}'"))[0], "cut off", 7
    ),
    "emptied": Tampering(sql(set_words, 3, "salt = '', words = '{}'"), "erasure forged", 3),
    "marked as erased": Tampering(
        sql(set_words, 3, "salt = '', words = '{}', erased_on = '2026-01-01', erased_rule = 'R5'"), "erasure forged", 3
    ),
    "erasure with an entry": Tampering(forged_erasure, "erasure forged", 3),
    "seal removed": Tampering(
        lambda: run(f"DELETE FROM records_seal WHERE network = '{NETWORK}'"), "seal removed", area="seals"
    ),
    "all seals removed": Tampering(lambda: run("DELETE FROM records_seal"), "seal removed", area="seals"),
    "seal changed": Tampering(
        lambda: run(f"UPDATE records_seal SET root = '{'0' * 64}' WHERE network = '{NETWORK}'"),
        "seal changed",
        area="seals",
    ),
    "log removed": Tampering(everything, "log removed"),
    "counter": Tampering(lambda: count_to(12), "cut off", 9),
    "counter gone": Tampering(lambda: run(f"DELETE FROM records_loghead WHERE network = '{NETWORK}'"), "added", 1),
}
