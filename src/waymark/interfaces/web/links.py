"""Links that sign in once: made for one account, dead after the first use, after a new password, or after a day."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse

from waymark.records.accounts import User

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
"""Headers that a proxy adds."""

LOCAL = ("localhost", "127.0.0.1", "[::1]")


class OnceOnly(PasswordResetTokenGenerator):
    """A token that holds the account's password and last sign-in, so that using it makes it useless."""

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.key_salt = f"waymark.links.{purpose}"


DEMONSTRATION = OnceOnly("demonstration")
"""For persons of a demonstration; taken on this machine only."""


def link(user: User, host: str, port: int) -> str:
    """The address that signs a person of a demonstration in, once, on this machine."""
    where = reverse("account_link", kwargs={"code": user.code, "token": DEMONSTRATION.make_token(user)})
    return f"http://{host}:{port}{where}"


def on_this_machine(request: HttpRequest) -> bool:
    """Whether a request comes to loopback and through no proxy, as far as its headers tell."""
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    forwarded = any(name in request.META for name in FORWARDED)
    return settings.LOOPBACK_ONLY and host in LOCAL and not forwarded
