"""How somebody gets an account: opened for a person of the record, who signs in by a link that is used once."""

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.gcm.errors import RefusedError
from waymark.records.accounts import User
from waymark.records.actors import Actor
from waymark.records.people import Person
from waymark.records.permissions import check_in_office, check_verb
from waymark.records.roles import Verb


@act
def open_account(*, by: Actor, person: Person) -> User:
    """The account of a person; one that is there already is given back. It has no password until the person sets one.

    An account gives no right: what the person may do follows from the posts held.
    """
    check_verb(by, Verb.MANAGE_PEOPLE, person)
    known = User.objects.filter(person=person).first()
    if known is not None:
        return known
    user = User.objects.create_user(person=person)
    log(by, "account.opened", person)
    return user


@act
def set_password(*, by: Actor, user: User, password: str) -> User:
    """Set the password of one's own account; only Django's hash of it is kept, and the log says no more than that.

    The door checks how good it is.
    """
    check_in_office(by)
    if by.person is None or by.delegation is not None or user.person_id != by.person.pk:
        raise RefusedError("account.of_another")
    user.set_password(password)
    user.save(update_fields=["password"])
    log(by, "account.password.set", by.person)
    return user
