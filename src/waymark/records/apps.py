"""The record as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    """The one app: every model of the record."""

    name = "waymark.records"
    label = "records"
    verbose_name = "Record"

    def ready(self) -> None:
        """Keep no permissions of Django's: who may do what is said by posts and `roles.py`, in one place."""
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
