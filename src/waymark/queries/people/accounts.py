"""The account behind a link. No list shows accounts, and nothing that shows a person tells whether one is there."""

from waymark.records.accounts import User


def account_called(code: str) -> User | None:
    """The account of this code with its person."""
    return User.objects.filter(code=code).select_related("person").first()
