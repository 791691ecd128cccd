"""A step as later ones may be: a new table with a key and an index, a new column, a rule, and rows that are filled."""

from django.db import migrations, models


def fill(apps, schema_editor) -> None:
    places = apps.get_model("records", "Place")
    places.objects.update(probe="filled")
    probe = apps.get_model("records", "Probe")
    probe.objects.bulk_create([probe(place=place, word=place.code) for place in places.objects.all()])


class Migration(migrations.Migration):
    dependencies = [("records", "0003_what_never_changes")]
    operations = [
        migrations.CreateModel(
            "Probe",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("place", models.ForeignKey("records.Place", models.PROTECT)),
                ("word", models.CharField(max_length=300, db_index=True)),
            ],
        ),
        migrations.AddField("Place", "probe", models.CharField(max_length=10, null=True)),
        migrations.AddField("Event", "probe", models.CharField(max_length=10, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        migrations.AddConstraint("Place", models.CheckConstraint(condition=~models.Q(probe="x"), name="probe_not_x")),
    ]
