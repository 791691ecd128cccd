"""Signing in and out, on django-allauth."""
