"""Waymark: follow-up and review of the Global Compact for Migration."""

__version__ = "0.1.0.dev0"
