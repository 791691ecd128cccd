"""Who acts: the holder of a post, the operator of the installation, the system, or somebody who stays anonymous."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from waymark.gcm.wording import Label
from waymark.records.delegations import Delegation
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    `holding` is filled for a post holder only; `name` says who the operator or which part of the system is. `today` is
    the day of the door's clock on which a holder acts: rights are asked on that day, whatever day a fact is of. `door`
    is what the door is called in the log. With a `delegation` he acts for the holder of another post, with its rights.
    """

    kind: Literal["holder", "operator", "system", "anonymous"]
    holding: PostHolding | None = None
    name: str = ""
    today: date | None = None
    door: str = ""
    delegation: Delegation | None = None

    @classmethod
    def holder(cls, holding: PostHolding, today: date, door: str = "", delegation: Delegation | None = None) -> "Actor":
        """The person who holds a post, acting in it for the post's organisation on the day of the door's clock.

        With a delegation he acts in the post of the one who delegates, for that post's organisation.
        """
        return cls("holder", holding=holding, today=today, door=door, delegation=delegation)

    @classmethod
    def operator(cls, name: str = "operator", door: str = "", today: date | None = None) -> "Actor":
        """The person who runs the installation and its commands, on the day of the door's clock where one is asked."""
        return cls("operator", name=name, door=door, today=today)

    @classmethod
    def system(cls, name: str = "waymark") -> "Actor":
        """The program itself: it loads the catalogue and seals the log, nothing else."""
        return cls("system", name=name)

    @property
    def for_holding(self) -> PostHolding | None:
        """The holding whose rights are acted with, when they are lent; whose holder is acted for."""
        return self.delegation.holding if self.delegation else None

    @property
    def own_post(self) -> Post | None:
        """The post that the person holds."""
        return self.holding.post if self.holding else None

    @property
    def post(self) -> Post | None:
        """The post acted in: the own one, or that of the one who delegates."""
        return self.for_holding.post if self.for_holding else self.own_post

    @property
    def person(self) -> Person | None:
        """The person who acts."""
        return self.holding.person if self.holding else None

    @property
    def people(self) -> tuple[Person, ...]:
        """The person who acts, and the one who is acted for: neither judges what the other wrote."""
        return tuple(one.person for one in (self.holding, self.for_holding) if one is not None)

    @property
    def persons(self) -> frozenset[int]:
        """Their keys."""
        return frozenset(one.person_id for one in (self.holding, self.for_holding) if one is not None)

    @property
    def organisation(self) -> Organisation | None:
        """The organisation acted for: that of the post acted in, wherever the person comes from."""
        return self.post.organisation if self.post else None

    def label(self) -> Label:
        """What sort of actor it is, in words."""
        return Label("actor", self.kind)

    def words(self) -> dict[str, str]:
        """Who it was, for the log: URNs of person, post, organisation and the post acted for, or the name; the door."""
        door = {"door": self.door} if self.door else {}
        if self.holding is None:
            return {"kind": self.kind, "name": self.name, **door}
        own, post = self.holding.post, self.for_holding.post if self.for_holding else self.holding.post
        who = {"person": self.holding.person.urn, "post": own.urn, "for": post.organisation.urn}
        lent = {"for_post": post.urn} if self.for_holding else {}
        return {"kind": self.kind, **who, **lent, **door}


ANONYMOUS = Actor("anonymous")
"""Somebody who takes part without an account; nothing about them is logged when it happens."""

OPERATOR_VIEWER = Viewer(sees_all=True)
"""What the operator reads: everything."""
