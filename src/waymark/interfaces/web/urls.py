"""The first page of the installation."""

from django.urls import path

from waymark.interfaces.web import home

urlpatterns = [path("", home.home, name="home")]
