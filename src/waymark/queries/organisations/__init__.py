"""Organisations under their names of the day."""
