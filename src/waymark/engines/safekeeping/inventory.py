"""The MANIFEST of a folder: one line for each file, as `sha256sum --check` reads it; its own hash lies beside it."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from waymark.engines.safekeeping.staging import file_sha256, files_below, write_private

MANIFEST, OWN_HASH = "MANIFEST", "MANIFEST.sha256"
LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<name>[^\x00-\x1f\x7f]+)")


def write_inventory(folder: Path, hashes: Mapping[str, str]) -> str:
    """Write both files into a folder; returns the hash of the MANIFEST, by which the whole folder is known."""
    content = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()
    own = hashlib.sha256(content).hexdigest()
    write_private(folder / MANIFEST, content)
    write_private(folder / OWN_HASH, f"{own}  {MANIFEST}\n".encode())
    return own


def first_fault(folder: Path) -> str:
    """What is wrong with a folder, in words that name the file; "" when each file is as it was written."""
    try:
        content = (folder / MANIFEST).read_bytes()
        own = (folder / OWN_HASH).read_text("ascii", errors="replace")
    except OSError as error:
        return f"{MANIFEST} or {OWN_HASH} cannot be read ({error.strerror})"
    if own != f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n":
        return f"{MANIFEST} is not what {OWN_HASH} says: one of the two was changed"
    listed = entries(content)
    if listed is None:
        return f"{MANIFEST} holds a line that is no line of a MANIFEST"
    found = set(files_below(folder)) - {MANIFEST, OWN_HASH}
    for name in sorted(listed.keys() | found):
        if name not in listed:
            return f"{name} is not in the {MANIFEST}: it was added"
        if name not in found:
            return f"{name} is missing"
        if file_sha256(folder / name) != listed[name]:
            return f"{name} is not what the {MANIFEST} says: it was changed"
    return ""


def entries(content: bytes) -> dict[str, str] | None:
    """Name → hash of a MANIFEST's lines without its remarks; None when one is no such line or leads out."""
    listed: dict[str, str] = {}
    for line in content.decode("utf-8", errors="replace").removesuffix("\n").split("\n"):
        if line.startswith("# "):
            continue  # a remark
        found = LINE.fullmatch(line)
        if found is None or not _inside(found["name"]):
            return None
        listed[found["name"]] = found["sha256"]
    return listed


def _inside(name: str) -> bool:
    return not name.startswith("/") and all(part not in ("", ".", "..") for part in name.split("/"))
