"""The table of access, `tests/actions/access.csv`, has a row for every act; `tests/factories/access.py` tries them."""

import importlib
import inspect
import pkgutil

import waymark.actions
from tests.factories.access import CELLS, COLUMNS, table
from waymark.actions.acts import ACTS
from waymark.actions.amending import AMENDABLE
from waymark.gcm.lists import Voice

NOBODY = {"consultations.contribute_anonymously", "consultations.withdraw_by_receipt"}
"""What somebody does of whom nothing is known."""

ANSWERS = ("amending.accept_change", "amending.decline_change")


def acts() -> dict[str, bool]:
    """Every act that there is → whether it is told who acts."""
    for module in pkgutil.walk_packages(waymark.actions.__path__, "waymark.actions."):
        importlib.import_module(module.name)
    return {
        name.removeprefix("waymark.actions."): "by" in inspect.signature(act).parameters
        for name, act in ACTS.items()
        if name.startswith("waymark.actions.")
    }


def of(row: str) -> str:
    """The act that a row is of."""
    return row.split("[")[0].split("+")[0].split("@")[0]


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    asked = {name for name, told in acts().items() if told}
    assert acts().keys() - asked == NOBODY
    assert {of(row) for row in table()} == asked


def test_every_noun_that_is_corrected_has_a_row() -> None:
    for act in ("amending.amend", "amending.withdraw", *ANSWERS):
        found = {row.split("[")[1].split("]")[0].split(" ")[0] for row in table() if of(row) == act}
        assert found == {noun for noun, how in AMENDABLE.items() if how.open or act not in ANSWERS}


def test_every_voice_has_a_row_for_what_is_done_to_reports() -> None:
    for act in (name for name in acts() if name.startswith("reports.") and name != "reports.deciding.note_untouched"):
        voices = {row.split("[")[1].split("]")[0].split(" ")[0] for row in table() if of(row) == act}
        assert voices == set(Voice.values)


def test_every_cell_is_one_that_is_known_and_nobody_nameless_acts_but_for_himself() -> None:
    for name, row in table().items():
        assert list(row) == ["act", *COLUMNS]
        assert {cell for column, cell in row.items() if column != "act"} <= CELLS
        assert row["operator"] in ("", "any")
        assert row["anonymous"] == ("any" if name == "consultations.contribute[person]" else "")
