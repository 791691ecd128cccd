"""Tagging: which objectives, targets, principles and topics a passage speaks to, with the words that decided."""
