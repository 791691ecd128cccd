"""Restores a backup into an empty place, and makes every erasure again that was made since.

The data folder must be empty or missing, the database empty. Every file is held against its hash before anything is
written; a restore that is cut off is finished by the same command. The register of erasures is looked for in --heads,
else in WAYMARK_HEADS: it must have outlived the record. A backup of an older version is brought to this one; one of a
newer version is refused. A backup of SQLite is restored onto PostgreSQL as well, and the other way round.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.output import refusal
from waymark.interfaces.cli.record import open_record
from waymark.interfaces.cli.seal import add_heads_option, heads_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark restore`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the backup")
    add_heads_option(parser)
    parser.add_argument(
        "--no-register",
        action="store_true",
        help="there is no register of erasures any more: words erased since the backup come back",
    )
    parser.add_argument("--check", action="store_true", help="only hold every file against its hash; restore nothing")


def run(arguments: argparse.Namespace) -> int:
    """Check the backup, restore it, say what was made again and what was lost."""
    open_record()
    from django.conf import settings

    from waymark.actions.installation.backups import check_backup, check_register, read_backup
    from waymark.actions.installation.restoring import Place, restore

    folder: Path = arguments.folder.absolute()
    try:
        backup, sha256 = read_backup(folder)
    except OSError as error:
        raise unreadable(folder, error) from error
    print(f"Backup of {backup.instance}, taken {backup.taken} by Waymark {backup.waymark}. MANIFEST {sha256}")
    if arguments.check:
        print("Every file is as it was written.")
        return 0
    check_backup(folder, backup)
    place = Place(settings.DATA_DIR, heads_folder(None))
    register = heads_folder(arguments.heads)
    if arguments.no_register:
        if register.has_register:
            raise RefusedError("backup.register_there", folder=str(register))
    else:
        print(f"Register of erasures: looked for in {register}")
        check_register(folder, register)
    try:
        done = restore(
            by=operator(),
            folder=folder,
            backup=backup,
            sha256=sha256,
            place=place,
            register=None if arguments.no_register else register,
            day=datetime.now(UTC).date(),
        )
    except OSError as error:
        raise refusal(settings.DATA_DIR, error, "") from error
    for lost in done.lost:
        print(f"Lost: entries {lost.kept + 1} to {lost.last} of the log of {lost.network or 'the installation'}.")
    print(f"Restored into {settings.DATA_DIR}; {counted(done.erased, 'erasure', 'erasures')} made again.")
    print("Now run `waymark verify`.")
    return 0


def unreadable(folder: Path, error: OSError) -> InputError:
    """The words for a backup that cannot be read."""
    return InputError(
        str(folder),
        f"the backup cannot be read ({error.strerror})",
        expected="a folder that you may read",
        todo="Look at its rights and at the disk. Nothing was restored",
    )
