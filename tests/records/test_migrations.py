"""The migrations make what the models say; tables that refer to each other in a circle are made and removed at once."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from waymark.records.at_once import CreateModels


def test_migrations_make_what_the_models_say() -> None:
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    assert [operation.describe() for found in changes.values() for one in found for operation in one.operations] == []


def _one(name: str, other: str) -> CreateModel:
    key = models.BigAutoField(primary_key=True)
    link = models.ForeignKey(f"records.{other}", models.PROTECT, null=True)
    rule = models.CheckConstraint(condition=~models.Q(other__lt=0), name=f"{name.lower()}_rule")
    return CreateModel(name, [("id", key), ("other", link)], {"constraints": [rule]})


@pytest.mark.django_db(transaction=True)
def test_a_circle_of_tables_is_made_and_removed() -> None:
    operation = CreateModels([_one("Hen", "Egg"), _one("Egg", "Hen")])
    before = ProjectState()
    after = before.clone()
    operation.state_forwards("records", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("records", editor, before, after)
        assert editor.deferred_sql == [], "else the migration is noted after the tables are there: a kill comes between"
    try:
        hen, egg = (after.apps.get_model("records", name) for name in ("Hen", "Egg"))
        first = hen.objects.create()
        first.other = egg.objects.create(other=first)
        first.save()
        assert hen.objects.get().other.other == first
        with pytest.raises(Exception, match="hen_rule"):
            hen.objects.update(other=-1)
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("records", editor, after, before)
    assert {"records_hen", "records_egg"}.isdisjoint(connection.introspection.table_names())
