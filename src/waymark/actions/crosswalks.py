"""Links between provisions: entered one by one, or as a person decided them in the sheet of a suggested crosswalk."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, take
from waymark.actions.log import Act, log, log_all
from waymark.actions.recommendations import check_words_open
from waymark.actions.storing import alone, fact, free_code, fresh, remove, store, store_all
from waymark.actions.voiding import note_drafter, note_drafters, void_by_provisions, void_by_row
from waymark.engines.sheets import walled
from waymark.engines.sheets.crosswalk import HOW_TO, SIDES, Fault, ReadSheet, SheetRow, cell_name, faults_refusal
from waymark.gcm.errors import InputError
from waymark.gcm.wording import OneOf
from waymark.queries.crosswalks.suggesting import DECIDED
from waymark.queries.named import last_change
from waymark.records.actors import Actor
from waymark.records.frameworks import Crosswalk, Framework, Provision
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.roles import Verb
from waymark.records.visibility import settle

IMPORTED = "framework.crosswalk.imported"
MARKS = ("proposal", "verified")
"""How well a decided link may be known."""


@dataclass(frozen=True, slots=True)
class CrosswalkImported:
    """What an import of a corrected sheet did, in links.

    `same` stood already, `rejected` were said no and did not stand, `undecided` have no decision. `kept` names those
    that were said no and stay, because they are not from such a sheet.
    """

    new: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    rejected: int = 0
    undecided: int = 0
    kept: tuple[str, ...] = ()


class _Key(NamedTuple):
    """A link: provision of the framework, the other framework and code, relation."""

    provision: str
    framework: str
    code: str
    relation: str


@dataclass(slots=True)
class _Work:
    """What is to be done, gathered before anything is stored."""

    new: list[Crosswalk] = field(default_factory=list)
    changed: list[Crosswalk] = field(default_factory=list)
    removed: list[Crosswalk] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    rejected: list[_Key] = field(default_factory=list)
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts(Facts):
    """How two provisions are related; the source says how sure the link is."""

    relation: str


@act
def link(*, by: Actor, from_provision: Provision, to_provision: Provision, facts: LinkFacts) -> Crosswalk:
    """Link two provisions."""
    row = Crosswalk(
        code=free_code(Crosswalk, f"{from_provision.urn_code()}.{facts.relation}.{to_provision.urn_code()}"),
        from_provision=from_provision,
        to_provision=to_provision,
    )
    check_verb(by, Verb.KEEP_REGISTER, settle(row))
    check_within_reach(by, row, to_provision)
    _check_open(row, facts)
    store(take(row, facts))
    note_drafter(by, row)
    log(by, "framework.provisions.linked", row)
    void_by_row(by, row)
    return row


def _check_open(row: Crosswalk, facts: LinkFacts) -> None:
    """Refuse to change what a recommendation concerns that an edition issued."""
    if "concerns" in (row.relation, facts.relation):
        check_words_open(row.from_provision)


def _leave(by: Actor, row: Crosswalk) -> None:
    del by
    if row.relation == "concerns":
        check_words_open(row.from_provision)


AMENDS = {
    Crosswalk.noun: Amendable(
        LinkFacts, Verb.KEEP_REGISTER, check=_check_open, drafted=note_drafters, after=void_by_row, leave=_leave
    )
}
"""How what stands here is corrected."""


def import_crosswalk(*, by: Actor, framework: Framework, path: Path, mark: str = "") -> CrosswalkImported:
    """Store what a person decided in a corrected sheet: "yes" makes a link, "no" removes one made from such a sheet.

    `mark` is given to every link said yes; without it new ones are proposals and standing ones keep theirs. A link of
    another source is never changed or removed. A second import of the same sheet changes nothing. Raises InputError
    that names every cell at fault; then nothing is stored.
    """
    _check_right(by, framework)
    if mark and mark not in MARKS:
        raise InputError.coded("mark.unknown", mark=repr(mark), known=OneOf(MARKS))
    read = walled.crosswalk(path)
    if read.framework and read.framework != framework.code:
        raise InputError(
            str(path),
            f"the sheet is about the framework {read.framework}",
            expected=f"a sheet about {framework.code}, as it says in {HOW_TO} B1",
            todo="Name the right framework or file. Nothing was stored",
        )
    return _import(by, framework, path, read, mark)


def _check_right(by: Actor, framework: Framework) -> None:
    """Before the file is read, and once more when it is stored."""
    check_verb(by, Verb.KEEP_REGISTER, framework)


@act
def _import(by: Actor, framework: Framework, path: Path, read: ReadSheet, mark: str) -> CrosswalkImported:
    _check_right(by, framework)
    alone(f"framework {framework.code}")
    provisions = {row.code: row for row in framework.provisions.all()}
    sides = {
        (row.framework.code, row.code): row
        for row in Provision.objects.filter(framework__code__in=SIDES).select_related("framework")
    }
    faults = [*read.faults, *_unknown(read.rows, framework, provisions, sides)]
    decided, contrary = _decided(read.rows)
    if faults or contrary:
        raise faults_refusal(path, [*faults, *contrary])
    known = fact(f"{DECIDED}, {path.name}", "", mark)
    work = _work(decided, framework, provisions, sides, known)
    _store(by, framework, path, work)
    return CrosswalkImported(
        new=len(work.new),
        changed=len(work.changed),
        removed=len(work.removed),
        same=work.same,
        rejected=len(work.rejected),
        undecided=sum(1 for row in read.rows if not row.decision),
        kept=tuple(work.kept),
    )


def _key(row: SheetRow) -> _Key:
    return _Key(row.provision, row.framework, row.code, row.relation)


def _unknown(
    rows: list[SheetRow],
    framework: Framework,
    provisions: dict[str, Provision],
    sides: dict[tuple[str, str], Provision],
) -> list[Fault]:
    """The cells whose codes nobody knows, or that would link the framework to itself."""
    faults = []
    for row in rows:
        if row.provision not in provisions:
            problem = f'says "{row.provision}", and {framework.code} has no such provision'
            faults.append(Fault(cell_name(row.place, "provision"), problem))
        if row.framework == framework.code:
            faults.append(Fault(cell_name(row.place, "framework"), "names the framework itself"))
        elif (row.framework, row.code) not in sides:
            problem = f'says "{row.code}", and {row.framework} has no such provision'
            faults.append(Fault(cell_name(row.place, "code"), problem))
    return faults


def _decided(rows: list[SheetRow]) -> tuple[dict[_Key, SheetRow], list[Fault]]:
    """The decided rows by link, and the cells that say the contrary of an earlier row."""
    decided: dict[_Key, SheetRow] = {}
    contrary = []
    for row in rows:
        first = decided.setdefault(_key(row), row) if row.decision else row
        if first.decision != row.decision:
            where = cell_name(first.place, "decision")
            contrary.append(Fault(cell_name(row.place, "decision"), f'says "{row.decision}", and {where} the contrary'))
    return decided, contrary


def _work(
    decided: dict[_Key, SheetRow],
    framework: Framework,
    provisions: dict[str, Provision],
    sides: dict[tuple[str, str], Provision],
    known: dict[str, str],
) -> _Work:
    work = _Work()
    outgoing = {
        _Key(row.from_provision.code, row.to_provision.framework.code, row.to_provision.code, row.relation): row
        for row in Crosswalk.objects.filter(
            from_provision__framework=framework, to_provision__framework__code__in=SIDES
        ).select_related("from_provision__framework", "to_provision__framework")
    }
    incoming = {
        _Key(row.to_provision.code, row.from_provision.framework.code, row.from_provision.code, row.relation): row
        for row in Crosswalk.objects.filter(
            to_provision__framework=framework, from_provision__framework__code__in=SIDES
        ).select_related("from_provision__framework", "to_provision__framework")
    }
    for key, row in decided.items():
        standing = outgoing.get(key) or incoming.get(key)
        if row.decision == "yes":
            _accept(row, standing, provisions[key.provision], sides[key.framework, key.code], known, work)
        elif standing is None:
            work.rejected.append(key)
        elif standing.source.startswith(DECIDED):
            work.removed.append(standing)
        else:
            work.kept.append(f"{key.provision} and {key.framework} {key.code} ({standing.source or 'no source'})")
    return work


def _accept(
    row: SheetRow,
    standing: Crosswalk | None,
    start: Provision,
    end: Provision,
    known: dict[str, str],
    work: _Work,
) -> None:
    fields = {**known, "locator": f"row {row.place}", "note": row.note}
    if standing is None:
        fields["mark"] = fields["mark"] or MARKS[0]
        code = f"{start.urn_code()}.{row.relation}.{end.urn_code()}"
        work.new.append(Crosswalk(code=code, from_provision=start, to_provision=end, relation=row.relation, **fields))
        return
    fields["mark"] = fields["mark"] or standing.mark
    if standing.source.startswith(DECIDED) and (standing.mark, standing.note) != (fields["mark"], fields["note"]):
        fresh(standing)
        for name, value in fields.items():
            setattr(standing, name, value)
        work.changed.append(standing)
    else:
        work.same += 1


def _store(by: Actor, framework: Framework, path: Path, work: _Work) -> None:
    """Write the links and log each, and the import itself with what was rejected."""
    store_all(Crosswalk, work.new)
    for row in work.changed:
        store(row)
    for row in work.removed:
        remove(row)
    acts = [Act("framework.provisions.linked", row, {"file": path.name, "mark": row.mark}) for row in work.new]
    acts += [Act("framework.link.changed", row, {"mark": row.mark, "note": row.note}) for row in work.changed]
    acts += [Act("framework.provisions.unlinked", row, {"file": path.name}) for row in work.removed]
    counts = {"new": len(work.new), "changed": len(work.changed), "removed": len(work.removed)}
    rejected = [f"{key.provision}.{key.relation}.{key.framework}:{key.code}" for key in work.rejected]
    said_no = sorted([*rejected, *map(_code, work.removed)])
    if acts or (said_no and last_change(IMPORTED, framework.urn, "no") != str(said_no)):
        acts.append(Act(IMPORTED, framework, {"file": path.name, **counts, "rejected": rejected, "no": said_no}))
        log_all(by, acts)
    concerned = [row.from_provision for row in (*work.new, *work.changed, *work.removed) if row.relation == "concerns"]
    void_by_provisions(by, concerned, f"what its recommendations concern was imported from {path.name}")


def _code(row: Crosswalk) -> str:
    """A link as the log names it."""
    end = row.to_provision
    return f"{row.from_provision.code}.{row.relation}.{end.framework.code}:{end.code}"
