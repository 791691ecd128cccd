"""Who acts: the holder of a post, the operator of the installation, the system, or somebody who stays anonymous."""

from dataclasses import dataclass
from typing import Literal

from waymark.gcm.wording import Label
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    `holding` is filled for a post holder only; `name` says who the operator or which part of the system is.
    """

    kind: Literal["holder", "operator", "system", "anonymous"]
    holding: PostHolding | None = None
    name: str = ""

    @classmethod
    def holder(cls, holding: PostHolding) -> "Actor":
        """The person who holds a post, acting in it for the post's organisation."""
        return cls("holder", holding=holding)

    @classmethod
    def operator(cls, name: str = "operator") -> "Actor":
        """The person who runs the installation and its commands."""
        return cls("operator", name=name)

    @classmethod
    def system(cls, name: str = "waymark") -> "Actor":
        """The program itself: it loads the catalogue and seals the log, nothing else."""
        return cls("system", name=name)

    @property
    def post(self) -> Post | None:
        """The post acted in."""
        return self.holding.post if self.holding else None

    @property
    def person(self) -> Person | None:
        """The person who acts."""
        return self.holding.person if self.holding else None

    @property
    def organisation(self) -> Organisation | None:
        """The organisation acted for: that of the post, wherever the person comes from."""
        return self.holding.post.organisation if self.holding else None

    def label(self) -> Label:
        """What sort of actor it is, in words."""
        return Label("actor", self.kind)

    def words(self) -> dict[str, str]:
        """Who it was, for the log: URNs of person, post and organisation, or the name of operator or system."""
        if self.holding is None:
            return {"kind": self.kind, "name": self.name}
        post = self.holding.post
        return {"kind": self.kind, "person": self.holding.person.urn, "post": post.urn, "for": post.organisation.urn}


ANONYMOUS = Actor("anonymous")
"""Somebody who takes part without an account; nothing about them is logged when it happens."""

OPERATOR_VIEWER = Viewer(sees_all=True)
"""What the operator reads: everything."""
