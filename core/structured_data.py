"""Structured data for machines that read pages."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Inside a script element only these could end the element or open a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_json_ld(data: dict[str, Any]) -> SafeString:
    """Return data as JSON that is safe inside `<script type="application/ld+json">`."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308
