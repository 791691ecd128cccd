"""Accounts: what one signs in with. A person may never have one; the addresses and factors of allauth hang on it.

No query reads an account and no list shows one: what a person may do comes from the posts held, never from here.
"""

from secrets import token_hex
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone


def account_code() -> str:
    """A name for an account that says nothing of the person: "account-" and twelve signs."""
    return f"account-{token_hex(6)}"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; a password is kept as Django's hash of it, and none is kept as one that nothing matches."""

    def create_user(self, *, person: Any, password: str | None = None) -> "User":
        """An account of a person."""
        return self._create(self.model(person=person), password)

    def create_operator(self, *, password: str | None = None) -> "User":
        """An account of who runs the installation."""
        return self._create(self.model(operator=True), password)

    def _create(self, user: "User", password: str | None) -> "User":
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: of one person, or of the operator of this installation, who is no person of the record.

    It has no address of its own: mail goes to the contact of the person, where the address is kept once.
    """

    code = models.CharField(max_length=24, unique=True, default=account_code, editable=False)
    person = models.OneToOneField("records.Person", models.PROTECT, null=True, blank=True, related_name="account")
    operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "code"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.code

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, operator=False) | Q(person__isnull=True, operator=True),
                name="user_of_person_or_operator",
            ),
        ]
