"""The shell as a Django app: its template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No models."""

    name = "waymark.interfaces.web"
    label = "web"
    verbose_name = "Pages"
