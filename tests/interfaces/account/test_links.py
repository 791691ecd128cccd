"""A link signs in once, after a button, on this machine only."""

import re

import pytest
from django.test import Client

from tests.factories.accounts import account
from tests.factories.people import alice, bob
from waymark.interfaces.web.links import DEMONSTRATION, link
from waymark.records.accounts import User

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    {"HTTP_X_FORWARDED_FOR": "10.0.0.1"},
    {"HTTP_FORWARDED": "for=10.0.0.1"},
    {"HTTP_X_FORWARDED_HOST": "example.org"},
]


def address() -> str:
    """The link of Alice, without the machine."""
    return re.sub(r"^http://[^/]+", "", link(account(alice()), "127.0.0.1", 8000))


def test_opening_a_link_signs_nobody_in_and_the_button_does_once() -> None:
    where, client = address(), Client(HTTP_HOST="127.0.0.1:8000")
    for _ in range(2):  # what scans mails opens it first
        reply = client.get(where)
        assert reply.status_code == 200
        assert "Press the button" in reply.content.decode()
        assert client.get("/desk/")["Location"].startswith("/account/sign-in/")
    assert client.post(where)["Location"] == "/desk/"
    assert client.get("/desk/")["Location"] == "/desk/qor-network/"
    second = Client(HTTP_HOST="127.0.0.1:8000")
    assert second.post(where).status_code == 410
    assert "no longer works" in second.get(where).content.decode()


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_link_is_refused_behind_a_proxy(headers: dict[str, str]) -> None:
    where = address()
    client = Client(HTTP_HOST="localhost:8000", **headers)
    assert client.get(where).status_code == 403
    assert client.post(where).status_code == 403
    assert User.objects.get().last_login is None


def test_a_link_is_refused_where_the_pages_have_another_name(settings: object) -> None:
    where = address()
    settings.ALLOWED_HOSTS = ["pages.example", "127.0.0.1"]  # type: ignore[attr-defined]
    settings.LOOPBACK_ONLY = False  # type: ignore[attr-defined]
    for name in ("pages.example", "127.0.0.1"):
        assert Client(HTTP_HOST=name).post(where).status_code == 403


def test_a_link_of_another_account_or_a_cut_one_opens_nothing() -> None:
    where, other = address(), account(bob())
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.post(where[:-2] + "/").status_code == 410
    token = DEMONSTRATION.make_token(account(alice()))
    assert client.post(f"/account/link/{other.code}/{token}/").status_code == 410
    assert client.post(f"/account/link/account-000000000000/{token}/").status_code == 410


def test_an_account_has_no_password_until_its_person_sets_one() -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    user = account(alice())
    assert not user.has_usable_password()
    client.post(address())
    reply = client.post("/account/password/", {"new_password1": "short", "new_password2": "short"})
    assert "at least 12" in reply.content.decode()
    words = {"new_password1": "mint tea on the quay", "new_password2": "mint tea on the quay"}
    assert client.post("/account/password/", words).status_code == 302
    user.refresh_from_db()
    assert user.check_password("mint tea on the quay")
    assert client.get("/desk/qor-network/").status_code == 200, "this session goes on"
