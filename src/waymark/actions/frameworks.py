"""What is done to frameworks: enter them and their provisions, import official texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path

from django.db import transaction

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.recommendations import check_words_open
from waymark.actions.storing import alone, checked_code, fresh, store
from waymark.actions.voiding import note_drafters, void_by_provisions, void_by_row
from waymark.engines.sheets import walled
from waymark.engines.sheets.provisions import ProvisionRow
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework, Provision, unknown_framework
from waymark.records.networks import Network
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkFacts(Facts):
    """What is said of a text that is followed up."""

    title: Words
    short_title: Words = ""
    issuer: str = ""
    edition: str = ""
    date: day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionFacts(Facts):
    """What is said of a part of a framework."""

    kind: str
    title: Words = ""
    label: Words = ""
    text: Words = ""
    parent: Provision | None = None
    paragraph: str = ""
    number: str = ""


@act
def enter_framework(*, by: Actor, code: str, facts: FrameworkFacts, keeper: Network | None = None) -> Framework:
    """Enter a framework, such as a national strategy; its provisions are imported or entered after it."""
    check_verb(by, Verb.KEEP_REGISTER, keeper)
    row = Framework(code=checked_code(code, "framework"), keeper=keeper.code if keeper else "")
    store(take(row, facts))
    log(by, "framework.entered", row)
    return row


@act
def enter_provision(*, by: Actor, framework: Framework, code: str, facts: ProvisionFacts) -> Provision:
    """Enter one provision at the end of a framework; its number is its code where none is given."""
    fresh(framework)
    check_verb(by, Verb.KEEP_REGISTER, framework)
    row = Provision(
        framework=framework,
        code=checked_code(code, "provision"),
        position=framework.provisions.count() + 1,
        classification=framework.classification,
    )
    _check_provision(row, facts)
    take(row, facts)
    row.number = facts.number or code
    store(row)
    log(by, "framework.provision.entered", row)
    return row


def _check_provision(row: Provision, facts: ProvisionFacts) -> None:
    parent = facts.parent
    if parent is not None and parent.framework_id != row.framework_id:
        raise RefusedError("provision.parent_elsewhere", parent=parent.code, framework=row.framework.code)
    if row.pk is not None:
        check_words_open(row)


def _leave(by: Actor, row: Provision) -> None:
    del by
    check_words_open(row)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of provisions did: how many were new, changed, and as they already were."""

    new: int
    changed: int
    same: int


def import_provisions(*, by: Actor, framework: Framework, path: Path, language: str = "en") -> Imported:
    """Import official titles and texts from a file; what the file does not name stays as it is.

    Raises InputError for a file that cannot be read whole; then nothing is written.
    """
    check_verb(by, Verb.INSTALL, framework)
    return _store_provisions(by, framework, path, _read(framework, path, language))


def _read(framework: Framework | None, path: Path, language: str) -> list[ProvisionRow]:
    known = framework.provisions.values_list("code", flat=True) if framework else ()
    return walled.provisions(path, language=language, known=frozenset(known))


@act
def _store_provisions(by: Actor, framework: Framework, path: Path, rows: Sequence[ProvisionRow]) -> Imported:
    check_verb(by, Verb.INSTALL, framework)
    alone(f"framework {framework.code}")
    known = {provision.code: provision for provision in framework.provisions.all()}
    counts = {"new": 0, "changed": 0, "same": 0}
    for row in rows:
        provision = known.get(row.code)
        if provision is None:
            provision = Provision(
                framework=framework,
                code=_importable(row.code, path, row.place),
                kind="provision",
                number=row.code,
                position=len(known) + 1,
                parent=known.get(row.parent),
                classification=framework.classification,
                source=row.source or path.name,
                locator=row.place,
                mark="secondary",
            )
            what = "new"
        else:
            what = "same"
        for name, words in (("title", row.title), ("text", row.text)):
            kept = getattr(provision, name)
            if words and kept.get(row.language) != words:
                setattr(provision, name, {**kept, row.language: words})
                provision.text_source = {**provision.text_source, row.language: row.source or path.name}
                what = "changed" if what == "same" else what
        counts[what] += 1
        if what == "changed":
            title, text, source = provision.title, provision.text, provision.text_source
            fresh(provision)
            provision.title, provision.text, provision.text_source = title, text, source
        if what != "same":
            store(provision)
        known[row.code] = provision
    if counts["new"] or counts["changed"]:
        log(by, "framework.imported", framework, file=path.name, **counts)
        void_by_provisions(by, known.values(), f"texts of its recommendations were imported from {path.name}")
    return Imported(**counts)


def import_framework(*, by: Actor, code: str, path: Path, title: str = "", language: str = "en") -> Imported:
    """Import a file into the framework called `code`; with a `title` a new framework is entered first.

    Raises NotFoundError for an unknown code without title, and like `import_provisions`; then nothing is written.
    """
    check_verb(by, Verb.INSTALL, None)
    framework = Framework.objects.filter(code=code).first()
    if framework is None and not title:
        raise unknown_framework(code, list(Framework.objects.order_by("code").values_list("code", flat=True)))
    rows = _read(framework, path, language)
    with transaction.atomic():
        alone(f"framework {code}")
        framework = Framework.objects.filter(code=code).first()  # another command may have entered it meanwhile
        framework = framework or enter_framework(by=by, code=code, facts=FrameworkFacts(title={language: title}))
        return _store_provisions(by, framework, path, rows)


def _importable(code: str, path: Path, place: str) -> str:
    try:
        return checked_code(code, "provision")
    except InputError as error:
        raise InputError(str(path), error.problem, expected=error.expected, todo=error.todo, place=place) from None


AMENDS = {
    Framework.noun: Amendable(FrameworkFacts, Verb.KEEP_REGISTER),
    Provision.noun: Amendable(
        ProvisionFacts,
        Verb.KEEP_REGISTER,
        check=_check_provision,
        drafted=note_drafters,
        after=void_by_row,
        leave=_leave,
    ),
}
"""How what stands here is corrected."""
