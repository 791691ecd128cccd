"""What a backup is: a folder with a MANIFEST, the record as tables, the data folder, what was published, and its facts.

backup.json        which installation, version and database it is of, when it was taken, how far each log went
record/            one file for each table (records/tables.py)
data/              the data folder: statistics, documents, editions, learned weights, the secret key
published/         heads, leaves and register of erasures as they were
MANIFEST           the SHA-256 of each file; MANIFEST.sha256 holds its own
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from waymark import __version__
from waymark.engines.safekeeping.chain import follows
from waymark.engines.safekeeping.installation import MARKER
from waymark.engines.safekeeping.inventory import MANIFEST, first_fault
from waymark.engines.safekeeping.published import ERASURES, HEADS, Published
from waymark.engines.safekeeping.staging import file_sha256
from waymark.gcm.errors import InputError, RefusedError
from waymark.queries.installation.versions import last_of, unknown_steps

FORMAT = 1
FACTS, RECORD, DATA, PUBLISHED = "backup.json", "record", "data", "published"
SECRET = "secret-key"
RESTORING = "RESTORING"
"""While this file lies in the data folder, a restore is not done; it holds the hash of the backup."""
LEFT_OUT = frozenset({"search", "assessments", "defects", SECRET, MARKER})
"""What of the data folder is made again, or written anew: the secret key in force, and whose folder it is."""


@dataclass(frozen=True, slots=True)
class Backup:
    """The facts of a backup. `steps` are the migrations of each app; `heads` the last number of each log."""

    waymark: str
    instance: str
    database: str
    taken: str
    steps: dict[str, list[str]]
    heads: dict[str, int]
    tables: dict[str, int]

    def to_json(self) -> str:
        """The text of backup.json."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def is_backup(folder: Path) -> bool:
    """Whether a folder is a backup of ours; half of one is never called so, since the MANIFEST is written last."""
    return (folder / FACTS).is_file() and (folder / MANIFEST).is_file()


def read_backup(folder: Path) -> tuple[Backup, str]:
    """The facts of a backup and the hash it is known by, after every file was held against its hash.

    Raises InputError for a folder that is no backup or is damaged, RefusedError for one of a format not known here.
    """
    if not is_backup(folder):
        raise InputError.coded("backup.none", folder=str(folder), facts=FACTS, manifest=MANIFEST)
    fault = first_fault(folder)
    if fault:
        raise InputError.coded("backup.damaged", folder=str(folder), fault=fault)
    facts = json.loads((folder / FACTS).read_text("utf-8"))
    if facts.pop("format") != FORMAT:
        raise RefusedError("backup.other_format", folder=str(folder), version=str(facts.get("waymark")))
    return Backup(**facts), file_sha256(folder / MANIFEST)


def check_backup(folder: Path, backup: Backup) -> None:
    """Refuse a backup of another installation or of a newer version. Raises RefusedError.

    An older one is restored as it was and then brought to this version, as `waymark setup` does.
    """
    if backup.instance != settings.INSTANCE:
        raise RefusedError(
            "backup.other_instance", folder=str(folder), instance=backup.instance, here=settings.INSTANCE
        )
    unknown = unknown_steps(backup.steps)
    if unknown:
        raise RefusedError(
            "backup.newer",
            folder=str(folder),
            version=backup.waymark,
            record=last_of(unknown),
            program=__version__,
        )


def check_register(folder: Path, register: Published) -> None:
    """Refuse heads and erasures that do not go on from those in the backup. Raises RefusedError."""
    if not register.has_register:
        raise RefusedError("backup.no_register", folder=str(register))
    if not goes_on(register, Published(folder / PUBLISHED)):
        raise RefusedError("backup.other_register", register=str(register), folder=str(folder))


def goes_on(later: Published, earlier: Published) -> bool:
    """Whether what is published in a folder is that of another, or goes on from it."""
    files = [(later.lines(name), earlier.lines(name)) for name in (HEADS, ERASURES)]
    return all(one.broken is None and follows(one, two) for one, two in files)
