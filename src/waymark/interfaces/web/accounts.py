"""How allauth is used: nobody signs up; accounts are opened for persons of the record."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The rules of this installation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say in their own words what happened."""
