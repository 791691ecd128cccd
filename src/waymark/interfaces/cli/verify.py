"""Verifies that everything is as it was written: the log, its published heads, documents, editions, statistics.

Every digest of the log is made again from its words; numbers, seals and erasures are held against the heads that
`waymark seal` published outside the record. The first bad entry of each log is named, and each file that was changed
or is missing. What came after the last published head is told as not yet sealed. The exit status is 0 when all is
whole, else 1.
"""

import argparse
import sys

from waymark.gcm.nouns import counted
from waymark.interfaces.cli.record import existing_record
from waymark.interfaces.cli.seal import add_heads_option, heads_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark verify`."""
    add_heads_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Verify, and say what was looked at and what is wrong."""
    existing_record()
    from django.conf import settings

    from waymark.queries.installation.verifying import verify_installation

    published = heads_folder(arguments.heads)
    found = verify_installation(settings.DATA_DIR, published)
    for line in found.counts:
        print(line)
    for line in found.notes:
        print(f"note: {line}")
    for fault in found.faults:
        print(f"waymark verify: {fault.words}", file=sys.stderr)
    if found.faults:
        print(f"{counted(len(found.faults), 'fault', 'faults')} found.")
        return 1
    print(f"All is as it was written. Published heads: {published}")
    return 0
