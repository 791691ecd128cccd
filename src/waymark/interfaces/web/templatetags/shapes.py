"""Shapes and words of one grammar: a cell filled as far as somebody says the work is done, days, clocks."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from waymark.gcm.language import format_date

register = Library()

HEIGHT = 16
"""Of a cell, in the units of its drawing; its edge is 1 unit within."""


@register.simple_tag
def cell(share: float | None, evidence: bool = True) -> SafeString:
    """A cell filled from below by `share` (0 to 1); a short stroke where nothing is said. The words stand beside it.

    Its edge is solid with evidence, dotted without.
    """
    if share is None:
        stroke = '<path d="M2 15H10" stroke-width="1.5"/>'
        return mark_safe(f'<svg class="cell none" viewBox="0 0 12 16" aria-hidden="true">{stroke}</svg>')
    full = HEIGHT - 2
    filled = round(full * min(max(share, 0.0), 1.0), 2)
    return format_html(
        '<svg class="cell{}" viewBox="0 0 12 16" aria-hidden="true"><rect class="edge{}" x="1" y="1" width="10" '
        'height="14" stroke-width="1.5"/><rect x="1" y="{}" width="10" height="{}" stroke="none"/></svg>',
        "" if share else " none",
        "" if evidence else " noev",
        HEIGHT - 1 - filled,
        filled,
    )


@register.filter
def day(iso: str) -> str:
    """A day in words, such as "8 May 2026"; nothing for nothing."""
    return format_date(iso, get_language() or "en") if iso else ""


@register.filter
def clock(days: int) -> str:
    """What a number of days means: to come, passed, today."""
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("day left", "days left", days)
    return ngettext("day late", "days late", -days)


@register.filter
def since(days: int) -> str:
    """What a number of days means that passed since something happened."""
    return _("today") if days == 0 else ngettext("day since", "days since", abs(days))


@register.filter
def size(days: int) -> str:
    """A number of days without its sign; nothing for today."""
    return str(abs(days)) if days else ""
