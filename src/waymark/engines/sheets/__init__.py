"""Workbooks and files that people fill in, one module for each noun."""
