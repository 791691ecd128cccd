"""Accounts are opened for persons; they give no right, and one that is there is given back."""

import pytest

from tests.factories.people import OPERATOR, alice, bob, charlie, person
from waymark.actions.accounts import open_account, set_password
from waymark.gcm.errors import RefusedError
from waymark.records.accounts import User
from waymark.records.events import Event

pytestmark = pytest.mark.django_db


def test_an_account_is_opened_once_for_a_person_and_told_in_the_log() -> None:
    who = alice().person
    assert who is not None
    user = open_account(by=bob(), person=who)
    assert (user.person, user.operator, user.has_usable_password()) == (who, False, False)
    assert Event.objects.filter(verb="account.opened", subject=who.urn).count() == 1
    assert open_account(by=OPERATOR, person=who) == user
    assert User.objects.count() == 1
    assert Event.objects.filter(verb="account.opened").count() == 1


def test_who_keeps_the_persons_of_a_network_opens_accounts() -> None:
    who = person("gela")
    for by in (alice(), charlie()):
        with pytest.raises(RefusedError):
            open_account(by=by, person=who)
    assert User.objects.count() == 0


def test_a_password_is_set_by_its_person_and_the_log_does_not_hold_it() -> None:
    who = alice().person
    assert who is not None
    user = open_account(by=OPERATOR, person=who)
    set_password(by=alice(), user=user, password="mint tea on the quay")
    user.refresh_from_db()
    assert user.check_password("mint tea on the quay")
    event = Event.objects.get(verb="account.password.set")
    assert "mint" not in str(event.detail.words)
    for by in (bob(), OPERATOR):
        with pytest.raises(RefusedError, match="by the person whose account it is"):
            set_password(by=by, user=user, password="another one of my own")
