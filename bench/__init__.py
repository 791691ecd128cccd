"""Repeatable measurements, each against a named peer or a hand-written floor in the same run."""
