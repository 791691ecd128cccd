from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob
from waymark.actions.crosswalks import LinkFacts, link
from waymark.actions.frameworks import (
    FrameworkFacts,
    Imported,
    ProvisionFacts,
    enter_framework,
    enter_provision,
    import_framework,
    import_provisions,
)
from waymark.actions.recommendations import Advice, enter_outside_recommendations
from waymark.engines.sheets import walled
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework, Provision

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
TABLE = "code,parent,title,text,language,source\nG1,,Goal one,,en,\nG1,,მიზანი,,ka,\nG1.1,G1,,Do it well.,en,Gazette\n"


def test_who_keeps_the_register_of_frameworks() -> None:
    row = enter_framework(
        by=bob(), keeper=network(), code="strategy", facts=FrameworkFacts(title="Strategy", date=date(2020, 1, 1))
    )
    goal = enter_provision(by=bob(), framework=row, code="G1", facts=ProvisionFacts(kind="goal", title="Goal"))
    child = enter_provision(by=bob(), framework=row, code="G1.1", facts=ProvisionFacts(kind="objective", parent=goal))
    assert (child.urn, child.position) == ("urn:waymark:local:provision:strategy:G1.1", 2)
    link(by=bob(), from_provision=goal, to_provision=provision(), facts=LinkFacts(relation="relevant"))
    for act in (
        lambda: enter_framework(by=alice(), keeper=network(), code="mine", facts=FrameworkFacts(title="Mine")),
        lambda: enter_provision(by=alice(), framework=row, code="G2", facts=ProvisionFacts(kind="goal")),
        lambda: link(
            by=alice(), from_provision=goal, to_provision=provision("2"), facts=LinkFacts(relation="relevant")
        ),
        lambda: enter_outside_recommendations(
            by=alice(), framework=row, issuer=organisation(), advice=[Advice("1", "Do")]
        ),
    ):
        with pytest.raises(RefusedError, match="may not register organisations, documents, claims and indicators"):
            act()


def test_a_provision_lies_in_one_framework() -> None:
    with pytest.raises(RefusedError, match="no provision of strategy"):
        enter_provision(
            by=OPERATOR,
            framework=framework("strategy"),
            code="x",
            facts=ProvisionFacts(kind="goal", parent=provision()),
        )
    with pytest.raises(RefusedError, match="cannot be stored"):
        enter_provision(by=OPERATOR, framework=provision().framework, code="1", facts=ProvisionFacts(kind="objective"))


def test_links_are_made_once_and_lead_elsewhere() -> None:
    given = {"by": OPERATOR, "from_provision": provision(), "facts": LinkFacts(relation="relevant")}
    link(to_provision=provision("2"), **given)
    with pytest.raises(RefusedError, match="cannot be stored"):
        link(to_provision=provision("2"), **given)
    with pytest.raises(RefusedError, match="A provision is not linked to itself"):
        link(to_provision=provision(), **given)


def test_import_brings_titles_and_texts_and_a_second_import_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "strategy.csv"
    path.write_text(TABLE, encoding="utf-8")
    row = framework("strategy")
    assert import_provisions(by=OPERATOR, framework=row, path=path) == Imported(new=2, changed=1, same=0)
    goal = Provision.objects.get(code="G1")
    child = Provision.objects.get(code="G1.1")
    assert goal.title == {"en": "Goal one", "ka": "მიზანი"}
    assert goal.text_source == {"en": "strategy.csv", "ka": "strategy.csv"}
    assert child.text_source == {"en": "Gazette"}
    assert (child.parent, child.text, child.source, child.mark) == (goal, {"en": "Do it well."}, "Gazette", "secondary")
    assert import_provisions(by=OPERATOR, framework=row, path=path) == Imported(new=0, changed=0, same=3)


def test_import_keeps_what_the_file_does_not_name(tmp_path: Path) -> None:
    known = provision("G1", "strategy")
    path = tmp_path / "strategy.csv"
    path.write_text(TABLE, encoding="utf-8")
    import_framework(by=OPERATOR, code="strategy", path=path)
    known.refresh_from_db()
    assert known.label == {"en": "Provision G1"}
    assert known.title["en"] == "Goal one"


def test_a_bad_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("code,title\nG1,Goal\nG 2,Goal two\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.csv, line 3"):
        import_framework(by=OPERATOR, code="new", title="New", path=path)
    assert not Framework.objects.filter(code="new").exists()
    with pytest.raises(NotFoundError, match="none is on record yet"):
        import_framework(by=OPERATOR, code="new", path=path)
    with pytest.raises(RefusedError, match="may not run the installation"):
        import_provisions(by=bob(), framework=framework(), path=path)


def test_a_file_is_read_before_the_record_is_held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held: list[int] = []
    read = walled.provisions

    def watched(*given: Any, **named: Any) -> Any:
        held.append(len(connection.savepoint_ids))
        return read(*given, **named)

    monkeypatch.setattr(walled, "provisions", watched)
    outside = len(connection.savepoint_ids)
    path = tmp_path / "plan.csv"
    path.write_text("code,title\nA,Words of the plan\n", "utf-8")
    import_framework(by=Actor.operator(), code="plan", path=path, title="Plan")
    import_framework(by=Actor.operator(), code="plan", path=path)
    assert held == [outside, outside]
