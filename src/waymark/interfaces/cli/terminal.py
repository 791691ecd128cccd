"""How words are put on a terminal."""

import re

WIDTH = 80
"""Signs in a line."""

ON, OFF = "\ue000", "\ue001"
"""Stand for the start and end of what is marked while lines are broken; no text has them."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000\ue001]")
"""Signs that would steer the terminal instead of being shown."""


def clean(text: str) -> str:
    """The text without signs that steer a terminal."""
    return CONTROL.sub(" ", text)
