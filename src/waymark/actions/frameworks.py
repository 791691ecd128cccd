"""What is done to frameworks: import provisions, link them, take positions, enter recommendations of outside bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import alone, checked_code, fact, free_code, fresh, said, store, store_all
from waymark.engines.sheets import walled
from waymark.engines.sheets.provisions import ProvisionRow
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.frameworks import Crosswalk, Framework, Position, Provision, unknown_framework
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_own_organisation, check_verb
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reviews import Finding, Recommendation, Review
from waymark.records.visibility import settle

Words = str | dict[str, str]


@act
def enter_framework(
    *,
    by: Actor,
    code: str,
    title: Words,
    short_title: Words = "",
    issuer: str = "",
    edition: str = "",
    date: date | None = None,
    keeper: Network | None = None,
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Framework:
    """Enter a framework, such as a national strategy; its provisions are imported or entered after it."""
    check_verb(by, Verb.KEEP_REGISTER, keeper)
    row = Framework(
        code=checked_code(code, "framework"),
        title=said(title),
        short_title=said(short_title),
        issuer=issuer,
        edition=edition,
        date=date,
        keeper=keeper.code if keeper else "",
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    log(by, "framework.entered", row)
    return row


@act
def enter_provision(
    *,
    by: Actor,
    framework: Framework,
    code: str,
    kind: str,
    title: Words = "",
    label: Words = "",
    text: Words = "",
    parent: Provision | None = None,
    paragraph: str = "",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Provision:
    """Enter one provision at the end of a framework."""
    fresh(framework)
    check_verb(by, Verb.KEEP_REGISTER, framework)
    if parent is not None and parent.framework_id != framework.pk:
        raise RefusedError("provision.parent_elsewhere", parent=parent.code, framework=framework.code)
    row = Provision(
        framework=framework,
        code=checked_code(code, "provision"),
        kind=kind,
        parent=parent,
        title=said(title),
        label=said(label),
        text=said(text),
        paragraph=paragraph,
        number=code,
        position=framework.provisions.count() + 1,
        classification=framework.classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    log(by, "framework.provision.entered", row)
    return row


@act
def link(
    *,
    by: Actor,
    from_provision: Provision,
    to_provision: Provision,
    relation: str,
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Crosswalk:
    """Link two provisions; the relation and its source say how sure the link is."""
    row = Crosswalk(
        code=f"{from_provision.urn_code()}.{relation}.{to_provision.urn_code()}",
        from_provision=from_provision,
        to_provision=to_provision,
        relation=relation,
        **fact(source, locator, mark),
    )
    check_verb(by, Verb.KEEP_REGISTER, settle(row))
    store(row)
    log(by, "framework.provisions.linked", row)
    return row


@act
def take_position(
    *,
    by: Actor,
    stance: str,
    framework: Framework | None = None,
    provision: Provision | None = None,
    place: Place | None = None,
    organisation: Organisation | None = None,
    keeper: Network | None = None,
    on: date | None = None,
    text: Words = "",
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Position:
    """Record the stance of a place or an organisation; a post takes a position for its own organisation only.

    For a place the record-keeper of the network acts: a State's vote is a fact with a source, not an act here.
    """
    if organisation is not None:
        check_verb(by, Verb.TAKE_POSITION, keeper)
        check_own_organisation(by, organisation, "permission.own_position")
    else:
        check_verb(by, Verb.KEEP_REGISTER, keeper)
    who = organisation.code if organisation else place.code if place else "nobody"
    what: Record | None = provision or framework
    base = f"{who}.{what.urn_code() if what else 'nothing'}.{stance}"
    row = Position(
        code=free_code(Position, base),
        place=place,
        organisation=organisation,
        framework=framework,
        provision=provision,
        stance=stance,
        date=on,
        post=by.post,
        text=said(text),
        keeper=keeper.code if keeper else "",
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    log(by, "position.taken", row, stance=stance, on=on)
    return row


@dataclass(frozen=True, slots=True)
class Advice:
    """What a recommendation says: code within its framework, words, what it concerns, whom it asks."""

    code: str
    text: Words
    concerns: tuple[Provision, ...] = ()
    label: Words = ""
    addressee: Organisation | None = None
    finding: Finding | None = None
    paragraph: str = ""
    source: str = ""
    locator: str = ""
    mark: str = ""


def store_recommendation(
    by: Actor,
    framework: Framework,
    advice: Advice,
    *,
    review: Review | None = None,
    issuer: Organisation | None = None,
    place: Place | None = None,
    issued_on: date | None = None,
) -> Recommendation:
    """Store one recommendation as a provision with what it concerns. For actions; they check and log."""
    known = fact(advice.source, advice.locator, advice.mark)
    provision = Provision(
        framework=framework,
        code=checked_code(advice.code, "recommendation"),
        kind="recommendation",
        number=advice.code,
        label=said(advice.label),
        text=said(advice.text),
        paragraph=advice.paragraph,
        position=framework.provisions.count() + 1,
        classification=framework.classification,
        **known,
    )
    store(provision)
    row = Recommendation(
        code=f"{framework.code}.{advice.code}",
        provision=provision,
        review=review,
        issuer=issuer,
        addressee=advice.addressee,
        place=place,
        finding=advice.finding,
        issued_on=issued_on,
        drafted_by=by.post,
        drafted_by_person=by.person,
        classification=framework.classification,
        **known,
    )
    store(row)
    links = [
        Crosswalk(
            code=f"{provision.urn_code()}.concerns.{objective.urn_code()}",
            from_provision=provision,
            to_provision=objective,
            relation="concerns",
            **known,
        )
        for objective in advice.concerns
    ]
    store_all(Crosswalk, links)
    return row


@act
def enter_outside_recommendations(
    *,
    by: Actor,
    framework: Framework,
    issuer: Organisation,
    advice: Sequence[Advice],
    place: Place | None = None,
    issued_on: date | None = None,
) -> list[Recommendation]:
    """Enter recommendations that an outside body issued, as provisions of their framework."""
    fresh(framework)
    check_verb(by, Verb.KEEP_REGISTER, framework)
    rows = [store_recommendation(by, framework, one, issuer=issuer, place=place, issued_on=issued_on) for one in advice]
    log(by, "recommendations.entered", framework, issuer=issuer, count=len(rows))
    return rows


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
        framework = framework or enter_framework(by=by, code=code, title={language: title})
        return _store_provisions(by, framework, path, rows)


def _importable(code: str, path: Path, place: str) -> str:
    try:
        return checked_code(code, "provision")
    except InputError as error:
        raise InputError(str(path), error.problem, expected=error.expected, todo=error.todo, place=place) from None
