"""Persons at the pages: an account for the holder of a post, signed in."""

from django.test import Client

from waymark.actions.accounts import open_account
from waymark.records.accounts import User
from waymark.records.actors import Actor

DESK = "/desk/qor-network/"


def account(of: Actor) -> User:
    """The account of who holds a post."""
    assert of.person is not None
    return open_account(by=Actor.operator(), person=of.person)


def signed_in(of: Actor, **options: bool) -> Client:
    """The browser of who holds a post; `enforce_csrf_checks` as in `Client`."""
    client = Client(**options)
    client.force_login(account(of), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
