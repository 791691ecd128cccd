"""Organisations, networks, persons and posts of a demonstration, and the merger of two ministries."""

from datetime import date

from waymark.actions import appointments, networks, organisations, people, successions, workplans
from waymark.actions.appointments import HoldingFacts
from waymark.actions.facts import Paper
from waymark.actions.networks import GroupFacts, MembershipFacts, NetworkFacts, SeatFacts
from waymark.actions.organisations import NameFacts
from waymark.actions.people import PersonFacts, PostFacts
from waymark.actions.successions import SuccessionFacts
from waymark.actions.workplans import AreaFacts, WorkplanFacts
from waymark.interfaces.cli.demonstrations.files import Row, day
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.interfaces.cli.demonstrations.posts import DOOR, holder
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.organisations import Organisation

OFFICER, CHAIR = "secretariat", "co-chair-un"
"""The posts whose holders enter and confirm the appointments of the network."""


def load_organisations(loading: Loading) -> None:
    """Register every organisation; those that work in the whole world bear no country in their code."""
    for row in loading.rows("organisations"):
        worldwide = row["kind"] == "un" and not row.get("local")
        loading.organisations[row["code"]] = organisations.register(
            by=loading.by,
            code=row["code"] if worldwide else loading.own(row["code"]),
            name=row["name"],
            short_name=row.get("short", ""),
            facts=organisations.OrganisationFacts(
                kind=row["kind"],
                place=None if worldwide else loading.place,
                classification=row.get("classification", "public"),
                note=_note(row),
                **loading.source(row),
            ),
        )
        loading.count("organisations")


def _note(row: Row) -> str:
    aliases = f"Also written {', '.join(row['aliases'])}." if row.get("aliases") else ""
    return " ".join(part for part in (aliases, row.get("note", "")) if part)


def load_networks(loading: Loading, marking: str) -> None:
    """Found each network with its members, working groups, workplans and areas."""
    for row in loading.rows("networks"):
        network = networks.found(
            by=loading.by,
            code=loading.own(row["code"]),
            facts=NetworkFacts(
                kind=row["kind"],
                level=row["level"],
                name=row["name"],
                place=loading.place,
                founded_on=day(row.get("founded")),
                description=row.get("note", ""),
                demonstration=marking,
                **loading.source(row),
            ),
        )
        loading.networks[row["code"]] = network
        loading.count("networks")
        _members(loading, network, row)
        _groups(loading, network, row)
        _workplans(loading, network, row)


def _members(loading: Loading, network: Network, row: Row) -> None:
    listed = [
        {"organisation": key, "role": role, "since": row["founded"]}
        for role, keys in row.get("members", {}).items()
        for key in keys
    ]
    for member in [*listed, *row.get("memberships", [])]:
        networks.admit(
            by=loading.by,
            network=network,
            organisation=loading.organisations[member["organisation"]],
            facts=MembershipFacts(
                role=member["role"],
                from_date=day(member.get("since")),
                note=member.get("note", ""),
                **loading.source(member),
            ),
        )
        loading.count("memberships")
    for former in row.get("ended", []):
        membership = networks.admit(
            by=loading.by,
            network=network,
            organisation=loading.organisations[former["organisation"]],
            facts=MembershipFacts(role=former["role"], from_date=day(former["from"])),
        )
        networks.end_membership(by=loading.by, membership=membership, on=day(former["to"]), reason=former["reason"])
        loading.count("memberships")


def _groups(loading: Loading, network: Network, row: Row) -> None:
    for group in row.get("working_groups", []):
        entered = networks.set_up_group(
            by=loading.by,
            network=network,
            code=loading.own(group["code"]),
            facts=GroupFacts(
                name=group["name"],
                mandate=group.get("mandate", ""),
                outputs=group.get("outputs", ""),
                **loading.source(group),
            ),
        )
        loading.groups[group["code"]] = entered
        loading.count("working groups")
        for key in [*group.get("leads", []), *group.get("members", [])]:
            networks.join_group(
                by=loading.by,
                group=entered,
                organisation=loading.organisations[key],
                facts=SeatFacts(co_lead=key in group.get("leads", [])),
            )


