"""`/`: what this installation is, which networks it serves, where to sign in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from waymark.queries.networks.serving import networks_served
from waymark.records.viewers import PUBLIC


def home(request: HttpRequest) -> HttpResponse:
    """The page that says where one is."""
    networks = networks_served(PUBLIC, translation.get_language() or "en")
    known = {"networks": networks, "instance": settings.INSTANCE, "reviews": settings.REVIEWS_DIR is not None}
    return render(request, "web/home.html", known)
