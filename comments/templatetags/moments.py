"""Moments as they stand in pages about comments."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.moments import in_words

register = template.Library()


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Return a moment with its day, its time, and the zone that it is given in."""
    return format_html(
        '<time datetime="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        in_words(at),
    )
