"""The reference page of states and roles, made from the tables in `states.py` and `roles.py`."""

from waymark.records.appointing import APPOINTING
from waymark.records.people import Duty
from waymark.records.roles import ROLES
from waymark.records.states import TABLES, States

HEAD = """# States and roles

Made from `src/waymark/records/states.py` and `permissions.py` by `make docs`. Who may do an act and when it may be
done are two questions: the first is answered by roles, the second by states.
"""


def diagram(table: States) -> str:
    """A state table as a Mermaid diagram; final states end it."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(table))}"]
    for state, acts in table.items():
        lines += [f"    {state} --> {after}: {act}" for act, after in acts.items()]
        if not acts:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines)


def section(name: str, table: States) -> str:
    """One noun: its diagram, and the same as a table for readers who see no diagram."""
    rows = []
    for state, acts in table.items():
        leads = ", ".join(f"{act} → {after.replace('_', ' ')}" for act, after in acts.items())
        rows.append(f"| {state.replace('_', ' ')} | {leads or 'final'} |")
    table_text = "\n".join(["| state | acts and where they lead |", "|---|---|", *rows])
    return f"\n## {name.capitalize()}\n\n```mermaid\n{diagram(table)}\n```\n\n{table_text}\n"


def roles() -> str:
    """What each duty gives in the network of its post."""
    lines = ["| duty | what it is | may |", "|---|---|---|"]
    for duty, role in ROLES.items():
        verbs = "; ".join(sorted(verb.value for verb in role.verbs)) or "nothing"
        lines.append(f"| {Duty(duty).label} | {role.words} | {verbs} |")
    return "\n## Roles\n\n" + "\n".join(lines) + "\n"


def appointments() -> str:
    """Which appointments wait for a second person."""
    lines = ["| duty | waits for a second person | because |", "|---|---|---|"]
    lines += [
        f"| {Duty(duty).label} | {'yes' if row.waits else 'no'} | {row.reason} |" for duty, row in APPOINTING.items()
    ]
    return (
        "\n## Appointments\n\nAn officer enters appointments. Whatever the duty, an officer's own appointment waits. "
        "A co-chair in office confirms or refuses what waits, who is neither the person appointed nor who entered it. "
        "While a network has no co-chair in office, or no officer, the operator enters one from a paper.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def page() -> str:
    """The whole page."""
    return HEAD + "".join(section(name, table) for name, table in TABLES.items()) + roles() + appointments()
