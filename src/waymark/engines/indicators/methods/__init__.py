"""The named methods of assessment, one short file each."""

from collections.abc import Mapping

from waymark.engines.indicators.methods import opensdg_2_4, unsd_progress_chart_2023
from waymark.engines.indicators.methods.method import REASONS, UNABLE, Category, Method, Source
from waymark.gcm.errors import NotFoundError

DEFAULT = unsd_progress_chart_2023.METHOD.id

METHODS: Mapping[str, Method] = {method.id: method for method in (unsd_progress_chart_2023.METHOD, opensdg_2_4.METHOD)}
"""Every method by its id; the first is the default."""

__all__ = ["DEFAULT", "METHODS", "REASONS", "UNABLE", "Category", "Method", "Source", "method"]


def method(name: str) -> Method:
    """The method of that id; raises NotFoundError with the ids there are."""
    if name not in METHODS:
        expected = f"one of {', '.join(METHODS)}"
        raise NotFoundError(f"Method {name!r}", "no method has this id", expected=expected, todo="Name one of them")
    return METHODS[name]
