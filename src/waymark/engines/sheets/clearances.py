"""Reads the record of clearance beside the files of a published edition, as far as it tells of the edition."""

from pathlib import Path

from waymark.engines.files.json_texts import read_json
from waymark.engines.files.refusing import named
from waymark.engines.sheets.recorded import Refusing, check_edition, made
from waymark.gcm.recorded import CLEARANCE, RecordedEdition


def read_clearance(path: Path) -> RecordedEdition:
    """The edition that a `CLEARANCE.json` tells of, without the number of the one that it replaces.

    Who cleared it is not read. Raises InputError for a file that is none.
    """
    refuse = Refusing(path)
    with named(str(path)):
        try:
            tree = read_json(path.read_bytes())
        except OSError as error:
            refuse("", f"it cannot be read ({error.strerror})", "a readable file")
    found = tree.get("format") if isinstance(tree, dict) else type(tree).__name__
    if not isinstance(tree, dict) or found != CLEARANCE:
        refuse("", f"its format is {str(found)[:60]}", f'an object with "format": "{CLEARANCE}"')
    published = tree.get("published")
    known = {name: tree.get(name) for name in ("number", "audience", "language", "hash", "files")}
    edition = made(
        refuse,
        RecordedEdition,
        {
            **known,
            "as_of": "" if tree.get("as_of") == str(None) else tree.get("as_of"),
            "published_on": published.get("on") if isinstance(published, dict) else None,
            "replaces": 0,
            "withdrawn_on": "",
            "withdrawn_for": {},
        },
        "edition",
    )
    check_edition(refuse, edition, "edition")
    return edition
