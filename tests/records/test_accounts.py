"""Accounts: one person signs in with one of them, many with none; the operator's belongs to no person."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.factories.people import person
from waymark.records.models import User
from waymark.records.rules import broken_rule

pytestmark = pytest.mark.django_db


def refused(make) -> str:
    """The sentence with which the database refuses."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        make()
    return broken_rule(broken.value).words()


def test_a_person_may_never_sign_in_and_has_one_account_at_most() -> None:
    teona, giorgi = person("teona"), person("giorgi")
    account = User.objects.create_user(person=teona, password="a river with seven bridges")
    assert get_user_model() is User
    assert (account.person, account.operator) == (teona, False)
    assert User.objects.filter(person=giorgi).count() == 0
    assert refused(lambda: User.objects.create_user(person=teona)) != ""
    with pytest.raises(ProtectedError):
        teona.delete()


def test_only_the_account_of_the_operator_is_of_no_person() -> None:
    assert User.objects.create_operator().operator
    with pytest.raises(TypeError):
        User.objects.create_user()  # type: ignore[call-arg]  # that is the test
    assert refused(lambda: User.objects.create_user(person=None)) != ""
    words = "An account is that of one person, or of the operator, and not of both."
    assert refused(lambda: User.objects.create(person=person("lia"), operator=True)) == words
    assert refused(lambda: User.objects.create()) == words


def test_a_password_is_kept_as_its_hash_and_none_opens_nothing() -> None:
    account = User.objects.create_user(person=person("lia"), password="a river with seven bridges")
    account.refresh_from_db()
    assert "river" not in account.password
    assert account.check_password("a river with seven bridges")
    assert not account.check_password("a river with six bridges")
    without = User.objects.create_operator()
    assert not without.check_password("")
    assert not without.has_usable_password()


def test_the_name_of_an_account_says_nothing_of_its_person() -> None:
    first, second = (User.objects.create_user(person=person(name)) for name in ("lia", "nino"))
    assert first.code != second.code
    assert not {"lia", "nino"} & set(first.code.split("-"))
    assert str(first) == first.get_username() == first.code


def test_rights_are_never_those_of_django() -> None:
    call_command("migrate", verbosity=0)
    assert not Permission.objects.exists()
    assert {"account_emailaddress", "mfa_authenticator", "usersessions_usersession"} <= {
        model._meta.db_table for model in apps.get_models()
    }
