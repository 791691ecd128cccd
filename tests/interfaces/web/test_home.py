"""The first page, headers, and pages that say no."""

import pytest
from django.test import Client

from tests.factories.networks import network
from tests.factories.people import alice
from waymark.interfaces.web.headers import POLICY

pytestmark = pytest.mark.django_db


def test_the_first_page_says_what_this_is_and_which_networks_it_serves() -> None:
    page = Client().get("/").content.decode()
    assert "No network is on record yet." in page
    network()
    page = Client().get("/").content.decode()
    assert "Network qor-network" in page
    assert "/account/sign-in/" in page


@pytest.mark.parametrize("where", ["/", "/account/sign-in/", "/nowhere/", "/desk/"])
def test_every_reply_forbids_what_stands_in_the_page_and_comes_from_elsewhere(where: str) -> None:
    reply = Client().get(where)
    assert reply["Content-Security-Policy"] == POLICY
    assert "unsafe-inline" not in POLICY
    assert "style=" not in reply.content.decode()
    assert "<script" not in reply.content.decode()


def test_a_page_that_is_not_there_is_told_without_saying_why() -> None:
    alice()
    for where in ("/nowhere/", "/desk/other-network/reports/none/"):
        reply = Client().get(where, follow=True)
        assert "Traceback" not in reply.content.decode()
    assert "There is no page here" in Client().get("/nowhere/").content.decode()


def test_nobody_signs_up_alone() -> None:
    assert "opens an account for you" in Client().get("/account/no-sign-up/").content.decode()
    reply = Client().post("/account/sign-in/", {"login": "nobody@example.org", "password": "wrong"})
    assert "not correct" in reply.content.decode()
