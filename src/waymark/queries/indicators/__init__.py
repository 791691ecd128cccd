"""Figures and their assessments."""
