"""What counts as assessable, and goals that are no number of a source."""

EVEN_SPLIT = 50.0
"""Per cent: the goal of a share of one of two groups (trait `even_split`)."""


def is_assessable(improving: bool | None, context: str) -> bool:
    """Whether the method says which way a statistic went, and it is no context; it counts while it is young enough."""
    return improving is not None and not context
