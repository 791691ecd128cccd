"""Addresses of accounts. The names are those that allauth asks for."""

from allauth.account.views import LoginView, LogoutView
from django.urls import path

from waymark.interfaces.account import links, passwords

urlpatterns = [
    path("sign-in/", LoginView.as_view(), name="account_login"),
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("link/<str:code>/<str:token>/", links.once, name="account_link"),
    path("password/", passwords.password, name="account_password"),
    path("no-sign-up/", passwords.closed, name="account_signup"),
    path("no-reset/", passwords.closed, name="account_reset_password"),
    path("inactive/", passwords.closed, name="account_inactive"),
]
