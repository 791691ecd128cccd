"""What verifying found; imports nothing but the vocabulary."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written: where, which kind of fault, and a sentence that names it."""

    area: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Verified:
    """All faults, the first bad entry of each log first; what was looked at; what a reader should know."""

    faults: tuple[Fault, ...] = ()
    counts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: "Verified") -> "Verified":
        return Verified(self.faults + other.faults, self.counts + other.counts, self.notes + other.notes)