def _workplans(loading: Loading, network: Network, row: Row) -> None:
    for plan in row.get("workplans", []):
        entered = workplans.make_workplan(
            by=loading.by,
            network=network,
            code=loading.own(plan["code"]),
            facts=WorkplanFacts(
                title=plan["title"],
                from_date=day(plan.get("start")),
                to_date=day(plan.get("end")),
                adopted_on=day(plan.get("adopted")),
                classification="public",
                **loading.source(plan),
            ),
        )
        loading.count("workplans")
        for area in plan.get("areas", []):
            loading.areas[area["code"]] = workplans.add_area(
                by=loading.by,
                workplan=entered,
                facts=AreaFacts(title=area["title"], working_group=loading.groups.get(area["group"] or "")),
            )


def load_people(loading: Loading) -> None:
    """Create the posts, enter the persons, appoint them; a row without a person leaves its post vacant.

    The first co-chair and officer are entered from a paper. Then the officer of the network enters the others, and a
    co-chair confirms those of whom a second person is asked.
    """
    for row in loading.rows("people"):
        committee = row["post"].startswith("committee")
        network = loading.networks["committee" if committee else "network"]
        first = day(row["from"]) if "from" in row else None
        by = loading.by if "paper" in row or first is None else holder(loading, OFFICER, first)
        _post(loading, row, network, by)
        if first is None:
            continue
        home = loading.organisations.get(row.get("home", ""))
        _person(loading, row, network, by, home)
        holding = appointments.appoint(
            by=Actor.operator(loading.by.name, door=DOOR, today=first) if "paper" in row else by,
            post=loading.posts[row["post"]],
            person=loading.persons[row["code"]],
            facts=HoldingFacts(from_date=first, to_date=day(row.get("to")), acting="acting" in row, home=home),
            paper=Paper(first, words=row["paper"]) if "paper" in row else None,
        )
        loading.count("holdings")
        if "confirmed_on" in row:
            chair = holder(loading, CHAIR, date.fromisoformat(row["confirmed_on"]))
            appointments.confirm_appointment(by=chair, holding=holding)


def _post(loading: Loading, row: Row, network: Network, by: Actor) -> None:
    if row["post"] in loading.posts:
        return
    loading.posts[row["post"]] = people.create_post(
        by=by,
        code=loading.own(row["post"]),
        network=network,
        facts=PostFacts(
            organisation=loading.organisations[row["organisation"]],
            duty=row["duty"],
            title=row["title"],
            classification="public",
        ),
    )
    loading.count("posts")


def _person(loading: Loading, row: Row, network: Network, by: Actor, home: Organisation | None) -> None:
    if row["code"] in loading.persons:
        return
    loading.persons[row["code"]] = people.enter_person(
        by=by,
        code=loading.own(row["code"]),
        keeper=network,
        facts=PersonFacts(name=row["name"], organisation=home or loading.organisations[row["organisation"]]),
    )
    loading.count("persons")


def load_persons(loading: Loading) -> None:
    """Enter persons whom a public source names as speakers; they hold no post here."""
    for row in loading.rows("persons"):
        loading.persons[row["code"]] = people.enter_person(
            by=loading.by,
            code=loading.own(row["code"]),
            facts=PersonFacts(
                name=row["name"],
                organisation=loading.organisations[row["organisation"]],
                classification="public",
                **loading.source(row),
            ),
        )
        loading.count("persons")


def load_changes_of_names(loading: Loading) -> None:
    """Merge ministries, with their duties going to the successor, and give the successor its new name."""
    for row in loading.rows("names"):
        organisation = loading.organisations[row["organisation"]]
        if row["kind"] == "merged":
            into = loading.organisations[row["into"]]
            successions.merge(
                by=loading.by,
                organisations=[organisation],
                into=into,
                facts=SuccessionFacts(date=day(row["date"]), act=row["act"]),
            )
        else:
            successions.rename(
                by=loading.by,
                organisation=organisation,
                named=NameFacts(name=row["name"], short_name=row["short"]),
                facts=SuccessionFacts(date=day(row["date"]), act=row["act"]),
            )
        loading.count("successions")
