"""Workbooks of every form: measured against the limits first, then read sheet by sheet and row by row."""
