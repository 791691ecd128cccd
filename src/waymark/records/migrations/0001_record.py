import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "country"),
                            ("area", "territory outside ISO 3166"),
                            ("region", "region (UN M49)"),
                            ("subregion", "sub-region (UN M49)"),
                            ("commission-area", "area of a UN regional commission"),
                            ("group", "group of a publisher"),
                            ("fictional", "fictional country of a demonstration"),
                            ("subnational", "place inside a country"),
                        ],
                        max_length=16,
                    ),
                ),
                ("m49", models.CharField(blank=True, default="", max_length=3)),
                ("iso2", models.CharField(blank=True, default="", max_length=2)),
                ("name", models.JSONField(blank=True, default=dict)),
                ("parents", models.ManyToManyField(blank=True, related_name="children", to="records.place")),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="place_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "country",
                                    "area",
                                    "region",
                                    "subregion",
                                    "commission-area",
                                    "group",
                                    "fictional",
                                    "subnational",
                                ],
                            )
                        ),
                        name="place_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("un_network", "UN network on migration"),
                            ("government_body", "government body"),
                            ("other", "other network"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("local", "local"),
                            ("national", "national"),
                            ("regional", "regional"),
                            ("global", "global"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.JSONField(blank=True, default=dict)),
                ("description", models.JSONField(blank=True, default=dict)),
                ("founded_on", models.DateField(blank=True, null=True)),
                ("demonstration", models.JSONField(blank=True, default=dict)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="networks",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="network_code"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["un_network", "government_body", "other"])),
                        name="network_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["local", "national", "regional", "global"])),
                        name="network_level_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("short_title", models.JSONField(blank=True, default=dict)),
                ("issuer", models.CharField(blank=True, default="", max_length=500)),
                ("edition", models.CharField(blank=True, default="", max_length=300)),
                ("date", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [models.UniqueConstraint(fields=("code",), name="framework_code")],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("government", "national government body"),
                            ("local_authority", "local authority"),
                            ("parliament", "parliament"),
                            ("human_rights_institution", "national human rights institution"),
                            ("un", "United Nations entity"),
                            ("international", "other international or regional organisation"),
                            ("foreign_state", "body of another State"),
                            ("civil_society", "civil society organisation"),
                            ("migrant_diaspora", "migrant or diaspora organisation"),
                            ("academia", "academia"),
                            ("private_sector", "private sector"),
                            ("trade_union", "trade union"),
                            ("employers", "employers' organisation"),
                            ("faith", "faith-based organisation"),
                            ("youth", "youth organisation"),
                            ("media", "media"),
                            ("other", "other stakeholder"),
                        ],
                        max_length=32,
                    ),
                ),
                ("website", models.CharField(blank=True, default="", max_length=500)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="organisation_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "government",
                                    "local_authority",
                                    "parliament",
                                    "human_rights_institution",
                                    "un",
                                    "international",
                                    "foreign_state",
                                    "civil_society",
                                    "migrant_diaspora",
                                    "academia",
                                    "private_sector",
                                    "trade_union",
                                    "employers",
                                    "faith",
                                    "youth",
                                    "media",
                                    "other",
                                ],
                            )
                        ),
                        name="organisation_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewCycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("local", "local"),
                            ("national", "national"),
                            ("regional", "regional"),
                            ("global", "global"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("venue", models.CharField(blank=True, default="", max_length=300)),
                ("clusters", models.JSONField(blank=True, default=list)),
                ("feeds", models.ManyToManyField(blank=True, related_name="fed_by", to="records.reviewcycle")),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "ordering": ["from_date", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="review_cycle_code"),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["local", "national", "regional", "global"])),
                        name="review_cycle_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="review_cycle_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("language", models.CharField(blank=True, default="en", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_clearance", "in clearance"),
                            ("cleared", "cleared"),
                            ("published", "published"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("content_hash", models.CharField(blank=True, default="", max_length=64)),
                ("frameworks", models.ManyToManyField(blank=True, related_name="reviews", to="records.framework")),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="records.network"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="records.place",
                    ),
                ),
                (
                    "publishing_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="records.organisation",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="records.reviewcycle"
                    ),
                ),
            ],
            options={
                "ordering": ["cycle_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="review_code"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "in_clearance", "cleared", "published"])),
                        name="review_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), models.Q(("content_hash", ""), _negated=True), _connector="OR"
                        ),
                        name="review_under_clearance_has_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consultations", to="records.network"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultations",
                        to="records.review",
                    ),
                ),
            ],
            options={
                "ordering": ["network_id", "from_date", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="consultation_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="consultation_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("title", models.JSONField(blank=True, default=dict)),
                ("publisher", models.CharField(blank=True, default="", max_length=500)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("url", models.CharField(blank=True, default="", max_length=1000)),
                ("file_name", models.CharField(blank=True, default="", max_length=300)),
                ("media_type", models.CharField(blank=True, default="", max_length=120)),
                ("size", models.PositiveBigIntegerField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                ("licence", models.CharField(blank=True, default="", max_length=200)),
                ("redistributable", models.BooleanField(default=False)),
                ("retrieved_on", models.DateField(blank=True, null=True)),
                ("retention", models.CharField(blank=True, default="", max_length=200)),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="records.network",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="document_code"),
                    models.UniqueConstraint(
                        condition=models.Q(("sha256", ""), _negated=True),
                        fields=("network", "sha256"),
                        name="document_file_once_per_network",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redistributable", False), models.Q(("licence", ""), _negated=True), _connector="OR"
                        ),
                        name="document_passed_on_only_with_licence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(blank=True, default="", max_length=300, unique=True)),
                ("last", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "ordering": ["network"],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("end_unknown", models.BooleanField(default=False)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("name", models.JSONField(blank=True, default=dict)),
                ("mandate", models.JSONField(blank=True, default=dict)),
                ("outputs", models.JSONField(blank=True, default=dict)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="working_groups", to="records.network"
                    ),
                ),
            ],
            options={
                "ordering": ["network_id", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="working_group_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__isnull", True), ("end_unknown", False), _connector="OR"),
                        name="working_group_end_known_or_not",
                    ),
                    models.UniqueConstraint(fields=("code",), name="working_group_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workplan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("title", models.JSONField(blank=True, default=dict)),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("adopted_on", models.DateField(blank=True, null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="workplans", to="records.network"
                    ),
                ),
            ],
            options={
                "ordering": ["network_id", "from_date", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="workplan_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="workplan_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("title", models.JSONField(blank=True, default=dict)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="areas",
                        to="records.workinggroup",
                    ),
                ),
                (
                    "workplan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="records.workplan"
                    ),
                ),
            ],
            options={
                "ordering": ["workplan_id", "position", "id"],
                "constraints": [models.UniqueConstraint(fields=("code",), name="work_area_code")],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pledge", "pledge"),
                            ("measure", "measure of a national plan"),
                            ("activity", "activity of a workplan"),
                            ("follow_up", "follow-up of a meeting"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("individual", "individual pledge"),
                            ("common", "common pledge"),
                            ("partnership", "pledge in partnership"),
                            ("matching", "matching pledge"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("local", "local"),
                            ("national", "national"),
                            ("regional", "regional"),
                            ("global", "global"),
                        ],
                        default="national",
                        max_length=10,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("description", models.JSONField(blank=True, default=dict)),
                ("metric", models.JSONField(blank=True, default=dict)),
                ("baseline", models.TextField(blank=True, default="")),
                ("target", models.TextField(blank=True, default="")),
                ("start_date", models.DateField(blank=True, null=True)),
                ("due_date", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed", "agreed"),
                            ("under_way", "under way"),
                            ("completed", "completed"),
                            ("dropped", "dropped"),
                            ("superseded", "superseded"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("matches", models.ManyToManyField(blank=True, related_name="matched_by", to="records.commitment")),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="records.commitment",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="records.network"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="records.place",
                    ),
                ),
                (
                    "work_area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="records.workarea",
                    ),
                ),
            ],
            options={
                "ordering": ["network_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="commitment_code"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pledge", "measure", "activity", "follow_up"])),
                        name="commitment_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["individual", "common", "partnership", "matching", ""])),
                        name="commitment_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "agreed", "under_way", "completed", "dropped", "superseded"])
                        ),
                        name="commitment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_date__isnull", True),
                            ("due_date__isnull", True),
                            ("due_date__gte", models.F("start_date")),
                            _connector="OR",
                        ),
                        name="commitment_due_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "superseded"), ("superseded_by__isnull", False)),
                            models.Q(models.Q(("state", "superseded"), _negated=True), ("superseded_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="commitment_superseded_names_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "pledge"), ("way", ""), _connector="OR"),
                        name="commitment_way_of_pledge",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Provision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("number", models.CharField(blank=True, default="", max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("paragraph", models.CharField(blank=True, default="", max_length=80)),
                ("title", models.JSONField(blank=True, default=dict)),
                ("label", models.JSONField(blank=True, default=dict)),
                ("text", models.JSONField(blank=True, default=dict)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="provisions", to="records.framework"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="records.provision",
                    ),
                ),
            ],
            options={
                "ordering": ["framework_id", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "code"), name="provision_code_in_framework"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="provision_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.JSONField(blank=True, default=dict)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="records.consultation"
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.provision",
                    ),
                ),
            ],
            options={
                "ordering": ["consultation_id", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "name_kind",
                    models.CharField(
                        choices=[
                            ("named", "named"),
                            ("withheld", "name known to the secretariat, not shown"),
                            ("anonymous", "anonymous"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.JSONField(blank=True, default=dict)),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                ("date", models.DateField(blank=True, null=True)),
                ("receipt_hash", models.CharField(blank=True, default="", max_length=64)),
                ("scale", models.CharField(blank=True, default="", max_length=60)),
                ("rating", models.CharField(blank=True, default="", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("published", "published"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="records.commitment",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="records.consultation",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="records.consultationitem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["consultation_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="contribution_code"),
                    models.CheckConstraint(
                        condition=models.Q(("name_kind__in", ["named", "withheld", "anonymous"])),
                        name="contribution_name_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["received", "published", "refused", "withdrawn"])),
                        name="contribution_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_kind", "anonymous"), _negated=True),
                            models.Q(
                                ("date__isnull", True),
                                ("name", ""),
                                ("organisation__isnull", True),
                                models.Q(("receipt_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contribution_anonymous_keeps_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_kind", "anonymous"),
                            models.Q(("name", ""), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="contribution_named_has_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rating", ""), ("scale", "")),
                            models.Q(
                                models.Q(("rating", ""), _negated=True),
                                models.Q(("scale", ""), _negated=True),
                                ("commitment__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="contribution_rating_of_commitment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "withdrawn"),
                            models.Q(("text", {}), _negated=True),
                            models.Q(("rating", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contribution_says_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("receipt_hash", ""), _negated=True),
                        fields=("receipt_hash",),
                        name="contribution_receipt_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("subject", models.CharField(db_index=True, max_length=400)),
                ("attribute", models.CharField(max_length=80)),
                ("value", models.TextField()),
                ("date", models.DateField(blank=True, null=True)),
                ("page", models.CharField(blank=True, default="", max_length=40)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="records.document",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="records.network",
                    ),
                ),
            ],
            options={
                "ordering": ["subject", "attribute", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "attribute", "value", "source", "locator"), name="claim_once_per_source"
                    ),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="claim_has_source"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(blank=True, default="", max_length=300)),
                ("number", models.PositiveBigIntegerField()),
                ("verb", models.CharField(max_length=80)),
                ("subject", models.CharField(blank=True, default="", max_length=400)),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("network", "number"), name="event_number_in_network")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("launch", "launch"),
                            ("annual", "annual meeting"),
                            ("meeting", "meeting"),
                            ("sitting", "sitting of a government body"),
                            ("working_group", "meeting of a working group"),
                            ("workshop", "workshop"),
                            ("webinar", "webinar"),
                            ("consultation", "round of consultations"),
                            ("review", "review conference or forum"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("date", models.DateField(blank=True, null=True)),
                ("end_date", models.DateField(blank=True, null=True)),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")], default="day", max_length=6
                    ),
                ),
                ("venue", models.CharField(blank=True, default="", max_length=300)),
                ("agenda", models.JSONField(blank=True, default=dict)),
                ("summary", models.JSONField(blank=True, default=dict)),
                ("key_messages", models.JSONField(blank=True, default=dict)),
                (
                    "minutes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="minutes_of",
                        to="records.document",
                    ),
                ),
                ("papers", models.ManyToManyField(blank=True, related_name="paper_of", to="records.document")),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="records.network"
                    ),
                ),
                ("provisions", models.ManyToManyField(blank=True, related_name="meetings", to="records.provision")),
                (
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="records.workinggroup",
                    ),
                ),
            ],
            options={
                "ordering": ["date", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="meeting_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "launch",
                                    "annual",
                                    "meeting",
                                    "sitting",
                                    "working_group",
                                    "workshop",
                                    "webinar",
                                    "consultation",
                                    "review",
                                ],
                            )
                        ),
                        name="meeting_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_date__isnull", True),
                            ("date__isnull", True),
                            ("end_date__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="meeting_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.JSONField(blank=True, default=dict)),
                (
                    "commitment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decision",
                        to="records.commitment",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="records.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("position", models.PositiveIntegerField(default=0)),
                ("title", models.JSONField(blank=True, default=dict)),
                ("due_date", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="records.commitment"
                    ),
                ),
            ],
            options={
                "ordering": ["commitment_id", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("end_unknown", models.BooleanField(default=False)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("co_chair", "co-chair"),
                            ("chair", "chair"),
                            ("member", "member"),
                            ("partner", "partner"),
                            ("secretariat", "secretariat"),
                            ("observer", "observer"),
                            ("consultative", "consultative status"),
                        ],
                        max_length=16,
                    ),
                ),
                ("end_reason", models.TextField(blank=True, default="")),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="records.network"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["network_id", "role", "organisation_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__isnull", True), ("end_unknown", False), _connector="OR"),
                        name="membership_end_known_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["co_chair", "chair", "member", "partner", "secretariat", "observer", "consultative"],
                            )
                        ),
                        name="membership_role_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end_unknown", False), ("to_date__isnull", True)),
                        fields=("network", "organisation", "role"),
                        name="membership_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("end_unknown", models.BooleanField(default=False)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("name", models.JSONField(blank=True, default=dict)),
                ("short_name", models.JSONField(blank=True, default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="records.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["organisation_id", "from_date", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="organisation_name_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__isnull", True), ("end_unknown", False), _connector="OR"),
                        name="organisation_name_end_known_or_not",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end_unknown", False), ("to_date__isnull", True)),
                        fields=("organisation",),
                        name="organisation_one_open_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("end_unknown", models.BooleanField(default=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("pledger", "pledger"),
                            ("lead", "lead"),
                            ("contributor", "contributor"),
                            ("matcher", "matcher"),
                        ],
                        max_length=12,
                    ),
                ),
                ("share", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="records.commitment",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["commitment_id", "role", "organisation_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="participation_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__isnull", True), ("end_unknown", False), _connector="OR"),
                        name="participation_end_known_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["pledger", "lead", "contributor", "matcher"])),
                        name="participation_role_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end_unknown", False), ("to_date__isnull", True)),
                        fields=("commitment", "organisation", "role"),
                        name="participation_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True), models.Q(("share__gt", 0), ("share__lte", 100)), _connector="OR"
                        ),
                        name="participation_share_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="participation_amount_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("currency", "")),
                            models.Q(("amount__isnull", False), models.Q(("currency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="participation_amount_has_currency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("name", models.JSONField(blank=True, default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="persons",
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [models.UniqueConstraint(fields=("code",), name="person_code")],
            },
        ),
        migrations.CreateModel(
            name="NamedReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.CharField(max_length=400)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="may_read", to="records.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("urn", "person"), name="named_reader_once")],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("co_chair", "co-chair"),
                            ("secretariat_officer", "secretariat officer"),
                            ("focal_point", "focal point"),
                            ("alternate", "alternate focal point"),
                            ("validator", "validator"),
                            ("civil_society_reporter", "reporter of a civil society organisation"),
                            ("observer", "observer"),
                            ("other", "other post, without rights here"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="records.network",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="records.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="post_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "duty__in",
                                [
                                    "co_chair",
                                    "secretariat_officer",
                                    "focal_point",
                                    "alternate",
                                    "validator",
                                    "civil_society_reporter",
                                    "observer",
                                    "other",
                                ],
                            )
                        ),
                        name="post_duty_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("audience", models.CharField(max_length=10)),
                ("language", models.CharField(blank=True, default="en", max_length=20)),
                ("as_of", models.DateField(blank=True, null=True)),
                ("published_on", models.DateField()),
                ("files", models.JSONField(default=list)),
                ("hash", models.CharField(max_length=64)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.post",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="records.review"
                    ),
                ),
            ],
            options={
                "ordering": ["review_id", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="edition_code"),
                    models.UniqueConstraint(fields=("review", "version"), name="edition_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "network"])), name="edition_audience_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("files", []), _negated=True), models.Q(("hash", ""), _negated=True)
                        ),
                        name="edition_has_files",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_edition", "edition of this installation"),
                            ("received_edition", "edition received from another installation"),
                            ("file", "file"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.JSONField(blank=True, default=dict)),
                ("edition_urn", models.CharField(blank=True, default="", max_length=400)),
                ("hash", models.CharField(blank=True, default="", max_length=64)),
                ("signature", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("checked", "checked"),
                            ("used", "used"),
                            ("rejected", "rejected"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField(blank=True, null=True)),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("check_note", models.JSONField(blank=True, default=dict)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_sources",
                        to="records.document",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_as_source",
                        to="records.edition",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.place",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="records.review"
                    ),
                ),
            ],
            options={
                "ordering": ["review_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="review_source_code"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["received", "checked", "used", "rejected"])),
                        name="review_source_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edition__isnull", False), ("kind", "local_edition")),
                            models.Q(
                                ("edition__isnull", True),
                                ("kind", "received_edition"),
                                models.Q(("edition_urn", ""), _negated=True),
                            ),
                            models.Q(("document__isnull", False), ("edition__isnull", True), ("kind", "file")),
                            _connector="OR",
                        ),
                        name="review_source_is_what_its_kind_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "rejected"]),
                            models.Q(("hash", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_source_checked_has_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "progress"),
                            ("challenge", "challenge"),
                            ("opportunity", "opportunity"),
                            ("emerging_issue", "emerging issue"),
                            ("good_practice", "good practice"),
                            ("next_step", "next step"),
                        ],
                        max_length=16,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.JSONField(blank=True, default=dict)),
                ("drafted_by_words", models.CharField(blank=True, default="", max_length=300)),
                ("confirmed_on", models.DateField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.post",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.post",
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="records.provision",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="records.review"
                    ),
                ),
                (
                    "review_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="records.reviewsource",
                    ),
                ),
            ],
            options={
                "ordering": ["review_id", "provision_id", "kind", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="finding_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "progress",
                                    "challenge",
                                    "opportunity",
                                    "emerging_issue",
                                    "good_practice",
                                    "next_step",
                                ],
                            )
                        ),
                        name="finding_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", {}), _negated=True), name="finding_has_text"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by__isnull", True), ("confirmed_on__isnull", True)),
                            ("confirmed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="finding_confirmed_by_and_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("subject", models.CharField(blank=True, default="", max_length=400)),
                ("title", models.JSONField(blank=True, default=dict)),
                ("body", models.JSONField(blank=True, default=dict)),
                ("saved_on", models.DateField(blank=True, null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="records.post"
                    ),
                ),
            ],
            options={
                "ordering": ["post_id", "id"],
                "constraints": [models.UniqueConstraint(fields=("code",), name="draft_code")],
            },
        ),
        migrations.CreateModel(
            name="CommitmentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_state", models.CharField(blank=True, default="", max_length=12)),
                ("to_state", models.CharField(max_length=12)),
                ("reason", models.JSONField(blank=True, default=dict)),
                ("date", models.DateField(blank=True, null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="records.commitment"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.post",
                    ),
                ),
            ],
            options={
                "ordering": ["commitment_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_state__in", ["proposed", "agreed", "under_way", "completed", "dropped", "superseded"])
                        ),
                        name="commitment_change_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_state__in", ["dropped", "superseded"]), _negated=True),
                            models.Q(("reason", {}), _negated=True),
                            _connector="OR",
                        ),
                        name="commitment_end_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("subject", models.CharField(max_length=400)),
                ("attribute", models.CharField(max_length=80)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("official_record", "the official record of the body that acted wins"),
                            ("primary_source", "a primary source wins over a report about it"),
                            ("more_sources", "more independent sources win"),
                            ("later_correction", "a later correction by the same source wins"),
                            ("country_statement", "the statement of the country concerned wins"),
                            ("judgement", "judged by a person, for the reason given"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.JSONField(blank=True, default=dict)),
                ("date", models.DateField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="records.claim"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.post",
                    ),
                ),
            ],
            options={
                "ordering": ["subject", "attribute"],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "attribute"), name="claim_choice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", {}), _negated=True), name="claim_choice_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("capacity", models.JSONField(blank=True, default=dict)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="records.meeting"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="records.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="records.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="records.post",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            ("post__isnull", False),
                            ("person__isnull", False),
                            _connector="OR",
                        ),
                        name="attendance_of_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[("taken", "taken"), ("partly", "taken in part"), ("not_taken", "not taken")],
                        max_length=10,
                    ),
                ),
                ("reason", models.JSONField(blank=True, default=dict)),
                ("date", models.DateField(blank=True, null=True)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answer", to="records.contribution"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.post",
                    ),
                ),
            ],
            options={
                "ordering": ["contribution_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["taken", "partly", "not_taken"])), name="answer_kind_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", {}), _negated=True), name="answer_has_reason"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostHolding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("end_unknown", models.BooleanField(default=False)),
                ("acting", models.BooleanField(default=False)),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seconded_holdings",
                        to="records.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="records.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="records.post"
                    ),
                ),
            ],
            options={
                "ordering": ["post_id", "from_date", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="post_holding_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__isnull", True), ("end_unknown", False), _connector="OR"),
                        name="post_holding_end_known_or_not",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end_unknown", False), ("to_date__isnull", True), ("acting", False)),
                        fields=("post",),
                        name="post_one_open_holder",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end_unknown", False), ("to_date__isnull", True)),
                        fields=("post", "person"),
                        name="post_holder_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("title", models.JSONField(blank=True, default=dict)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField()),
                ("due_date", models.DateField(blank=True, null=True)),
                ("locked", models.BooleanField(default=False)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="records.network"
                    ),
                ),
            ],
            options={
                "ordering": ["network_id", "from_date", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="reporting_period_code"),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__gte", models.F("from_date"))),
                        name="reporting_period_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("implementer", "implementer"),
                            ("secretariat", "secretariat"),
                            ("civil_society", "civil society"),
                        ],
                        max_length=16,
                    ),
                ),
                ("scale", models.CharField(max_length=60)),
                ("rating", models.CharField(blank=True, default="", max_length=60)),
                (
                    "empty_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_collected", "not collected"),
                            ("not_applicable", "not applicable"),
                            ("not_yet_due", "not yet due"),
                            ("confidential", "confidential"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("narrative", models.JSONField(blank=True, default=dict)),
                ("reason", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("returned", "returned"),
                            ("accepted", "accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("returned_on", models.DateField(blank=True, null=True)),
                ("accepted_on", models.DateField(blank=True, null=True)),
                ("return_note", models.JSONField(blank=True, default=dict)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.post",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="records.commitment"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="records.organisation"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="records.post",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="records.reportingperiod",
                    ),
                ),
            ],
            options={
                "ordering": ["commitment_id", "period_id", "voice", "organisation_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "period", "organisation", "voice"), name="progress_report_once_per_voice"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voice__in", ["implementer", "secretariat", "civil_society"])),
                        name="progress_report_voice_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("empty_reason__in", ["not_collected", "not_applicable", "not_yet_due", "confidential", ""])
                        ),
                        name="progress_report_empty_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "returned", "accepted"])),
                        name="progress_report_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "returned"]),
                            models.Q(models.Q(("rating", ""), _negated=True), ("empty_reason", "")),
                            models.Q(("rating", ""), models.Q(("empty_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="progress_report_rated_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("submitted_on__isnull", False), _connector="OR"),
                        name="progress_report_submitted_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_on__isnull", False), ("state", "accepted")),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("accepted_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="progress_report_accepted_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("return_note", {}), _negated=True),
                            _connector="OR",
                        ),
                        name="progress_report_returned_has_note",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("page", models.CharField(blank=True, default="", max_length=40)),
                ("url", models.CharField(blank=True, default="", max_length=1000)),
                ("text", models.JSONField(blank=True, default=dict)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_of",
                        to="records.document",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="records.progressreport",
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("document__isnull", False),
                            models.Q(("url", ""), _negated=True),
                            models.Q(("text", {}), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_of_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("dataset_hash", models.CharField(blank=True, default="", max_length=64)),
                ("series", models.CharField(blank=True, default="", max_length=120)),
                ("place_code", models.CharField(blank=True, default="", max_length=40)),
                ("period", models.CharField(blank=True, default="", max_length=40)),
                ("dimensions", models.CharField(blank=True, default="", max_length=300)),
                ("page", models.CharField(blank=True, default="", max_length=40)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cited_by",
                        to="records.claim",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cited_by",
                        to="records.document",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="records.finding"
                    ),
                ),
                (
                    "progress_report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cited_by",
                        to="records.progressreport",
                    ),
                ),
            ],
            options={
                "ordering": ["finding_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", True), ("document__isnull", True), ("progress_report__isnull", False)
                            ),
                            models.Q(
                                ("claim__isnull", True), ("document__isnull", False), ("progress_report__isnull", True)
                            ),
                            models.Q(
                                ("claim__isnull", False), ("document__isnull", True), ("progress_report__isnull", True)
                            ),
                            models.Q(
                                ("claim__isnull", True), ("document__isnull", True), ("progress_report__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="citation_of_one_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dataset_hash", ""),
                                ("series", ""),
                                models.Q(
                                    ("progress_report__isnull", False),
                                    ("document__isnull", False),
                                    ("claim__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("series", ""), _negated=True),
                                models.Q(("dataset_hash", ""), _negated=True),
                                models.Q(("place_code", ""), _negated=True),
                                models.Q(("period", ""), _negated=True),
                                ("claim__isnull", True),
                                ("document__isnull", True),
                                ("progress_report__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="citation_of_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("voted_for", "voted for"),
                            ("voted_against", "voted against"),
                            ("abstained", "abstained"),
                            ("absent", "did not vote"),
                            ("adopted", "joined the adoption"),
                            ("supported", "supported"),
                            ("supported_in_part", "supported in part"),
                            ("noted", "noted"),
                            ("reserved", "reserved"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("date", models.DateField(blank=True, null=True)),
                ("text", models.JSONField(blank=True, default=dict)),
                (
                    "framework",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="records.framework",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="records.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="records.place",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="positions",
                        to="records.post",
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="records.provision",
                    ),
                ),
            ],
            options={
                "ordering": ["date", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("place__isnull", False)),
                            models.Q(("organisation__isnull", False), ("place__isnull", True)),
                            _connector="OR",
                        ),
                        name="position_of_place_or_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("framework__isnull", False), ("provision__isnull", True)),
                            models.Q(("framework__isnull", True), ("provision__isnull", False)),
                            _connector="OR",
                        ),
                        name="position_on_framework_or_provision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stance__in",
                                [
                                    "voted_for",
                                    "voted_against",
                                    "abstained",
                                    "absent",
                                    "adopted",
                                    "supported",
                                    "supported_in_part",
                                    "noted",
                                    "reserved",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="position_stance_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Crosswalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("relation", models.CharField(max_length=40)),
                (
                    "from_provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links_out", to="records.provision"
                    ),
                ),
                (
                    "to_provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links_in", to="records.provision"
                    ),
                ),
            ],
            options={
                "ordering": ["from_provision_id", "to_provision_id", "relation"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_provision", "to_provision", "relation"), name="crosswalk_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_provision", models.F("to_provision")), _negated=True),
                        name="crosswalk_not_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True)),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations_received",
                        to="records.organisation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="records.edition",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to="records.finding",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations_issued",
                        to="records.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="records.place",
                    ),
                ),
                (
                    "provision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendation",
                        to="records.provision",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="records.review",
                    ),
                ),
            ],
            options={
                "ordering": ["review_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issuer__isnull", True), ("review__isnull", False)),
                            models.Q(("issuer__isnull", False), ("review__isnull", True)),
                            _connector="OR",
                        ),
                        name="recommendation_of_review_or_outside_body",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition__isnull", True), ("review__isnull", False), _connector="OR"),
                        name="recommendation_edition_is_of_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                ("date", models.DateField()),
                ("void", models.BooleanField(default=False)),
                ("void_reason", models.CharField(blank=True, default="", max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="records.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="records.post"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clearances", to="records.review"
                    ),
                ),
            ],
            options={
                "ordering": ["review_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("void", False)),
                        fields=("review", "content_hash", "person"),
                        name="clearance_by_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void", False), ("void_reason", "")),
                            models.Q(("void", True), models.Q(("void_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="clearance_void_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(blank=True, default="", max_length=300)),
                ("day", models.DateField()),
                ("first", models.PositiveBigIntegerField()),
                ("last", models.PositiveBigIntegerField()),
                ("root", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["network", "day"],
                "constraints": [
                    models.UniqueConstraint(fields=("network", "day"), name="seal_once_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="seal_covers_events"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("position", models.PositiveIntegerField(default=0)),
                ("capacity", models.JSONField(blank=True, default=dict)),
                ("summary", models.JSONField(blank=True, default=dict)),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="records.meeting"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="records.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="records.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="records.post",
                    ),
                ),
                ("provisions", models.ManyToManyField(blank=True, related_name="statements", to="records.provision")),
            ],
            options={
                "ordering": ["meeting_id", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            ("post__isnull", False),
                            ("person__isnull", False),
                            _connector="OR",
                        ),
                        name="statement_of_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("renamed", "renamed"),
                            ("merged", "merged into another"),
                            ("split", "split: part of it went to another"),
                            ("abolished", "abolished without successor"),
                        ],
                        max_length=12,
                    ),
                ),
                ("date", models.DateField(blank=True, null=True)),
                ("act", models.TextField(blank=True, default="")),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="records.organisation",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["date", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["renamed", "merged", "split", "abolished"])),
                        name="succession_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "abolished"), ("to_organisation__isnull", True)),
                            models.Q(("kind", "renamed"), ("to_organisation", models.F("from_organisation"))),
                            models.Q(
                                ("kind__in", ["merged", "split"]),
                                ("to_organisation__isnull", False),
                                models.Q(("to_organisation", models.F("from_organisation")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="succession_leads_where_its_kind_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("advances", "advances"),
                            ("answers", "answers a recommendation"),
                            ("reported_under", "is reported under"),
                        ],
                        default="advances",
                        max_length=16,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="records.commitment"
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="records.provision"
                    ),
                ),
            ],
            options={
                "ordering": ["commitment_id", "provision_id", "purpose"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["advances", "answers", "reported_under"])),
                        name="tie_purpose_known",
                    ),
                    models.UniqueConstraint(fields=("commitment", "provision", "purpose"), name="tie_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=300)),
                ("urn", models.CharField(max_length=400, unique=True)),
                ("source", models.TextField(blank=True, default="")),
                ("locator", models.CharField(blank=True, default="", max_length=300)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verified", "verified at the source"),
                            ("secondary", "from a second-hand source"),
                            ("recalled", "from memory, to be checked"),
                            ("proposal", "our own proposal"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("end_unknown", models.BooleanField(default=False)),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("network", "network"),
                            ("restricted", "restricted"),
                            ("strictly_confidential", "strictly confidential"),
                        ],
                        default="public",
                        max_length=24,
                    ),
                ),
                ("co_lead", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_groups",
                        to="records.organisation",
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="records.workinggroup"
                    ),
                ),
            ],
            options={
                "ordering": ["working_group_id", "organisation_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="working_group_member_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_date__isnull", True), ("end_unknown", False), _connector="OR"),
                        name="working_group_member_end_known_or_not",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end_unknown", False), ("to_date__isnull", True)),
                        fields=("working_group", "organisation"),
                        name="working_group_member_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventDetail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.CharField(blank=True, max_length=64)),
                ("words", models.JSONField(blank=True, default=dict)),
                ("erased_on", models.DateField(blank=True, null=True)),
                ("erased_rule", models.CharField(blank=True, default="", max_length=200)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="detail", to="records.event"
                    ),
                ),
            ],
            options={
                "ordering": ["event_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_on__isnull", True), ("erased_rule", "")),
                            models.Q(
                                ("erased_on__isnull", False),
                                ("salt", ""),
                                ("words", {}),
                                models.Q(("erased_rule", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="event_detail_erased_or_kept",
                    )
                ],
            },
        ),
    ]
