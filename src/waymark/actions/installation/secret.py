"""The secret key of the installation: made once, kept in the data folder for the owner only."""

import os
import secrets
import tempfile
from pathlib import Path

from waymark.actions.installation.backups import SECRET


def keep_secret(data: Path) -> None:
    """Make the key when there is none. Of several that try at once, one makes it. Raises OSError."""
    place = data / SECRET
    if place.exists():
        return
    handle, name = tempfile.mkstemp(prefix=".secret.", dir=data)  # mkstemp makes it readable by the owner only
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48) + "\n")
            out.flush()
            os.fsync(out.fileno())
        place.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
