"""Filters for the templates of letters: what people wrote must not pass for our own words."""

from django import template

from mailing.writing import QUOTE, one_line

register = template.Library()

register.filter("one_line", one_line)


@register.filter
def quoted(text: str) -> str:
    """Return text as a quotation: each line begins with "> ", empty ones too."""
    lines = str(text).strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(f"{QUOTE} {line}".rstrip() for line in lines)
