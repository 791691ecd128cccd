"""How somebody gets an account: opened for a person of the record, who signs in by a link that is used once."""

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.records.accounts import User
from waymark.records.actors import Actor
from waymark.records.people import Person
from waymark.records.permissions import check_verb
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
