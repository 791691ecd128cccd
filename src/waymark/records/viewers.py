"""Who reads."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who reads. Without networks it is the public.

    `networks` are codes of the networks whose working papers it may read, `restricted` those whose restricted records
    its posts open, `officer_of` those whose secretariat officer or co-chair it is, `seats` the pairs of network and
    organisation it speaks for, `person` the code under which strictly confidential records name it. `sees_all` is the
    operator of the installation, who holds the database anyway.
    """

    networks: frozenset[str] = field(default_factory=frozenset)
    restricted: frozenset[str] = field(default_factory=frozenset)
    seats: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    person: str = ""
    sees_all: bool = False
    posts: frozenset[str] = field(default_factory=frozenset)
    officer_of: frozenset[str] = field(default_factory=frozenset)

    @property
    def audience(self) -> str:
        """`public` or `network`, as printed on what is made for this viewer."""
        return "network" if self.networks or self.sees_all else "public"


PUBLIC = Viewer()
"""Everybody: no account, no network."""


def network_viewer(network: str) -> Viewer:
    """The audience of one network: what all its members may read, nothing restricted."""
    return Viewer(networks=frozenset({network}))
