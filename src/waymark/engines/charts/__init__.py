"""Accessible SVG charts."""
