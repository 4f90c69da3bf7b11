"""Long keys that somebody has to type."""

from django import template

register = template.Library()


@register.filter
def in_groups(key: str) -> str:
    """Return a key in groups of four; authenticator apps leave the spaces out."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
