"""Who acts: the holder of a post, the operator of the installation, the system, or somebody who stays anonymous."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from waymark.gcm.wording import Label
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    `holding` is filled for a post holder only; `name` says who the operator or which part of the system is. `today` is
    the day of the door's clock on which a holder acts: rights are asked on that day, whatever day a fact is of. `door`
    is what the door is called in the log.
    """

    kind: Literal["holder", "operator", "system", "anonymous"]
    holding: PostHolding | None = None
    name: str = ""
    today: date | None = None
    door: str = ""

    @classmethod
    def holder(cls, holding: PostHolding, today: date, door: str = "") -> "Actor":
        """The person who holds a post, acting in it for the post's organisation on the day of the door's clock."""
        return cls("holder", holding=holding, today=today, door=door)

    @classmethod
    def operator(cls, name: str = "operator", door: str = "") -> "Actor":
        """The person who runs the installation and its commands."""
        return cls("operator", name=name, door=door)

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
        """Who it was, for the log: URNs of person, post and organisation, or the name; the door."""
        door = {"door": self.door} if self.door else {}
        if self.holding is None:
            return {"kind": self.kind, "name": self.name, **door}
        post = self.holding.post
        who = {"person": self.holding.person.urn, "post": post.urn, "for": post.organisation.urn}
        return {"kind": self.kind, **who, **door}


ANONYMOUS = Actor("anonymous")
"""Somebody who takes part without an account; nothing about them is logged when it happens."""

OPERATOR_VIEWER = Viewer(sees_all=True)
"""What the operator reads: everything."""
