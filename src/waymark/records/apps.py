"""The record as a Django app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The one app: every model of the record."""

    name = "waymark.records"
    label = "records"
    verbose_name = "Record"
